package analytics

import (
	"context"
	"math"
	"strconv"
	"time"

	"github.com/foyerchat/foyer/chat"
)

// chatTotals are the abandoned ones and how long chats took (analytics 7.1).
func (s *Service) chatTotals(ctx context.Context, q question, w weighting) ([]Total, error) {
	all, err := s.tally(ctx, q)
	if err != nil {
		return nil, err
	}
	ended, err := s.ended(ctx, q)
	gone := total(ended).abandoned
	share := percentOf(abandonment(all, ended))
	if rooms := total(all).rooms; w == byRooms && rooms > 0 {
		share = shortPercent(100 * float64(gone) / float64(rooms))
	}
	return []Total{{"Total_abandoned_chats", gone}, {"Avg_of_abandoned_chats", share},
		{"Avg_of_chat_duration_time", clockText(w.meanOf(ended, func(t sums) (int64, int64) { return t.duration, t.closed }))}}, err
}

// abandonment is each department's percentage, rounded down.
func abandonment(all, ended []group) map[chat.DepartmentID]int64 {
	gone := by(ended, department)
	out := map[chat.DepartmentID]int64{}
	for d, t := range by(all, department) {
		out[d] = 100 * gone[d].abandoned / t.rooms
	}
	return out
}

func percentOf(each map[chat.DepartmentID]int64) string {
	if len(each) == 0 {
		return "0%"
	}
	sum := int64(0)
	for _, p := range each {
		sum += p
	}
	return shortPercent(float64(sum) / float64(len(each)))
}

func shortPercent(percent float64) string {
	return strconv.FormatFloat(hundredths(percent), 'f', -1, 64) + "%"
}

// weighting says what weighs alike in a mean over departments (analytics 7.1).
type weighting string

// byRooms: every conversation; otherwise every department, so that one with one chat
// weighs as much as one with a thousand.
const byRooms weighting = "rooms"

// meanOf is the mean over the departments of their means, each rounded up to seconds, or
// the mean over all their conversations.
func (w weighting) meanOf(all []group, of func(sums) (total, n int64)) float64 {
	if w == byRooms {
		return mean(of(total(all)))
	}
	sum, n := int64(0), int64(0)
	for _, t := range by(all, department) {
		if of, count := of(t); count > 0 {
			sum += ceilMean(of, count)
			n++
		}
	}
	if n == 0 {
		return 0
	}
	return float64(sum) / float64(n)
}

func serviceSpan(t sums) (int64, int64) { return t.span, t.spans }
func waiting(t sums) (int64, int64)     { return t.waited, t.answered }
func queueing(t sums) (int64, int64)    { return t.queue, t.assigned }

// agentTotals are the busiest time and how long agents serve (analytics 7.1).
func (s *Service) agentTotals(ctx context.Context, q question, d days, w weighting) ([]Total, error) {
	busy, err := s.busiest(ctx, q, d)
	if err != nil {
		return nil, err
	}
	hour := "- -"
	if busy.found {
		hour = hourName(busy.hour) + "- " + hourName(busy.hour.Add(time.Hour))
	}
	first := days{d.first, next(d.first)}
	available, err := s.availability(ctx, q, first)
	if err != nil {
		return nil, err
	}
	seconds := int64(0)
	for _, a := range available {
		seconds += a.millis()
	}
	average := 0.0
	if n := int64(len(available)); n > 0 {
		average = math.Trunc(float64(seconds) / float64(n) / 1000)
	}
	all, err := s.tally(ctx, q)
	return []Total{{"Busiest_time", hour}, {"Avg_of_available_service_time", clockText(average)},
		{"Avg_of_service_time", clockText(w.meanOf(all, serviceSpan))}}, err
}

// productivityTotals are the response times of the days and the waits of the period: for
// the first response, and in the queue.
func (s *Service) productivityTotals(ctx context.Context, q question, d days, w weighting) ([]Total, error) {
	out, err := s.productivity(ctx, q.in(d.from(), d.to()))
	if err != nil {
		return nil, err
	}
	all, err := s.tally(ctx, q)
	return append(out, Total{"Avg_of_waiting_time", clockText(w.meanOf(all, waiting))}, Total{"Avg_of_queue_time", clockText(w.meanOf(all, queueing))}), err
}

// Standings count conversations by how they stand.
type Standings struct {
	Open   int64 `json:"open"`
	Closed int64 `json:"closed"`
	Queued int64 `json:"queued"`
	OnHold int64 `json:"onhold"`
}

func (s *Service) chats(ctx context.Context, q question) (Standings, error) {
	all, err := s.tally(ctx, q)
	t := total(all)
	return Standings{t.open, t.closed, t.queued, t.onHold}, err
}

// AgentChats count an agent's conversations.
type AgentChats struct {
	Open   int64 `json:"open"`
	Closed int64 `json:"closed"`
	OnHold int64 `json:"onhold"`
}

func (s *Service) chatsPerAgent(ctx context.Context, q question) (map[string]any, error) {
	all, err := s.tally(ctx, q)
	if err != nil {
		return nil, err
	}
	ended, err := s.ended(ctx, q)
	if err != nil {
		return nil, err
	}
	names, err := s.staffNames(ctx)
	out := map[string]any{}
	finished := by(ended, agent)
	for id, t := range by(all, agent) {
		c := AgentChats{Open: t.open, Closed: finished[id].closed, OnHold: t.onHold}
		if id != "" && c != (AgentChats{}) {
			out[names[id].username] = c
		}
	}
	out["success"] = true // a user of this name does not come through
	return out, err
}

// DepartmentChats count a department's conversations; those on hold are open ones.
type DepartmentChats struct {
	Open   int64 `json:"open"`
	Closed int64 `json:"closed"`
}

func (s *Service) chatsPerDepartment(ctx context.Context, q question) (map[string]any, error) {
	all, err := s.tally(ctx, q)
	if err != nil {
		return nil, err
	}
	names, err := s.departmentNames(ctx)
	out := map[string]any{}
	for d, t := range by(all, department) {
		if name, ok := names[d]; ok {
			c, _ := out[name].(DepartmentChats)
			out[name] = DepartmentChats{c.Open + t.open + t.queued + t.onHold + t.verifying, c.Closed + t.closed}
		}
	}
	out["success"] = true
	return out, err
}

// AgentStates count the agents by how they stand.
type AgentStates struct {
	Offline   int64 `json:"offline"`
	Away      int64 `json:"away"`
	Busy      int64 `json:"busy"`
	Available int64 `json:"available"`
}

func (s *Service) agentStates(ctx context.Context, q question) (out AgentStates, err error) {
	all, err := s.standings(ctx, q)
	for _, a := range all {
		switch a.state() {
		case stateAway:
			out.Away++
		case stateBusy:
			out.Busy++
		case stateAvailable:
			out.Available++
		default:
			out.Offline++
		}
	}
	return out, err
}

// How an agent stands, in the words of the API.
const (
	stateOffline   = "offline"
	stateAway      = "away"
	stateBusy      = "busy"
	stateAvailable = "available"
)

func (a standing) state() string {
	switch {
	case a.available != chat.Available || a.status == chat.Offline:
		return stateOffline
	case a.status == chat.Away:
		return stateAway
	case a.status == chat.Busy:
		return stateBusy
	default:
		return stateAvailable
	}
}

// Timing is a mean in whole seconds and the longest.
type Timing struct {
	Avg     int64   `json:"avg"`
	Longest float64 `json:"longest"`
}

// Timings are those of responses, reactions and conversations.
type Timings struct {
	Response Timing `json:"response"`
	Reaction Timing `json:"reaction"`
	Duration Timing `json:"chatDuration"`
}

func (s *Service) timings(ctx context.Context, q question) (Timings, error) {
	all, err := s.tally(ctx, q)
	t := total(all)
	return Timings{
		Timing{int64(meanMicros(t.response, t.responded)), float64(t.slowest) / 1000},
		Timing{wholeMean(t.reaction, t.responded), float64(t.slowestReaction) / 1000},
		Timing{wholeMean(t.duration, t.closed), float64(t.longest) / 1000},
	}, err
}

func wholeMean(total, n int64) int64 {
	if n == 0 {
		return 0
	}
	return total / (n * 1000)
}

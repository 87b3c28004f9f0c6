package analytics

import (
	"math"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
)

// fact is what is counted of one conversation. Durations are milliseconds, the mean
// response microseconds; nil is "has none".
type fact struct {
	room                                    chat.RoomID
	visitor                                 chat.VisitorID
	name                                    string
	ts, closedAt                            clock.Instant
	department                              chat.DepartmentID
	unit                                    chat.UnitID
	agent                                   chat.AgentID
	username                                string
	open, onHold, waiting, verifying        bool
	messages, agentMessages                 int64
	response, first, reaction               *int64
	duration, service, inactivity, lastWord *int64
	queue                                   *int64 // in the queue, until the first assignment
	source                                  string // kind and alias, with a tab between
	tags                                    []string
}

// stored is a room as it is read to be counted.
type stored struct {
	fact
	sourceType string
	source     chat.Source
	metrics    chat.Metrics
	servedAt   clock.Instant
	responseBy *chat.ResponseBy
}

// counted takes from a stored room what is counted.
func (r stored) counted() fact {
	f := r.fact
	if m := r.metrics.Response; m != nil && r.metrics.Reaction != nil && m.Total > 0 {
		f.response, f.first, f.reaction = scaled(m.Avg, 1e6), scaled(m.FT, 1e3), scaled(r.metrics.Reaction.FT, 1e3)
	}
	if !f.open {
		f.duration = whole(r.metrics.ChatDuration)
		if f.duration == nil {
			f.duration = between(f.ts, f.closedAt)
		}
		f.service, f.inactivity = whole(r.metrics.ServiceTimeDuration), whole(r.metrics.VisitorInactivity)
	}
	if r.responseBy != nil && r.servedAt > 0 {
		f.lastWord = between(r.servedAt, r.responseBy.LastMessageTS)
	}
	f.source = r.sourceType
	if r.source.Alias != "" {
		f.source += "\t" + r.source.Alias
	}
	return f
}

func scaled(seconds, by float64) *int64 {
	n := int64(math.Round(seconds * by))
	return &n
}

func whole(seconds *float64) *int64 {
	if seconds == nil {
		return nil
	}
	return scaled(*seconds, 1e3)
}

func between(from, to clock.Instant) *int64 {
	n := max(0, int64(to-from))
	return &n
}

// sums are what can be added up of many conversations.
type sums struct {
	rooms, answered, messages, agentMessages   int64
	responded, response, first, waited         int64
	best                                       int64 // -1: none
	slowest, reaction, slowestReaction         int64
	closed, duration, longest, served, service int64
	spans, span, abandoned                     int64
	assigned, queue                            int64
	lastClosed                                 int64
	open, queued, onHold                       int64
	verifying                                  int64 // they wait for a proof, in no queue (RQ-Q-10)
}

func none() sums { return sums{best: -1} }

// addFact adds one conversation; silence is the threshold of abandonment.
func (s *sums) addFact(f fact, silence int64) {
	o := sums{rooms: 1, messages: f.messages, agentMessages: f.agentMessages, best: -1}
	if !f.waiting {
		o.answered = 1
	}
	if f.first != nil {
		o.responded, o.response, o.first, o.best, o.slowest = 1, *f.response, *f.first, *f.first, *f.first
		o.reaction, o.slowestReaction = *f.reaction, *f.reaction
		if !f.waiting {
			o.waited = *f.first
		}
	}
	if f.lastWord != nil {
		o.spans, o.span = 1, *f.lastWord
	}
	if f.queue != nil {
		o.assigned, o.queue = 1, *f.queue
	}
	if f.open {
		o.addOpen(f)
	} else {
		o.addClosed(f, silence)
	}
	s.add(o)
}

func (s *sums) addOpen(f fact) {
	switch {
	case f.onHold:
		s.onHold = 1
	case f.agent != "":
		s.open = 1
	case f.verifying:
		s.verifying = 1
	default:
		s.queued = 1
	}
}

func (s *sums) addClosed(f fact, silence int64) {
	s.closed, s.duration, s.longest, s.lastClosed = 1, *f.duration, *f.duration, int64(f.closedAt)
	if f.service != nil {
		s.served, s.service = 1, *f.service
	}
	if silence >= 0 && f.inactivity != nil && *f.inactivity >= silence {
		s.abandoned = 1
	}
}

// add adds up two sets of conversations that have none in common.
func (s *sums) add(o sums) {
	if s.best < 0 || o.best >= 0 && o.best < s.best {
		s.best = o.best
	}
	s.slowest, s.slowestReaction, s.longest = max(s.slowest, o.slowest), max(s.slowestReaction, o.slowestReaction), max(s.longest, o.longest)
	s.lastClosed = max(s.lastClosed, o.lastClosed)
	for _, pair := range [][2]*int64{{&s.rooms, &o.rooms}, {&s.answered, &o.answered}, {&s.messages, &o.messages},
		{&s.agentMessages, &o.agentMessages}, {&s.responded, &o.responded}, {&s.response, &o.response}, {&s.first, &o.first},
		{&s.waited, &o.waited}, {&s.reaction, &o.reaction}, {&s.closed, &o.closed}, {&s.duration, &o.duration}, {&s.served, &o.served},
		{&s.service, &o.service}, {&s.spans, &o.spans}, {&s.span, &o.span}, {&s.abandoned, &o.abandoned}, {&s.open, &o.open},
		{&s.queued, &o.queued}, {&s.onHold, &o.onHold}, {&s.verifying, &o.verifying}, {&s.assigned, &o.assigned}, {&s.queue, &o.queue}} {
		*pair[0] += *pair[1]
	}
}

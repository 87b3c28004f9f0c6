package analytics

import (
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/foyerchat/foyer/chat"
)

// naive reads the rooms and messages themselves, one figure after the other, by the
// words of the definitions.
type naive struct {
	rooms      []*raw
	guests     []guest
	zone       *time.Location
	department string
	allowed    func(*raw) bool
	silence    float64
}

// visitors counts whose record changed from one moment to another, which is included.
func (n naive) visitors(from, to int64) (count int) {
	for _, v := range n.guests {
		r := &raw{department: v.department, unit: string(units[chat.DepartmentID(v.department)])}
		if v.at >= from && v.at <= to && n.allowed(r) && (n.department == "" || v.department == n.department) {
			count++
		}
	}
	return count
}

func (n naive) when(keep func(*raw) bool) (out []*raw) {
	for _, r := range n.rooms {
		if n.allowed(r) && (n.department == "" || r.department == n.department) && keep(r) {
			out = append(out, r)
		}
	}
	return out
}

// within are the rooms between two moments, both included.
func (n naive) within(from, to int64) []*raw {
	return n.when(func(r *raw) bool { return r.ts >= from && r.ts <= to })
}

func (n naive) local(r *raw) time.Time { return time.UnixMilli(r.ts).In(n.zone) }

func (n naive) dates(from, to string) []*raw {
	return n.when(func(r *raw) bool { d := n.local(r).Format(time.DateOnly); return d >= from && d <= to })
}

func messagesOf(r *raw, agents bool) (n int) {
	for _, m := range r.said {
		if m.system == "" && !m.hidden && (!agents || !m.visitor) {
			n++
		}
	}
	return n
}

func count(all []*raw, is func(*raw) bool) (n int) {
	for _, r := range all {
		if is(r) {
			n++
		}
	}
	return n
}

func isOpenNow(r *raw) bool   { return r.open && !r.held }
func isHeldNow(r *raw) bool   { return r.open && r.held }
func isQueuedNow(r *raw) bool { return r.open && !r.held && r.agent == "" && !r.verifying } // RQ-Q-10
func isServedNow(r *raw) bool { return r.open && !r.held && r.agent != "" }
func hasEnded(r *raw) bool    { return !r.open }

// numbers are a figure of those rooms that have it.
func numbers(all []*raw, of func(*raw) (float64, bool)) (out []float64) {
	for _, r := range all {
		if v, ok := of(r); ok {
			out = append(out, v)
		}
	}
	return out
}

func average(v []float64) float64 {
	sum := 0.0
	for _, x := range v {
		sum += x
	}
	if len(v) == 0 {
		return 0
	}
	return math.Round(sum/float64(len(v))*1e6) / 1e6 // what floating point adds is no part of the figure
}

func first(r *raw) (float64, bool) {
	if r.metrics.Response == nil {
		return 0, false
	}
	return r.metrics.Response.FT, true
}

func responseTime(r *raw) (float64, bool) {
	if r.metrics.Response == nil {
		return 0, false
	}
	return r.metrics.Response.Avg, true
}

func reaction(r *raw) (float64, bool) {
	if r.metrics.Reaction == nil {
		return 0, false
	}
	return r.metrics.Reaction.FT, true
}

func duration(r *raw) (float64, bool) {
	if r.metrics.ChatDuration == nil {
		return 0, false
	}
	return *r.metrics.ChatDuration, true
}

func serviceTime(r *raw) (float64, bool) {
	if r.metrics.ServiceTimeDuration == nil {
		return 0, false
	}
	return *r.metrics.ServiceTimeDuration, true
}

func lastWord(r *raw) (float64, bool) {
	if r.response == nil || r.served == 0 {
		return 0, false
	}
	return float64(int64(r.response.LastMessageTS)-r.served) / 1000, true
}

func queueTime(r *raw) (float64, bool) {
	if r.queue == nil {
		return 0, false
	}
	return float64(*r.queue) / 1000, true
}

func answeredFirst(r *raw) (float64, bool) {
	if r.waits {
		return 0, false
	}
	v, _ := first(r)
	return v, true
}

func (n naive) gone(r *raw) bool {
	return r.metrics.VisitorInactivity != nil && *r.metrics.VisitorInactivity >= n.silence
}

func text(seconds float64) string {
	d := time.Duration(math.Round(seconds)) * time.Second
	return fmt.Sprintf("%02d:%02d:%02d", int(d.Hours()), int(d.Minutes())%60, int(d.Seconds())%60)
}

func divided[K comparable](all []*raw, key func(*raw) K) map[K][]*raw {
	out := map[K][]*raw{}
	for _, r := range all {
		out[key(r)] = append(out[key(r)], r)
	}
	return out
}

func departmentOf(r *raw) string { return r.department }
func agentOf(r *raw) string      { return r.agent }

// ofDepartments is the mean over departments of their means, rounded up.
func ofDepartments(all []*raw, of func(*raw) (float64, bool)) float64 {
	var each []float64
	for _, rooms := range divided(all, departmentOf) {
		if v := numbers(rooms, of); len(v) > 0 {
			each = append(each, math.Ceil(average(v)))
		}
	}
	return average(each)
}

type object = map[string]any

func title(t string, v any) object { return object{"title": t, "value": v} }

func (n naive) counts(all []*raw) []any {
	said := 0
	for _, r := range all {
		said += messagesOf(r, false)
	}
	return []any{title("Total_conversations", len(all)), title("Open_conversations", count(all, isOpenNow)),
		title("On_Hold_conversations", count(all, isHeldNow)), title("Total_messages", said)}
}

// busy is the bucket whose rooms have most messages, the first of equal ones.
func busy(all []*raw, key func(*raw) string) (best string) {
	most := -1
	buckets := divided(all, key)
	for _, name := range sortedKeys(buckets) {
		said := 0
		for _, r := range buckets[name] {
			said += messagesOf(r, false)
		}
		if said > most {
			best, most = name, said
		}
	}
	return best
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

func (n naive) busiest(all []*raw) (day, from, to string) {
	day = busy(all, func(r *raw) string { return n.local(r).Format(time.DateOnly) })
	if day == "" {
		return "-", "", "-"
	}
	var that []*raw
	for _, r := range all {
		if n.local(r).Format(time.DateOnly) == day {
			that = append(that, r)
		}
	}
	hour := busy(that, func(r *raw) string { return fmt.Sprintf("%d", hourBegins(n.local(r)).Unix()) })
	i := slices.IndexFunc(that, func(r *raw) bool { return fmt.Sprintf("%d", hourBegins(n.local(r)).Unix()) == hour })
	at := hourBegins(n.local(that[i]))
	weekday, _ := time.Parse(time.DateOnly, day)
	return weekday.Weekday().String(), at.Format("3PM"), at.Add(time.Hour).Format("3PM")
}

func hourBegins(t time.Time) time.Time {
	return t.Add(-time.Duration(t.Minute())*time.Minute - time.Duration(t.Second())*time.Second - time.Duration(t.Nanosecond()))
}

func (n naive) conversations(from, to string, days int) []any {
	all := n.dates(from, to)
	day, hour, end := n.busiest(all)
	at := "-"
	if hour != "" {
		at = hour + " - " + end
	}
	return append(n.counts(all), title("Busiest_day", day), title("Conversations_per_day", fmt.Sprintf("%.2f", float64(len(all))/float64(days))), title("Busiest_time", at))
}

func productivity(all []*raw) []any {
	return []any{title("Avg_response_time", text(average(numbers(all, responseTime)))), title("Avg_first_response_time", text(average(numbers(all, first)))),
		title("Avg_reaction_time", text(average(numbers(all, reaction))))}
}

func (n naive) point(all []*raw, chart string) (float64, bool) {
	var v []float64
	switch chart {
	case "Total_conversations":
		return float64(len(all)), len(all) > 0
	case "Total_messages":
		said := 0
		for _, r := range all {
			said += messagesOf(r, true)
		}
		return float64(said), said > 0
	case "Avg_chat_duration":
		v = numbers(all, duration)
	case "Avg_first_response_time":
		v = numbers(all, first)
	case "Best_first_response_time":
		if v = numbers(all, first); len(v) > 0 {
			return slices.Min(v), true
		}
	case "Avg_response_time":
		v = numbers(all, responseTime)
	case "Avg_reaction_time":
		v = numbers(all, reaction)
	}
	return average(v), len(v) > 0
}

func rounded(x float64) float64 { return math.Round(x*100) / 100 }

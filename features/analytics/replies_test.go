package analytics

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"testing"
)

// deeds are what one agent did in a room: what he wrote and what counted as his responses.
type deeds struct {
	room    *raw
	wrote   int
	replies []reply
}

// deedsOf reads rooms message by message, for AN-4.
func deedsOf(all []*raw) map[string][]deeds {
	out := map[string][]deeds{}
	for _, r := range all {
		each := map[string]deeds{}
		for _, m := range r.said {
			if m.system == "" && !m.hidden && !m.visitor {
				d := each[m.by]
				each[m.by] = deeds{r, d.wrote + 1, d.replies}
			}
		}
		for _, a := range r.replies {
			d := each[a.by]
			each[a.by] = deeds{r, d.wrote, append(d.replies, a)}
		}
		for who, d := range each {
			out[who] = append(out[who], d)
		}
	}
	return out
}

// part is what a figure is made of, of one agent in one room.
func (d deeds) part(chart string) (float64, bool) {
	if chart == "Total_messages" {
		return float64(d.wrote), d.wrote > 0
	}
	if len(d.replies) == 0 {
		return 0, false
	}
	i := slices.IndexFunc(d.replies, func(a reply) bool { return a.reaction != nil })
	took := 0.0
	for _, a := range d.replies {
		took += float64(a.took) / 1000
	}
	switch chart {
	case "Total_conversations":
		return 1, true
	case "Avg_chat_duration":
		return duration(d.room)
	case "Avg_response_time":
		return took / float64(len(d.replies)), true
	case "Avg_reaction_time":
		if i >= 0 {
			return float64(*d.replies[i].reaction) / 1000, true
		}
	default: // of first responses
		if i >= 0 {
			return float64(d.replies[i].took) / 1000, true
		}
	}
	return 0, false
}

func ofParts(chart string, v []float64) float64 {
	switch chart {
	case "Total_conversations", "Total_messages":
		return total64(v)
	case "Best_first_response_time":
		return slices.Min(v)
	default:
		return average(v)
	}
}

// sameParts compares the table of who really answered, and opens some of it.
func (k *kit) sameParts(as, chart, from, to string, n naive) {
	k.t.Helper()
	query := map[string]string{"name": chart, "from": from, "to": to, "departmentId": n.department, "attribution": "actual"}
	type line struct {
		name  string
		exact float64
	}
	var lines []line
	all := n.dates(from, to)
	answered := count(all, func(r *raw) bool { return len(r.replies) > 0 })
	opened := map[string]string{"figure": chart, "from": from, "to": to, "departmentId": n.department, "attribution": "actual"}
	for who, some := range deedsOf(all) {
		var v []float64
		for _, d := range some {
			if x, ok := d.part(chart); ok {
				v = append(v, x)
			}
		}
		if len(v) > 0 {
			lines = append(lines, line{who, ofParts(chart, v)})
		}
		if rows, sum := k.rows(as, "agent-overview", with(opened, "agent", who)); rows != len(v) || math.Abs(sum-total64(v)) > 1e-3 {
			k.t.Errorf("%s of %s: %d rows with %v, not %d with %v", chart, who, rows, sum, len(v), total64(v))
		}
	}
	falling := chart == "Total_conversations" || chart == "Avg_chat_duration" || chart == "Total_messages"
	slices.SortFunc(lines, func(a, b line) int {
		if falling {
			return cmp.Or(cmp.Compare(b.exact, a.exact), cmp.Compare(a.name, b.name))
		}
		return cmp.Or(cmp.Compare(a.exact, b.exact), cmp.Compare(a.name, b.name))
	})
	column, data := chart, []any{}
	if chart == "Total_conversations" {
		column = "%_of_conversations"
	}
	for _, l := range lines {
		value := text(l.exact)
		switch chart {
		case "Total_conversations":
			value = fmt.Sprintf("%.2f%%", 100*l.exact/float64(answered))
		case "Total_messages":
			value = fmt.Sprint(int(l.exact))
		}
		data = append(data, object{"name": l.name, "value": value})
	}
	k.same(as, "agent-overview", query, object{"head": []any{object{"name": "Agent"}, object{"name": column}}, "data": data})
}

// sameActualReport compares the report by who answered; a room counts for each of them.
func (k *kit) sameActualReport(as string, query map[string]string, all []*raw) {
	k.t.Helper()
	asked, data, sum, none := with(query, "attribution", "actual"), []Slice{}, 0, 0
	for who, some := range deedsOf(all) {
		n := 0
		for _, d := range some {
			if len(d.replies) > 0 {
				n++
			}
		}
		label := "Mr " + who
		if who == "left" || who == "helper" { // no user
			label = who
		}
		if n > 0 {
			data, sum = append(data, Slice{label, int64(n)}), sum+n
		}
		if rows, _ := k.rows(as, "dashboards/conversations-by-agent", with(asked, "agentName", label)); rows != n {
			k.t.Errorf("%s answered in %d rooms, not %d", who, rows, n)
		}
	}
	none = count(all, func(r *raw) bool { return len(r.replies) == 0 })
	slices.SortFunc(data, byLabel)
	k.same(as, "dashboards/conversations-by-agent", asked, object{"data": data, "total": sum, "unspecified": none})
	if rows, _ := k.rows(as, "dashboards/conversations-by-agent", with(asked, "none", "true")); rows != none {
		k.t.Errorf("%d rooms without answer, not %d", rows, none)
	}
}

func TestChoicesAreTold(t *testing.T) { // analytics 6, 7.1
	each(t, func(k *kit) {
		day := map[string]string{"start": "2026-04-01", "end": "2026-04-02"}
		for path, query := range map[string]map[string]string{
			"agent-overview":                     {"name": "Total_messages", "from": "2026-04-01", "to": "2026-04-02", "attribution": "mine"},
			"dashboards/conversations-by-agent":  with(day, "attribution", "first"),
			"dashboards/chats-totalizers":        with(day, "weighting", "messages"),
			"dashboards/productivity-totalizers": with(day, "weighting", "Rooms"),
		} {
			if status, got := k.get("max", path, query); status != 400 {
				t.Errorf("%s: %d %v", path, status, got)
			}
		}
	})
}

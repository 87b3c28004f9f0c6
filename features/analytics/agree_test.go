package analytics

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/foyerchat/foyer/chat"
)

// Every figure, computed from sums, is what the rooms and messages themselves say:
// whatever the order in which they were counted, on both databases, in every zone, for
// every caller (AN-12, AN-14, AN-15, PT-AN-1, PT-AN-2, PT-AN-3, PT-AN-9, RQ-Q-10).
func TestSumsAgreeWithTheRoomsThemselves(t *testing.T) {
	each(t, func(k *kit) {
		g := rand.New(rand.NewPCG(1, 2))
		k.exec(`INSERT INTO units (id, name, name_lower, visibility, updated_at) VALUES ('east', 'East', 'east', 'public', 1), ('west', 'West', 'west', 'public', 1)`)
		k.exec(`INSERT INTO unit_monitors (unit_id, monitor_id, updated_at) VALUES ('east', 'mona', 1)`)
		k.history(g, 260)
		for round := range 40 {
			k.settings.ReportingZone, k.settings.ReportingZoneName = "custom", pick(g, "UTC", "Europe/Prague", "Asia/Kolkata", "Asia/Kathmandu", "America/New_York", "Australia/Lord_Howe")
			n := naive{rooms: k.rooms, guests: k.guests, zone: named(k.settings.ReportingZoneName), department: pick(g, "", "", "sales", "support", "gone"), silence: 3600}
			as := pick(g, "max", "max", "mona", "lena")
			n.allowed = map[string]func(*raw) bool{"max": func(*raw) bool { return true }, "mona": func(r *raw) bool { return r.unit == "east" }, "lena": func(*raw) bool { return false }}[as]
			k.agreeDays(g, n, as)
			k.agreeMoments(g, n, as)
			k.agreeReports(g, n, as)
			if k.t.Failed() {
				k.t.Fatalf("round %d: %s sees %q in %s", round, as, n.department, n.zone)
			}
		}
	})
}

func (k *kit) same(as, path string, query map[string]string, want any) {
	k.t.Helper()
	status, got := k.get(as, path, query)
	b, err := json.Marshal(want)
	k.must(err)
	var normal any
	k.must(json.Unmarshal(b, &normal))
	if status != 200 || !reflect.DeepEqual(got, normal) {
		g, _ := json.Marshal(got)
		k.t.Errorf("%s %v: %d\n%s, not\n%s", path, query, status, g, b)
	}
}

var charts = []string{"Total_conversations", "Avg_chat_duration", "Total_messages", "Avg_first_response_time", "Best_first_response_time", "Avg_response_time", "Avg_reaction_time"}

func (k *kit) agreeDays(g *rand.Rand, n naive, as string) {
	k.t.Helper()
	first := time.UnixMilli(int64(start)).In(n.zone).AddDate(0, 0, -g.IntN(21))
	days := 1 + g.IntN(12)
	if g.IntN(3) == 0 {
		days = 1
	}
	from, to := first.Format(time.DateOnly), first.AddDate(0, 0, days-1).Format(time.DateOnly)
	query := map[string]string{"from": from, "to": to, "departmentId": n.department}
	with := func(name string) map[string]string {
		return map[string]string{"name": name, "from": from, "to": to, "departmentId": n.department}
	}
	k.same(as, "overview", with("Conversations"), n.conversations(from, to, days))
	k.same(as, "overview", with("Productivity"), productivity(n.dates(from, to)))
	for _, chart := range charts {
		k.same(as, "agent-overview", with(chart), n.table(n.dates(from, to), chart))
		k.sameParts(as, chart, from, to, n)
		query["chartName"], query["start"], query["end"] = chart, from, to
		k.same(as, "dashboards/charts-data", query, n.chart(from, days, chart))
	}
}

// chart walks minute by minute, so that it knows nothing of how long days and hours are.
func (n naive) chart(from string, days int, chart string) object {
	labels, points := []string{}, []float64{}
	begin, _ := time.ParseInLocation(time.DateOnly, from, n.zone)
	if days > 1 {
		for d := range days {
			date := begin.AddDate(0, 0, d).Format(time.DateOnly)
			v, _ := n.point(n.dates(date, date), chart)
			labels, points = append(labels, begin.AddDate(0, 0, d).Format("1/2")), append(points, rounded(v))
		}
		return object{"chartLabel": chart, "dataLabels": labels, "dataPoints": points}
	}
	for at := begin; at.Format(time.DateOnly) == from; at = at.Add(time.Hour) {
		end := at.Add(time.Hour)
		v, _ := n.point(n.when(func(r *raw) bool {
			l := n.local(r)
			return !l.Before(at) && l.Before(end) && l.Format(time.DateOnly) == from
		}), chart)
		labels, points = append(labels, at.Format("3PM")+"-"+end.Format("3PM")), append(points, rounded(v))
	}
	return object{"chartLabel": chart, "dataLabels": labels, "dataPoints": points}
}

func (n naive) table(all []*raw, chart string) object {
	type line struct {
		name  string
		exact float64
	}
	var lines []line
	served := 0
	for agent, rooms := range divided(all, agentOf) {
		if agent == "" {
			continue
		}
		served += len(rooms)
		if v, ok := n.point(rooms, chart); ok {
			lines = append(lines, line{agent, v})
		}
	}
	most := slices.Contains([]string{"Total_conversations", "Avg_chat_duration", "Total_messages"}, chart)
	slices.SortFunc(lines, func(a, b line) int {
		if most {
			return cmp.Or(cmp.Compare(b.exact, a.exact), cmp.Compare(a.name, b.name))
		}
		return cmp.Or(cmp.Compare(a.exact, b.exact), cmp.Compare(a.name, b.name))
	})
	data, column := []any{}, chart
	for _, l := range lines {
		value := text(l.exact)
		switch chart {
		case "Total_conversations":
			column, value = "%_of_conversations", fmt.Sprintf("%.2f%%", 100*l.exact/float64(served))
		case "Total_messages":
			value = fmt.Sprint(int(l.exact))
		}
		data = append(data, object{"name": l.name, "value": value})
	}
	if chart == "Total_conversations" {
		column = "%_of_conversations"
	}
	return object{"head": []any{object{"name": "Agent"}, object{"name": column}}, "data": data}
}

func (k *kit) agreeMoments(g *rand.Rand, n naive, as string) {
	k.t.Helper()
	from := int64(start) - g.Int64N(twentyDays)
	to := from + g.Int64N(8*24*3600*1000)
	iso := func(ms int64) string { return time.UnixMilli(ms).UTC().Format("2006-01-02T15:04:05.000Z") }
	query := map[string]string{"start": iso(from), "end": iso(to), "departmentId": n.department}
	all := n.within(from, to)
	ended := n.when(func(r *raw) bool { return r.ts >= from && !r.open && r.closed <= to })
	day := func(ms int64) string { return time.UnixMilli(ms).In(n.zone).Format(time.DateOnly) }
	dated := n.dates(day(from), day(to))
	weighted := maps.Clone(query)
	weighted["weighting"] = "rooms"
	k.same(as, "dashboards/productivity-totalizers", weighted, object{"totalizers": append(productivity(dated), title("Avg_of_waiting_time", text(average(numbers(all, answeredFirst)))), title("Avg_of_queue_time", text(average(numbers(all, queueTime)))))})
	k.same(as, "dashboards/conversation-totalizers", query, object{"totalizers": append(n.counts(dated), title("Total_visitors", n.visitors(from, to)))})
	k.same(as, "dashboards/productivity-totalizers", query, object{"totalizers": append(productivity(dated), title("Avg_of_waiting_time", text(ofDepartments(all, answeredFirst))), title("Avg_of_queue_time", text(ofDepartments(all, queueTime))))})
	percent, departments := 0.0, divided(all, departmentOf)
	shares := []any{}
	for d, rooms := range departments {
		p := math.Floor(100 * float64(count(divided(ended, departmentOf)[d], n.gone)) / float64(len(rooms)))
		percent += p / float64(len(departments))
		shares = append(shares, object{"_id": orNull(d), "percentageOfAbandonedChats": p})
	}
	k.same(as, "dashboards/chats-totalizers", query, object{"totalizers": []any{title("Total_abandoned_chats", count(ended, n.gone)),
		title("Avg_of_abandoned_chats", fmt.Sprint(rounded(percent))+"%"), title("Avg_of_chat_duration_time", text(ofDepartments(ended, duration)))}})
	k.same(as, "dashboards/chats-totalizers", weighted, object{"totalizers": []any{title("Total_abandoned_chats", count(ended, n.gone)),
		title("Avg_of_abandoned_chats", fmt.Sprint(rounded(100*float64(count(ended, n.gone))/math.Max(1, float64(len(all)))))+"%"), title("Avg_of_chat_duration_time", text(average(numbers(ended, duration))))}})
	_, hour, end := n.busiest(dated)
	k.same(as, "dashboards/agents-productivity-totalizers", weighted, object{"totalizers": []any{title("Busiest_time", hour+"- "+end),
		title("Avg_of_available_service_time", "00:00:00"), title("Avg_of_service_time", text(average(numbers(all, lastWord))))}})
	k.same(as, "dashboards/agents-productivity-totalizers", query, object{"totalizers": []any{title("Busiest_time", hour+"- "+end),
		title("Avg_of_available_service_time", "00:00:00"), title("Avg_of_service_time", text(ofDepartments(all, lastWord)))}})
	k.same(as, "dashboards/charts/chats", query, object{"open": count(all, isServedNow), "closed": count(all, hasEnded), "queued": count(all, isQueuedNow), "onhold": count(all, isHeldNow)})
	perAgent := object{}
	for agent, rooms := range divided(all, agentOf) {
		c := []int{count(rooms, isServedNow), len(divided(ended, agentOf)[agent]), count(rooms, isHeldNow)}
		if agent != "" && c[0]+c[1]+c[2] > 0 {
			perAgent[agent] = object{"open": c[0], "closed": c[1], "onhold": c[2]}
		}
	}
	k.same(as, "dashboards/charts/chats-per-agent", query, perAgent)
	perDepartment := object{}
	for d, rooms := range departments {
		if d != "" && d != "gone" {
			perDepartment["The "+d] = object{"open": len(rooms) - count(rooms, hasEnded), "closed": count(rooms, hasEnded)}
		}
	}
	k.same(as, "dashboards/charts/chats-per-department", query, perDepartment)
	k.same(as, "dashboards/charts/timings", query, object{"response": timing(numbers(all, responseTime), numbers(all, first)),
		"reaction": timing(numbers(all, reaction), numbers(all, reaction)), "chatDuration": timing(numbers(all, duration), numbers(all, duration))})
	k.agreeLists(n, as, query, all, ended, shares)
}

func timing(mean, longest []float64) object {
	if len(mean) == 0 {
		return object{"avg": 0, "longest": 0}
	}
	return object{"avg": math.Trunc(average(mean)), "longest": slices.Max(longest)}
}

func orNull(d string) any {
	if d == "" {
		return nil
	}
	return d
}

func (k *kit) agreeLists(n naive, as string, query map[string]string, all, ended []*raw, shares []any) {
	k.t.Helper()
	var averages, totals []any
	for agent, rooms := range divided(all, agentOf) {
		if v := numbers(rooms, serviceTime); agent != "" && len(v) > 0 {
			averages = append(averages, object{"_id": agent, "username": agent, "averageServiceTimeInSeconds": math.Ceil(average(v))})
			totals = append(totals, object{"_id": agent, "username": agent, "chats": len(v), "serviceTimeDuration": math.Ceil(total64(v))})
		}
	}
	if n.department == "" {
		k.sameList(as, "agents/average-service-time", "agents", query, averages)
		k.sameList(as, "agents/total-service-time", "agents", query, totals)
	}
	list := func(path, field string, rooms []*raw, of func([]*raw) (float64, bool)) {
		var rows []any
		for d, some := range divided(rooms, departmentOf) {
			if v, ok := of(some); ok {
				rows = append(rows, object{"_id": orNull(d), field: v})
			}
		}
		k.sameList(as, "departments/"+path, "departments", query, rows)
	}
	mean := func(of func(*raw) (float64, bool)) func([]*raw) (float64, bool) {
		return func(some []*raw) (float64, bool) {
			v := numbers(some, of)
			return math.Ceil(average(v)), len(v) > 0
		}
	}
	list("amount-of-chats", "rooms", all, func(some []*raw) (float64, bool) { return float64(len(some)), true })
	list("average-service-time", "averageServiceTimeInSeconds", all, mean(lastWord))
	list("average-chat-duration-time", "averageChatDurationTimeInSeconds", ended, mean(duration))
	list("average-waiting-time", "averageWaitingTimeInSeconds", all, mean(answeredFirst))
	list("total-abandoned-chats", "abandonedRooms", ended, func(some []*raw) (float64, bool) { c := count(some, n.gone); return float64(c), c > 0 })
	k.sameList(as, "departments/percentage-abandoned-chats", "departments", query, shares)
	var services, moved []any
	for d, some := range divided(ended, departmentOf) {
		services = append(services, object{"_id": orNull(d), "chats": len(some), "serviceTimeDuration": math.Ceil(total64(numbers(some, serviceTime)))})
	}
	k.sameList(as, "departments/total-service-time", "departments", query, services)
	from, to := query["start"], query["end"]
	everywhere := divided(n.when(func(*raw) bool { return true }), departmentOf)
	for d, some := range everywhere {
		times := 0
		for _, r := range some {
			for _, m := range r.said {
				if at := time.UnixMilli(m.at).UTC().Format("2006-01-02T15:04:05.000Z"); m.system == string(chat.MessageTransfer) && at >= from && at <= to {
					times++
				}
			}
		}
		if times > 0 || len(divided(all, departmentOf)[d]) > 0 {
			moved = append(moved, object{"_id": orNull(d), "numberOfTransferredRooms": times})
		}
	}
	k.sameList(as, "departments/total-transferred-chats", "departments", query, moved)
}

func total64(v []float64) float64 {
	sum := 0.0
	for _, x := range v {
		sum += x
	}
	return math.Round(sum*1e6) / 1e6
}

// sameList compares lists whose order is by name: of departments, those that are gone
// have none and come first, no department comes last.
func (k *kit) sameList(as, path, field string, query map[string]string, want []any) {
	k.t.Helper()
	rank := func(v any) string {
		switch id := v.(object)["_id"]; id {
		case nil:
			return "~"
		case "gone":
			return ""
		default:
			return id.(string)
		}
	}
	slices.SortFunc(want, func(a, b any) int { return cmp.Compare(rank(a), rank(b)) })
	k.same(as, path, query, object{field: append([]any{}, want...), "count": len(want), "offset": 0, "total": len(want)})
}

func (k *kit) agreeReports(g *rand.Rand, n naive, as string) {
	k.t.Helper()
	from := int64(start) - g.Int64N(twentyDays)
	to := from + 1 + g.Int64N(9*24*3600*1000)
	iso := func(ms int64) string { return time.UnixMilli(ms).UTC().Format("2006-01-02T15:04:05.000Z") }
	query := map[string]string{"start": iso(from), "end": iso(to)}
	n.department = ""
	all := n.when(func(r *raw) bool { return r.ts >= from && r.ts < to })
	parts := func(keys func(*raw) []string) map[string]int {
		out := map[string]int{}
		for _, r := range all {
			for _, key := range keys(r) {
				out[key]++
			}
		}
		return out
	}
	status := []Slice{}
	if len(all) > 0 {
		status = []Slice{{"Open", int64(count(all, isServedNow))}, {"Closed", int64(count(all, hasEnded))}, {"Queued", int64(count(all, isQueuedNow))}, {"On_Hold", int64(count(all, isHeldNow))}}
		slices.SortFunc(status, falling)
	}
	k.same(as, "dashboards/conversations-by-status", query, object{"data": status, "total": len(all)})
	sources := parts(func(r *raw) []string { return []string{r.kind + "/" + r.alias} })
	data := []Slice{}
	for key, v := range sources {
		kind, alias := key[:slices.Index([]byte(key), '/')], key[slices.Index([]byte(key), '/')+1:]
		data = append(data, Slice{cmp.Or(alias, kind), int64(v)})
	}
	slices.SortFunc(data, falling)
	k.same(as, "dashboards/conversations-by-source", query, object{"data": data, "total": len(all)})
	report := func(path, missing string, keys func(*raw) []string, order func(a, b Slice) int) {
		found := parts(keys)
		data, sum := []Slice{}, 0
		for key, v := range found {
			if key != missing && key != "gone" {
				data, sum = append(data, Slice{key, int64(v)}), sum+v
			}
		}
		slices.SortFunc(data, order)
		k.same(as, "dashboards/conversations-by-"+path, query, object{"data": data, "total": sum, "unspecified": found[missing]})
	}
	report("department", "", func(r *raw) []string {
		if r.department == "" || r.department == "gone" {
			return []string{r.department}
		}
		return []string{"The " + r.department}
	}, rising)
	report("tags", "", tagsOf, rising)
	report("agent", "", func(r *raw) []string {
		if r.agent == "" || r.agent == "left" {
			return []string{r.agent}
		}
		return []string{"Mr " + r.agent}
	}, byLabel)
	k.sameActualReport(as, query, all)
}

func tagsOf(r *raw) []string {
	if len(r.tags) == 0 {
		return []string{""}
	}
	return r.tags
}

package analytics

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"testing"
	"time"
)

// rows are everything a figure was made from, page by page, and the sum of its parts.
func (k *kit) rows(as, path string, query map[string]string) (n int, sum float64) {
	k.t.Helper()
	q := maps.Clone(query)
	q["count"] = "40"
	for {
		q["offset"] = fmt.Sprint(n)
		status, got := k.get(as, path+"/explain", q)
		if status != 200 {
			k.t.Fatalf("%s %v: %d %v", path, q, status, got)
		}
		all := got.(object)
		for _, r := range all["rows"].([]any) {
			sum += r.(object)["value"].(float64)
			n++
		}
		if total := int(all["total"].(float64)); n >= total {
			if n > total {
				k.t.Errorf("%s %v: %d rows of %d", path, q, n, total)
			}
			return n, sum
		}
	}
}

func with(query map[string]string, name, value string) map[string]string {
	q := maps.Clone(query)
	q[name] = value
	return q
}

// Every figure can be opened, and what is found makes it.
func TestFiguresAreMadeOfTheirRows(t *testing.T) {
	each(t, func(k *kit) {
		g := rand.New(rand.NewPCG(3, 4))
		k.history(g, 160)
		iso := func(ms int64) string { return time.UnixMilli(ms).UTC().Format("2006-01-02T15:04:05.000Z") }
		for range 6 {
			from := int64(start) - g.Int64N(twentyDays)
			to := from + 1 + g.Int64N(8*24*3600*1000)
			query := map[string]string{"start": iso(from), "end": iso(to)}
			k.openKeyed("dashboards/charts/chats", query)
			k.openTotals("dashboards/conversation-totalizers", with(query, "online", "true"))
			k.openTotals("dashboards/productivity-totalizers", with(query, "weighting", "rooms"))
			k.openTotals("dashboards/chats-totalizers", query)
			k.openTotals("dashboards/agents-productivity-totalizers", query)
			dates := map[string]string{"from": iso(from)[:10], "to": iso(to)[:10]}
			k.openTotals("overview", with(dates, "name", "Conversations"))
			k.openTotals("overview", with(dates, "name", "Productivity"))
			for by, narrow := range map[string]string{"status": "figure", "source": "source", "tags": "tag", "agent": "agentName", "department": "departmentName"} {
				k.openReport("dashboards/conversations-by-"+by, narrow, query)
			}
			for path, field := range map[string]string{"amount-of-chats": "rooms", "total-transferred-chats": "numberOfTransferredRooms", "total-abandoned-chats": "abandonedRooms"} {
				k.openDepartments("departments/"+path, field, query)
			}
		}
	})
}

func (k *kit) openKeyed(path string, query map[string]string) {
	k.t.Helper()
	_, got := k.get("max", path, query)
	for key, v := range got.(object) {
		if n, _ := k.rows("max", path, with(query, "figure", key)); float64(n) != v {
			k.t.Errorf("%s %s is %v, of %d rows", path, key, v, n)
		}
	}
}

// openTotals holds counts against rows, and means that are over all rooms against their mean.
func (k *kit) openTotals(path string, query map[string]string) {
	k.t.Helper()
	_, got := k.get("max", path, query)
	if m, ok := got.(object); ok {
		got = m["totalizers"]
	}
	for _, one := range got.([]any) {
		title, value := one.(object)["title"].(string), one.(object)["value"]
		n, sum := k.rows("max", path, with(query, "figure", title))
		switch {
		case title == "Avg_response_time", title == "Avg_first_response_time", title == "Avg_reaction_time", title == "Avg_of_waiting_time", title == "Avg_of_queue_time":
			if mean := clockText(sum / max(1, float64(n))); mean != value {
				k.t.Errorf("%s %s is %v, its rows say %s", path, title, value, mean)
			}
		case value == float64(n), value == sum:
		default:
			if _, number := value.(float64); number {
				k.t.Errorf("%s %s is %v, of %d rows with %v", path, title, value, n, sum)
			}
		}
	}
}

func (k *kit) openReport(path, narrow string, query map[string]string) {
	k.t.Helper()
	_, got := k.get("max", path, query)
	labels := map[string]float64{}
	for _, one := range got.(object)["data"].([]any) {
		labels[one.(object)["label"].(string)] += one.(object)["value"].(float64)
	}
	for label, value := range labels {
		if n, _ := k.rows("max", path, with(query, narrow, label)); float64(n) != value {
			k.t.Errorf("%s %q is %v, of %d rows", path, label, value, n)
		}
	}
	if none, ok := got.(object)["unspecified"]; ok {
		if n, _ := k.rows("max", path, with(query, "none", "true")); float64(n) != none {
			k.t.Errorf("%s: %v unspecified, of %d rows", path, none, n)
		}
	}
}

func (k *kit) openDepartments(path, field string, query map[string]string) {
	k.t.Helper()
	_, got := k.get("max", path, query)
	for _, one := range got.(object)["departments"].([]any) {
		id, _ := one.(object)["_id"].(string)
		if id == "" {
			id = "null"
		}
		if n, _ := k.rows("max", path, with(query, "departmentId", id)); float64(n) != one.(object)[field] {
			k.t.Errorf("%s of %s is %v, of %d rows", path, id, one.(object)[field], n)
		}
	}
}

func TestSomeFiguresAreMadeOfOtherThings(t *testing.T) {
	each(t, func(k *kit) {
		k.exec(`INSERT INTO agents (user_id, status_livechat, status, updated_at) VALUES ('bob', 'available', 'online', 1), ('eve', 'available', 'away', 1), ('zoe', 'not-available', 'online', 1)`)
		k.exec(`INSERT INTO user_roles (user_id, role) VALUES ('bob', 'livechat-agent'), ('eve', 'livechat-agent'), ('zoe', 'livechat-agent')`)
		k.exec(`UPDATE visitors SET updated_at = $1`, int64(start)-1000)
		k.same("max", "dashboards/charts/agents-status", nil, object{"available": 1, "away": 1, "busy": 0, "offline": 1})
		for state, n := range map[string]int{"available": 1, "away": 1, "busy": 0, "offline": 1} {
			if got, _ := k.rows("max", "dashboards/charts/agents-status", map[string]string{"figure": state}); got != n {
				t.Errorf("%s: %d", state, got)
			}
		}
		day := map[string]string{"start": "2026-04-03", "end": "2026-04-03T23:59:59Z"}
		if n, _ := k.rows("max", "dashboards/conversation-totalizers", with(day, "figure", "Total_visitors")); n != 1 {
			t.Errorf("%d visitors", n)
		}
		for query, want := range map[[2]string]int{{"figure", "nothing"}: 400, {"figure", ""}: 400} {
			if status, _ := k.get("max", "dashboards/charts/chats/explain", with(day, query[0], query[1])); status != want {
				t.Errorf("%v: %d", query, status)
			}
		}
	})
}

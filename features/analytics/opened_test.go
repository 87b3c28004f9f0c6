package analytics

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

const tiny = 1e-6

func up(x float64) float64 { return math.Ceil(x - tiny) }

// opened is how a number follows from the rows of its explanation: how many, and their sum.
type opened func(n, sum float64) any

func howMany(n, _ float64) any    { return n }
func summed(_, sum float64) any   { return sum }
func meanUp(n, sum float64) any   { return up(sum / n) }
func summedUp(_, sum float64) any { return up(sum) }
func meanTime(n, sum float64) any { return clockText(sum / n) }

// A table's cell, a chart's point and a map's number are made of what is found behind them.
func TestEveryOtherFigureIsMadeOfItsRows(t *testing.T) {
	each(t, func(k *kit) {
		g := rand.New(rand.NewPCG(5, 6))
		k.history(g, 160)
		from := time.UnixMilli(int64(start) - twentyDays/2).UTC()
		to := from.AddDate(0, 0, 8)
		exact := map[string]string{"start": from.Format(time.RFC3339), "end": to.Format(time.RFC3339)}
		k.openPoints(from, to)
		k.openAgents(map[string]string{"from": from.Format(time.DateOnly), "to": to.Format(time.DateOnly)})
		k.openTable("agents/average-service-time", "agents", "agentId", exact, map[string]opened{"averageServiceTimeInSeconds": meanUp})
		k.openTable("agents/total-service-time", "agents", "agentId", exact, map[string]opened{"serviceTimeDuration": summedUp, "chats": howMany})
		k.openTable("departments/average-service-time", "departments", "departmentId", exact, map[string]opened{"averageServiceTimeInSeconds": meanUp})
		k.openTable("departments/total-service-time", "departments", "departmentId", exact, map[string]opened{"serviceTimeDuration": summedUp, "chats": howMany})
		k.openTable("departments/average-chat-duration-time", "departments", "departmentId", exact, map[string]opened{"averageChatDurationTimeInSeconds": meanUp})
		k.openTable("departments/average-waiting-time", "departments", "departmentId", exact, map[string]opened{"averageWaitingTimeInSeconds": meanUp})
		k.openTable("departments/percentage-abandoned-chats", "departments", "departmentId", exact,
			map[string]opened{"percentageOfAbandonedChats": func(n, sum float64) any { return math.Floor(100*sum/n + tiny) }})
		k.openMap("dashboards/charts/chats-per-agent", "agent", exact)
		k.openMap("dashboards/charts/chats-per-department", "departmentName", exact)
		_, got := k.get("max", "dashboards/charts/timings", exact)
		for name, one := range got.(object) {
			k.open("dashboards/charts/timings", with(exact, "figure", name), one.(object)["avg"], func(n, sum float64) any { return math.Trunc(sum/n + tiny) })
		}
	})
}

// open holds a number against the rows behind it.
func (k *kit) open(path string, query map[string]string, value any, how opened) {
	k.t.Helper()
	n, sum := k.rows("max", path, query)
	want := how(float64(n), sum)
	same := value == want
	if a, ok := value.(float64); ok {
		b, number := want.(float64)
		same = number && math.Abs(a-b) < 0.011 // halves of a hundredth go either way
	}
	if n == 0 && value != 0.0 || n > 0 && !same {
		k.t.Errorf("%s %v is %v (%T), of %d rows that say %v (%T)", path, query, value, value, n, want, want)
	}
}

// openPoints opens a chart day by day.
func (k *kit) openPoints(from, to time.Time) {
	k.t.Helper()
	rounded := func(n, sum float64) any { return math.Round(100*sum/n) / 100 }
	for name, how := range map[string]opened{totalConversations: howMany, totalMessages: summed, avgDuration: rounded, avgFirst: rounded, avgResponse: rounded, avgReaction: rounded} {
		_, got := k.get("max", "dashboards/charts-data", map[string]string{"chartName": name, "start": from.Format(time.DateOnly), "end": to.Format(time.DateOnly)})
		for i, value := range got.(object)["dataPoints"].([]any) {
			day := from.AddDate(0, 0, i).Format(time.DateOnly)
			k.open("dashboards/charts-data", map[string]string{"figure": name, "start": day, "end": day}, value, how)
		}
	}
	_, got := k.get("max", "dashboards/charts-data", map[string]string{"chartName": bestFirst, "start": from.Format(time.DateOnly), "end": to.Format(time.DateOnly)})
	for i, value := range got.(object)["dataPoints"].([]any) {
		day := from.AddDate(0, 0, i).Format(time.DateOnly)
		least, _ := k.between("dashboards/charts-data", map[string]string{"figure": bestFirst, "start": day, "end": day})
		if math.Abs(value.(float64)-least) > 0.011 && !(value == 0.0 && math.IsInf(least, 1)) {
			k.t.Errorf("the best of %s is %v, its rows say %v", day, value, least)
		}
	}
}

func (k *kit) openAgents(period map[string]string) {
	k.t.Helper()
	all, _ := k.rows("max", "agent-overview", with(period, "figure", totalConversations))
	inWords := func(_, sum float64) any { return fmt.Sprint(sum) }
	share := func(n, _ float64) any { return fmt.Sprintf("%.2f%%", 100*n/float64(all)) }
	for name, how := range map[string]opened{totalConversations: share, totalMessages: inWords, avgDuration: meanTime, avgFirst: meanTime, avgResponse: meanTime, avgReaction: meanTime} {
		_, got := k.get("max", "agent-overview", with(period, "name", name))
		rows := got.(object)["data"].([]any)
		if len(rows) == 0 {
			k.t.Errorf("%s of nobody", name)
		}
		for _, r := range rows {
			row := r.(object)
			k.open("agent-overview", with(with(period, "figure", name), "agent", row["name"].(string)), row["value"], how)
		}
	}
	_, got := k.get("max", "agent-overview", with(period, "name", bestFirst))
	for _, r := range got.(object)["data"].([]any) {
		who, value := r.(object)["name"].(string), r.(object)["value"]
		if least, _ := k.between("agent-overview", with(with(period, "figure", bestFirst), "agent", who)); value != clockText(least) {
			k.t.Errorf("the best of %s is %v, its rows say %v", who, value, least)
		}
	}
}

// openTable opens fields of a list's rows, each narrowed to its own row.
func (k *kit) openTable(path, list, narrow string, query map[string]string, fields map[string]opened) {
	k.t.Helper()
	_, got := k.get("max", path, query)
	rows := got.(object)[list].([]any)
	if len(rows) == 0 {
		k.t.Errorf("%s: no rows", path)
	}
	for _, r := range rows {
		row := r.(object)
		id, _ := row["_id"].(string)
		if id == "" {
			id = "null"
		}
		for field, how := range fields {
			k.open(path, with(query, narrow, id), row[field], how)
		}
	}
}

// openMap opens the numbers of a map by name.
func (k *kit) openMap(path, narrow string, query map[string]string) {
	k.t.Helper()
	_, got := k.get("max", path, query)
	for name, numbers := range got.(object) {
		for figure, value := range numbers.(object) {
			k.open(path, with(with(query, "figure", figure), narrow, name), value, howMany)
		}
	}
}

// Each figure that an endpoint answers has an explanation of its own, and none explains what
// is not answered.
func TestEveryFigureHasItsExplanation(t *testing.T) { // ours: `…/explain`
	each(t, func(k *kit) {
		k.history(rand.New(rand.NewPCG(17, 18)), 60)
		days := map[string]string{"from": "2026-03-14", "to": "2026-04-03", "start": "2026-03-14", "end": "2026-04-03", "online": "true"}
		rows := map[string]bool{}
		for _, row := range k.Rows() {
			rows[row.Path] = true
		}
		for path := range rows {
			path, ours := strings.CutPrefix(path, base)
			if ours && !strings.HasSuffix(path, "/explain") && (figures[path] == nil || !rows[base+path+"/explain"]) {
				t.Errorf("%s has no explanation", path)
			}
		}
		for path, all := range figures {
			if _, only := all[""]; only {
				k.rows("max", path, days)
				continue
			}
			answered := map[string]bool{}
			for _, name := range k.figuresOf(path, days) {
				answered[name] = true
				if all[name].value == nil && all[name].other == "" {
					t.Errorf("%s: %s has no explanation", path, name)
				}
			}
			for name := range all {
				if k.rows("max", path, with(days, "figure", name)); !answered[name] {
					t.Errorf("%s explains %s, which it does not answer", path, name)
				}
			}
		}
	})
}

// figuresOf are the names of the figures that an endpoint answers.
func (k *kit) figuresOf(path string, days map[string]string) (names []string) {
	k.t.Helper()
	switch path {
	case "overview":
		for _, name := range []string{"Conversations", "Productivity"} {
			_, got := k.get("max", path, with(days, "name", name))
			names = append(names, titles(got.([]any))...)
		}
		return names
	case "agent-overview", "dashboards/charts-data":
		for name := range values {
			if status, got := k.get("max", path, with(with(days, "name", name), "chartName", name)); status == 200 && len(got.(object)) > 0 {
				names = append(names, name)
			}
		}
		return names
	}
	_, got := k.get("max", path, days)
	all := got.(object)
	if totals, ok := all["totalizers"].([]any); ok {
		return titles(totals)
	}
	if slices, ok := all["data"].([]any); ok {
		for _, one := range slices {
			names = append(names, one.(object)["label"].(string))
		}
		return names
	}
	for name, one := range all {
		if numbers, ok := one.(object); ok && strings.HasPrefix(path, "dashboards/charts/chats-per-") {
			for name := range numbers {
				names = append(names, name)
			}
			continue
		}
		names = append(names, name)
	}
	return names
}

func titles(all []any) (names []string) {
	for _, one := range all {
		names = append(names, one.(object)["title"].(string))
	}
	return names
}

// Every question about a period refuses what is no date, at either end (AN-12).
func TestNoFigureIsOfAPeriodThatIsNone(t *testing.T) {
	each(t, func(k *kit) {
		for _, row := range k.Rows() {
			path, ours := strings.CutPrefix(row.Path, base)
			if !ours || strings.HasPrefix(path, "dashboards/charts/agents-status") { // which is of now
				continue
			}
			for _, names := range [][2]string{{"start", "end"}, {"end", "start"}, {"from", "to"}, {"to", "from"}} {
				query := map[string]string{"name": "Conversations", "chartName": totalConversations, "figure": totalConversations, names[0]: "the day before", names[1]: "2026-04-01"}
				for name := range figures[strings.TrimSuffix(path, "/explain")] {
					query["figure"] = name
				}
				status, got := k.get("max", path, query)
				text, _ := got.(object)["error"].(string)
				if status != 400 || text == "" {
					t.Errorf("%s %v: %d %v", path, query, status, got)
				}
			}
		}
	})
}

package analytics

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
)

func (k *kit) days(zone string) *time.Location {
	k.settings.ReportingZone, k.settings.ReportingZoneName = "custom", zone
	return named(zone)
}

func dayText(t time.Time) string { return t.Format(time.DateOnly) }

// totalOf is how many chats there were from one day to another.
func (k *kit) totalOf(from, to time.Time) float64 {
	k.t.Helper()
	_, got := k.get("max", "overview", map[string]string{"name": "Conversations", "from": dayText(from), "to": dayText(to)})
	return got.([]any)[0].(object)["value"].(float64)
}

func (k *kit) points(chart string, from, to time.Time) (points []float64, sum float64) {
	k.t.Helper()
	_, got := k.get("max", "dashboards/charts-data", map[string]string{"chartName": chart, "start": dayText(from), "end": dayText(to)})
	for _, p := range got.(object)["dataPoints"].([]any) {
		points, sum = append(points, p.(float64)), sum+p.(float64)
	}
	return points, sum
}

// However days are divided at midnights, the parts are the whole, also where the clocks
// change in between and a day has 23 or 25 hours (PT-AN-4, PT-AN-11).
func TestPartsAreTheWhole(t *testing.T) {
	each(t, func(k *kit) {
		g := rand.New(rand.NewPCG(7, 8))
		k.history(g, 150)
		for _, zone := range []string{"UTC", "Europe/Prague", "America/Havana", "Asia/Kathmandu", "Australia/Lord_Howe"} {
			l := k.days(zone)
			first := time.UnixMilli(int64(start)-twentyDays).In(l).AddDate(0, 0, g.IntN(5))
			last := first.AddDate(0, 0, 6+g.IntN(10))
			whole := k.totalOf(first, last)
			points, sum := k.points("Total_conversations", first, last)
			if whole == 0 || sum != whole {
				t.Errorf("%s: the points make %v of %v", zone, sum, whole)
			}
			parts, from := 0.0, first
			for from.Before(last.AddDate(0, 0, 1)) {
				to := from.AddDate(0, 0, g.IntN(4))
				if to.After(last) {
					to = last
				}
				parts, from = parts+k.totalOf(from, to), to.AddDate(0, 0, 1)
			}
			if parts != whole {
				t.Errorf("%s: the parts make %v of %v", zone, parts, whole)
			}
			for i, n := range points {
				day := first.AddDate(0, 0, i)
				if _, sum := k.points("Total_conversations", day, day); sum != n {
					t.Errorf("%s: the hours of %s make %v of %v", zone, dayText(day), sum, n)
				}
			}
		}
		for day, want := range map[string]int{"2026-03-29": 23, "2025-10-26": 25, "2026-04-01": 24} {
			k.days("Europe/Prague")
			at, _ := time.Parse(time.DateOnly, day)
			if points, _ := k.points("Total_messages", at, at); len(points) != want {
				t.Errorf("%s: %d hours", day, len(points))
			}
		}
	})
}

// all asks for every figure of whole days, in a zone.
func (k *kit) all(zone string) string {
	k.t.Helper()
	k.days(zone)
	var all []any
	for _, days := range [][2]string{{"2026-03-15", "2026-04-04"}, {"2026-03-28", "2026-03-30"}, {"2026-03-29", "2026-03-29"}} {
		query := map[string]string{"from": days[0], "to": days[1], "start": days[0], "end": days[1]}
		for _, name := range []string{"Conversations", "Productivity"} {
			_, got := k.get("max", "overview", with(query, "name", name))
			all = append(all, got)
		}
		for _, chart := range charts {
			_, drawn := k.get("max", "dashboards/charts-data", with(query, "chartName", chart))
			_, listed := k.get("max", "agent-overview", with(query, "name", chart))
			_, actual := k.get("max", "agent-overview", with(with(query, "name", chart), "attribution", "actual"))
			all = append(all, drawn, listed, actual)
		}
	}
	b, err := json.Marshal(all)
	k.must(err)
	return string(b)
}

// later is a room some milliseconds later.
func later(r raw, by int64) *raw {
	r.ts += by
	for _, at := range []*int64{&r.closed, &r.served} {
		if *at > 0 {
			*at += by
		}
	}
	r.said = append([]words{}, r.said...)
	for i := range r.said {
		r.said[i].at += by
	}
	return &r
}

// Everything later and the zone as much behind is the same (PT-AN-5).
func TestAnotherZoneIsTheSameAtAnotherTime(t *testing.T) {
	each(t, func(k *kit) {
		k.history(rand.New(rand.NewPCG(9, 10)), 90)
		before, rooms := k.all("UTC"), k.rooms
		for zone, minutes := range map[string]int64{"Asia/Kathmandu": 345, "Asia/Kolkata": 330, "America/Phoenix": -420, "Pacific/Kiritimati": 840} {
			k.exec(`DELETE FROM rooms`)
			k.exec(`DELETE FROM analytics_marks`)
			k.recount(rooms)
			k.rooms = nil
			for _, r := range rooms {
				k.store(later(*r, -minutes*60_000))
			}
			k.recount(k.rooms)
			if after := k.all(zone); after != before {
				t.Errorf("%s:\n%s, not\n%s", zone, after, before)
			}
		}
	})
}

// seconds are those of HH:MM:SS, which are whole minutes and seconds (PT-AN-10).
func (k *kit) seconds(text string) float64 {
	k.t.Helper()
	var h, m, s int
	if _, err := fmt.Sscanf(text, "%d:%d:%d", &h, &m, &s); err != nil || m > 59 || s > 59 || clockText(float64(h*3600+m*60+s)) != text {
		k.t.Errorf("%q: %v", text, err)
	}
	return float64(h*3600 + m*60 + s)
}

// Percentages are of a hundred, means lie between the least and the most, and the best is
// no worse than the mean (PT-AN-6).
func TestFiguresAreWithinBounds(t *testing.T) {
	each(t, func(k *kit) {
		k.history(rand.New(rand.NewPCG(11, 12)), 120)
		days := map[string]string{"from": "2026-03-10", "to": "2026-04-04"}
		for _, whose := range []string{"last", "actual"} {
			query := with(days, "attribution", whose)
			table := func(name string) map[string]string {
				cells := map[string]string{}
				_, got := k.get("max", "agent-overview", with(query, "name", name))
				for _, row := range got.(object)["data"].([]any) {
					cells[row.(object)["name"].(string)] = row.(object)["value"].(string)
				}
				return cells
			}
			shares := table("Total_conversations")
			for who, share := range shares {
				if p, err := strconv.ParseFloat(strings.TrimSuffix(share, "%"), 64); err != nil || p <= 0 || p > 100 {
					t.Errorf("%s, %s: %s", whose, who, share)
				}
			}
			best := table("Best_first_response_time")
			for who, mean := range table("Avg_first_response_time") {
				if k.seconds(best[who]) > k.seconds(mean) {
					t.Errorf("%s, %s: best %s, mean %s", whose, who, best[who], mean)
				}
			}
			for _, name := range []string{"Avg_first_response_time", "Avg_response_time", "Avg_reaction_time", "Avg_chat_duration"} {
				for who, mean := range table(name) {
					least, most := k.between("agent-overview", with(with(query, "figure", name), "agent", who))
					if m := k.seconds(mean); m < math.Floor(least) || m > math.Ceil(most) {
						t.Errorf("%s, %s of %s: %s, from %v to %v", whose, name, who, mean, least, most)
					}
				}
			}
			if len(shares) < 3 {
				t.Errorf("%s: %v", whose, shares)
			}
		}
		_, got := k.get("max", "departments/percentage-abandoned-chats", map[string]string{"start": "2026-03-10", "end": "2026-04-04"})
		for _, row := range got.(object)["departments"].([]any) {
			if p := row.(object)["percentageOfAbandonedChats"].(float64); p < 0 || p > 100 || p != math.Floor(p) {
				t.Errorf("%v", row)
			}
		}
	})
}

// between are the least and the most that an agent's figure is made from.
func (k *kit) between(path string, query map[string]string) (least, most float64) {
	k.t.Helper()
	least = math.Inf(1)
	_, got := k.get("max", path+"/explain", with(query, "count", "100"))
	for _, row := range got.(object)["rows"].([]any) {
		v := row.(object)["value"].(float64)
		least, most = min(least, v), max(most, v)
	}
	return least, most
}

// However an agent came and went: his days add up to the time in which he wanted chats and
// was there, and each day has what fell into it (AN-44, PT-AN-8).
func TestAvailabilityAddsUp(t *testing.T) {
	each(t, func(k *kit) {
		g := rand.New(rand.NewPCG(13, 14))
		l := k.days("Europe/Prague")
		first := time.Date(2026, 3, 27, 0, 0, 0, 0, l) // the clocks change on the 29th
		at, serves := clock.Of(first).Add(-5*time.Hour), false
		perDay, sum := map[string]int64{}, int64(0)
		last := first.AddDate(0, 0, 5)
		for at < clock.Of(last) {
			switched, status := pick(g, chat.Available, chat.NotAvailable), pick(g, chat.Online, chat.Away, chat.Busy, chat.Offline)
			k.turned("bob", at, switched, status)
			serves = switched == chat.Available && status != chat.Offline
			until := at.Add(time.Duration(1+g.IntN(9*3600)) * time.Second)
			for second := at; serves && second < until; second = second.Add(time.Second) { // one by one: it knows nothing of midnights
				if here := second.Time().In(l); !here.Before(first) && here.Before(last) {
					perDay[dayText(here)]++
					sum++
				}
			}
			at = until
		}
		k.turned("bob", at, chat.NotAvailable, chat.Offline)
		from := func(a, b time.Time) float64 {
			_, got := k.get("max", "agents/available-for-service-history", map[string]string{"start": dayText(a), "end": dayText(b), "fullReport": "true"})
			all := got.(object)["agents"].([]any)
			if len(all) == 0 {
				return 0
			}
			history := 0.0
			for _, one := range all[0].(object)["serviceHistory"].([]any) {
				begun, _ := time.Parse(time.RFC3339, one.(object)["startedAt"].(string))
				ended, _ := time.Parse(time.RFC3339, one.(object)["stoppedAt"].(string))
				history += ended.Sub(begun).Seconds()
			}
			if n := all[0].(object)["availableTimeInSeconds"].(float64); n != history {
				t.Errorf("%v seconds, sessions of %v", n, history)
			}
			if _, sum := k.rows("max", "agents/available-for-service-history", map[string]string{"start": dayText(a), "end": dayText(b), "username": "bob"}); sum != history {
				t.Errorf("rows of %v seconds, sessions of %v", sum, history)
			}
			return history
		}
		if got := from(first, last.AddDate(0, 0, -1)); sum == 0 || got != float64(sum) {
			t.Errorf("%v seconds, not %d", got, sum)
		}
		for day := first; day.Before(last); day = day.AddDate(0, 0, 1) {
			if got := from(day, day); got != float64(perDay[dayText(day)]) {
				t.Errorf("%s: %v seconds, not %d", dayText(day), got, perDay[dayText(day)])
			}
		}
	})
}

// Reports have their usual order, and that which the caller wants (analytics 8).
func TestTheOrderOfReports(t *testing.T) {
	each(t, func(k *kit) {
		n := 0
		for department, count := range map[string]int{"sales": 3, "support": 1, "billing": 2} {
			for range count {
				n++
				k.store(&raw{id: fmt.Sprint("r", n), ts: int64(start) - dayMillis, open: true, department: department, kind: "api", tags: []string{department}})
			}
		}
		for _, one := range []struct{ by, sort, want string }{
			{"department", "", "The support 1, The billing 2, The sales 3"}, {"department", `{"value":-1}`, "The sales 3, The billing 2, The support 1"},
			{"department", `{"name":1}`, "The billing 2, The sales 3, The support 1"}, {"department", `{"label":-1}`, "The support 1, The sales 3, The billing 2"},
			{"tags", "", "support 1, billing 2, sales 3"}, {"tags", `{"value":-1}`, "sales 3, billing 2, support 1"},
			{"status", "", "Queued 6, Closed 0, On_Hold 0, Open 0"}, {"status", `{"nothing":1}`, "Queued 6, Closed 0, On_Hold 0, Open 0"},
		} {
			_, got := k.get("max", "dashboards/conversations-by-"+one.by, map[string]string{"start": "2026-04-01", "end": "2026-04-03", "sort": one.sort})
			var parts []string
			for _, part := range got.(object)["data"].([]any) {
				parts = append(parts, fmt.Sprint(part.(object)["label"], " ", part.(object)["value"]))
			}
			if text := strings.Join(parts, ", "); text != one.want {
				t.Errorf("%s %s: %s, not %s", one.by, one.sort, text, one.want)
			}
		}
	})
}

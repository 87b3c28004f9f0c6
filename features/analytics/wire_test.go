package analytics

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
)

func TestWhoMayAskAndWhat(t *testing.T) {
	each(t, func(k *kit) {
		for _, e := range k.Rows() {
			path := strings.TrimPrefix(e.Path, base)
			if strings.HasPrefix(path, "/") {
				continue // the second spelling of a chart
			}
			if status, _ := k.get("", path, nil); status != 401 {
				t.Errorf("nobody, %s: %d", path, status)
			}
			if status, _ := k.get("bob", path, nil); status != 403 {
				t.Errorf("bob, %s: %d", path, status)
			}
		}
		day := map[string]string{"start": "2026-04-01", "end": "2026-04-02"}
		for _, one := range []struct {
			path  string
			query map[string]string
			want  string
		}{
			{"dashboards/charts/chats", nil, "must have required property 'start' [invalid-params]"},
			{"dashboards/charts/chats", map[string]string{"start": "2026-04-01"}, "must have required property 'end' [invalid-params]"},
			{"dashboards/charts/chats", with(day, "start", "soon"), `The "start" query parameter must be a valid date.`},
			{"dashboards/chats-totalizers", with(day, "end", "2026-13-01"), `The "end" query parameter must be a valid date.`},
			{"overview", map[string]string{"from": "2026-04-01", "to": "2026-04-01"}, "must have required property 'name' [invalid-params]"},
			{"agent-overview", map[string]string{"name": "Total_messages", "to": "2026-04-01"}, "must have required property 'from' [invalid-params]"},
			{"overview", map[string]string{"name": "Productivity", "from": "1990-04-01", "to": "2026-04-01"}, "The period must be less than 10 years long."},
			{"dashboards/agents-productivity-totalizers", map[string]string{"start": "0100-01-01", "end": "9999-01-01"}, "The period must be less than 10 years long."},
			{"dashboards/conversations-by-tags", map[string]string{"start": "0100-01-01", "end": "9999-01-01"}, `The "start" and "end" query parameters must be less than 1 year apart.`},
			{"dashboards/charts-data", with(day, "chartName", "Total"), "Unknown chart [error-invalid-chart]"},
			{"dashboards/conversations-by-tags", with(day, "start", "x"), `The "start" query parameter must be a valid date.`},
			{"dashboards/conversations-by-tags", with(day, "start", "2025-01-01"), `The "start" and "end" query parameters must be less than 1 year apart.`},
			{"dashboards/conversations-by-tags", with(day, "start", "2026-04-02"), `The "start" query parameter must be before the "end" query parameter.`},
			{"agents/total-service-time", with(day, "end", "x"), `The "end" query parameter must be a valid date.`},
		} {
			status, got := k.get("max", one.path, one.query)
			if text, _ := got.(object)["error"].(string); status != 400 || text != one.want {
				t.Errorf("%s %v: %d %v", one.path, one.query, status, got)
			}
		}
		if status, _ := k.get("max", "dashboards/conversations-by-tags", with(day, "start", "2025-03-30")); status != 200 {
			t.Errorf("368 days: %d", status)
		}
		for _, path := range []string{"overview", "agent-overview"} {
			k.same("max", path, map[string]string{"name": "Other", "from": "2026-04-01", "to": "2026-04-01"}, object{})
		}
		k.same("max", "overview", map[string]string{"name": "Conversations", "from": "2026-04-01", "to": "2026-04-04"}, []any{title("Total_conversations", 0), title("Open_conversations", 0),
			title("On_Hold_conversations", 0), title("Total_messages", 0), title("Busiest_day", "-"), title("Conversations_per_day", "0.00"), title("Busiest_time", "-")})
		k.same("max", "dashboards/conversations-by-status", day, object{"data": []any{}, "total": 0})
		k.same("max", "departments/total-abandoned-chats", day, object{"departments": []any{}, "count": 0, "offset": 0, "total": 0})
	})
}

func TestTheTextOfDurations(t *testing.T) { // AN-13, PT-AN-10
	for seconds, want := range map[float64]string{0: "00:00:00", 59.5: "00:01:00", 59.49: "00:00:59", 3599.5: "01:00:00", 100 * 3600: "100:00:00", 61: "00:01:01"} {
		if got := clockText(seconds); got != want {
			t.Errorf("%v: %s", seconds, got)
		}
	}
}

func TestDaysOfZones(t *testing.T) { // AN-11, PT-AN-11
	for _, one := range []struct {
		zone, day string
		hours     int
	}{
		{"Europe/Prague", "2026-03-29", 23}, {"Europe/Prague", "2026-10-25", 25}, {"Europe/Prague", "2026-04-01", 24}, {"UTC", "2026-03-29", 24},
		{"Africa/Cairo", "2026-04-24", 23}, {"America/Havana", "2026-11-01", 25}, {"Australia/Lord_Howe", "2026-04-05", 25},
	} {
		d, err := wholeDays(dates{from: one.day, to: one.day}, named(one.zone))
		if err != nil || len(hours(d.first))-1 != one.hours || d.first.Format(time.DateOnly) != one.day || d.first.Add(-time.Millisecond).Format(time.DateOnly) == one.day {
			t.Errorf("%v: %d hours from %v, %v", one, len(hours(d.first))-1, d.first, err)
		}
	}
}

// turned makes a history of how an agent stood.
func (k *kit) turned(agent string, at clock.Instant, switched chat.Availability, status chat.Presence) {
	k.exec(`INSERT INTO agent_changes (id, user_id, status_livechat, status, cause, at) VALUES ($1, $2, $3, $4, 'self', $5)`, agent+at.String(), agent, switched, status, at)
}

func TestHowLongAgentsWereAvailable(t *testing.T) { // AN-40, AN-41, AN-42, AN-43, AN-44, AN-46, PT-AN-8
	each(t, func(k *kit) {
		k.settings.ReportingZone, k.settings.ReportingZoneName = "custom", "Europe/Prague"
		midnight := clock.Of(time.Date(2026, 4, 2, 0, 0, 0, 0, named("Europe/Prague")))
		k.turned("bob", midnight.Add(-3*time.Hour), chat.Available, chat.Online)
		k.turned("bob", midnight.Add(-2*time.Hour), chat.Available, chat.Away) // still there: nothing begins anew
		k.turned("bob", midnight.Add(time.Hour), chat.Available, chat.Offline)
		k.turned("bob", midnight.Add(2*time.Hour), chat.NotAvailable, chat.Online)
		k.turned("eve", midnight.Add(30*time.Hour), chat.Available, chat.Busy)
		at := func(d time.Duration) string { return midnight.Add(d).String() }
		query := map[string]string{"start": "2026-04-01", "end": "2026-04-02", "fullReport": "true"}
		k.same("max", "agents/available-for-service-history", query, object{"count": 1, "offset": 0, "total": 1, "agents": []any{
			object{"username": "bob", "availableTimeInSeconds": 4 * 3600, "serviceHistory": []any{
				object{"startedAt": at(-3 * time.Hour), "stoppedAt": at(0)}, object{"startedAt": at(0), "stoppedAt": at(time.Hour)}}}}})
		running := start.Sub(midnight.Add(30 * time.Hour)).Seconds()
		k.same("max", "agents/available-for-service-history", map[string]string{"start": "2026-04-03", "end": "2026-04-09"}, object{"count": 1, "offset": 0, "total": 1,
			"agents": []any{object{"username": "eve", "availableTimeInSeconds": running}}})
		if n, sum := k.rows("max", "agents/available-for-service-history", query); n != 2 || sum != 4*3600 {
			t.Errorf("%d sessions, %v", n, sum)
		}
		k.settings.DisableActivityMonitor = true
		k.same("max", "agents/available-for-service-history", query, object{"count": 0, "offset": 0, "total": 0, "agents": []any{}})
	})
}

func TestWhoIsGoneFollowsTheSetting(t *testing.T) { // analytics 1.3
	each(t, func(k *kit) {
		silent := 1000.0
		r := &raw{id: "r1", ts: int64(start) - 5*dayMillis, closed: int64(start) - 4*dayMillis, department: "sales", kind: "api"}
		r.metrics.VisitorInactivity = &silent
		k.store(r)
		k.must(k.count(context.Background(), "r1"))
		query := map[string]string{"start": "2026-03-01", "end": "2026-05-01"}
		k.same("max", "departments/total-abandoned-chats", query, object{"departments": []any{}, "count": 0, "offset": 0, "total": 0})
		k.settings.VisitorInactivitySeconds = 1000
		k.must(k.onSettingChanged(context.Background(), "e", chat.SettingChanged{ID: inactivity}))
		k.run(silenceJob)
		k.same("max", "departments/total-abandoned-chats", query, object{"departments": []any{object{"_id": "sales", "abandonedRooms": 1}}, "count": 1, "offset": 0, "total": 1})
		k.settings.VisitorInactivitySeconds = 0
		k.must(k.onSettingChanged(context.Background(), "e", chat.SettingChanged{ID: inactivity}))
		k.run(silenceJob)
		k.same("max", "departments/total-abandoned-chats", query, object{"departments": []any{}, "count": 0, "offset": 0, "total": 0})
	})
}

func TestARoomFollowsItsUnit(t *testing.T) { // PT-AN-9
	each(t, func(k *kit) {
		k.exec(`INSERT INTO units (id, name, name_lower, visibility, updated_at) VALUES ('east', 'East', 'east', 'public', 1)`)
		k.exec(`INSERT INTO unit_monitors (unit_id, monitor_id, updated_at) VALUES ('east', 'mona', 1)`)
		k.store(&raw{id: "r1", ts: int64(start) - 5*dayMillis, closed: int64(start) - 4*dayMillis, department: "billing", kind: "api"})
		k.must(k.count(context.Background(), "r1"))
		query := map[string]string{"start": "2026-03-01", "end": "2026-05-01"}
		chats := func(n int) object { return object{"open": 0, "closed": n, "queued": 0, "onhold": 0} }
		k.same("max", "dashboards/charts/chats", query, chats(1))
		k.same("mona", "dashboards/charts/chats", query, chats(0))
		k.exec(`UPDATE rooms SET unit_id = 'east'`)
		k.must(k.onUnitChanged(context.Background(), "e", chat.UnitChanged{}))
		k.run(unitJob)
		k.later()
		k.same("mona", "dashboards/charts/chats", query, chats(1))
		k.exec(`DELETE FROM rooms`)
		k.must(k.onVisitorErased(context.Background(), "e", chat.VisitorErased{Visitor: "vr1"}))
		k.later()
		k.same("max", "dashboards/charts/chats", query, chats(0))
	})
}

func TestTheBusiestDayInTheCallersLanguage(t *testing.T) { // AN-17
	each(t, func(k *kit) {
		k.exec(`UPDATE users SET language = CASE id WHEN 'max' THEN 'de_AT' WHEN 'mona' THEN 'fr' ELSE '' END`)
		k.store(&raw{id: "r1", ts: int64(start) - 2*dayMillis, open: true, kind: "api", said: []words{{at: int64(start) - 2*dayMillis, visitor: true}}})
		day := func(as string) any {
			_, got := k.get(as, "overview", map[string]string{"name": "Conversations", "from": "2026-04-01", "to": "2026-04-03"})
			all := got.([]any)
			if hour := all[6].(object)["value"]; hour != "12PM - 1PM" {
				t.Errorf("%s: %v", as, hour)
			}
			return all[4].(object)["value"]
		}
		if m, n, l := day("max"), day("mona"), day("lena"); m != "Mittwoch" || n != "Wednesday" || l != "Wednesday" {
			t.Errorf("%v, %v, %v", m, n, l)
		}
		k.settings.Language = "ar"
		if n, l := day("mona"), day("lena"); n != "Wednesday" || l != "الأربعاء" {
			t.Errorf("%v, %v", n, l)
		}
	})
}

// Who is on the sites counts as the list of visitors counts him (analytics 7.1).
func TestWhoIsOnTheSites(t *testing.T) {
	each(t, func(k *kit) {
		k.exec(`INSERT INTO units (id, name, name_lower, visibility, updated_at) VALUES ('east', 'East', 'east', 'public', 1), ('west', 'West', 'west', 'public', 1)`)
		k.exec(`INSERT INTO unit_monitors (unit_id, monitor_id, updated_at) VALUES ('east', 'mona', 1)`)
		now := k.clock.Now()
		sees := func(id, site, visitor string, left, expires clock.Instant) {
			k.exec(`INSERT INTO sightings (id, page, kin, site_id, visitor_id, name, staff_name, email, phone, href, title, referrer, browser, targets, offered, pages, visits,
				began_at, seen_at, left_at, expires_at, invitation_id, invitation, invited_by, invited_at)
				VALUES ($1, $1, '', $2, $3, 'Somebody', '', '', '', '', '', '', '', '[]', false, 1, 1, $4, $4, $5, $6, '', '', '', 0)`, id, site, visitor, now, left, expires)
		}
		for _, d := range []string{"sales", "support"} {
			k.store(&raw{id: d, ts: int64(start) - 1000, open: true, department: d, unit: string(units[chat.DepartmentID(d)]), kind: "api"})
			k.exec(`INSERT INTO visitors (id, site_id, username, token, token_opens, ts, department_id, updated_at) VALUES ($1, 'default', $1, $1, true, 1, $2, 1)`, "v"+d, d)
		}
		sees("stranger", "default", "", 0, now+1000)
		sees("a", "default", "vsales", 0, now+1000)
		sees("b", "default", "vsupport", 0, now+1000)
		sees("elsewhere", "shop", "", 0, now+1000)
		sees("left", "default", "", now-1, now+1000)
		sees("gone", "default", "", 0, now)
		for _, one := range []struct {
			as, department string
			want           int
		}{{"max", "", 4}, {"max", "sales", 1}, {"mona", "", 2}, {"mona", "support", 0}, {"lena", "", 0}} {
			query := map[string]string{"start": "2026-04-01", "end": "2026-04-02", "departmentId": one.department}
			_, got := k.get(one.as, "dashboards/conversation-totalizers", with(query, "online", "true"))
			all := got.(object)["totalizers"].([]any)
			rows, _ := k.rows(one.as, "dashboards/conversation-totalizers", with(query, "figure", "Total_visitors_online"))
			if last := all[len(all)-1].(object); last["title"] != "Total_visitors_online" || last["value"] != float64(one.want) || rows != one.want {
				t.Errorf("%v: %v of %d rows", one, last, rows)
			}
		}
	})
}

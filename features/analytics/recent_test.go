package analytics

import (
	"fmt"
	"testing"
	"time"
)

// Numbers are kept for a moment, for whoever asks the same with the same restrictions, and
// for nobody else (AN-16, PT-AN-1).
func TestNumbersAreKeptForAMoment(t *testing.T) {
	each(t, func(k *kit) {
		k.exec(`INSERT INTO units (id, name, name_lower, visibility, updated_at) VALUES ('east', 'East', 'east', 'public', 1)`)
		k.exec(`INSERT INTO unit_monitors (unit_id, monitor_id, updated_at) VALUES ('east', 'mona', 1)`)
		day := map[string]string{"start": "2026-04-01", "end": "2026-04-03"}
		rooms := 0
		open := func(department string, unit string) {
			rooms++
			k.store(&raw{id: fmt.Sprintf("r%d", rooms), ts: int64(start) - 2*dayMillis, open: true, department: department, unit: unit, kind: "api"})
		}
		queued := func(as string, want int, query map[string]string) {
			t.Helper()
			k.same(as, "dashboards/charts/chats", query, object{"open": 0, "closed": 0, "queued": want, "onhold": 0})
		}
		reported := func(as string, want int) {
			t.Helper()
			_, got := k.get(as, "dashboards/conversations-by-status", day)
			if n := got.(object)["total"]; n != float64(want) {
				t.Errorf("%s: a report of %v, not %d", as, n, want)
			}
		}
		open("sales", "east")
		open("support", "")
		queued("max", 2, day)
		reported("max", 2)
		queued("mona", 1, day) // never the manager's number
		reported("mona", 1)
		queued("lena", 0, day)
		queued("max", 1, with(day, "departmentId", "sales"))
		queued("max", 0, with(day, "end", "2026-04-01T00:00:00Z"))
		open("sales", "east")
		queued("max", 2, day)
		queued("mona", 1, day)
		k.exec(`INSERT INTO unit_monitors (unit_id, monitor_id, updated_at) VALUES ('east', 'lena', 1)`)
		queued("lena", 1, day) // mona's, of the same units
		k.clock.Advance(ofNow - time.Millisecond)
		queued("max", 2, day)
		k.clock.Advance(time.Millisecond)
		queued("max", 3, day)
		queued("mona", 2, day)
		reported("max", 2)
		k.clock.Advance(ofReport - ofNow - time.Millisecond)
		reported("max", 2)
		reported("mona", 1)
		k.clock.Advance(time.Millisecond)
		reported("max", 3)
		reported("mona", 2)
	})
}

// What is kept of one zone is no answer in another, also where zones have no name.
func TestNumbersAreKeptForAZone(t *testing.T) { // AN-10, AN-16
	each(t, func(k *kit) {
		k.settings.ReportingZone = "user"
		k.exec(`UPDATE users SET utc_offset = 330 WHERE id = 'max'`)
		k.exec(`UPDATE users SET utc_offset = -300 WHERE id = 'lena'`)
		k.store(&raw{id: "r1", ts: time.Date(2026, 4, 1, 20, 0, 0, 0, time.UTC).UnixMilli(), open: true, department: "sales", kind: "api"})
		day := map[string]string{"start": "2026-04-01T12:00:00Z", "end": "2026-04-01T12:00:00Z"} // the calendar day of each
		for as, want := range map[string]int{"max": 0, "lena": 1} {
			_, got := k.get(as, "dashboards/conversation-totalizers", day)
			if n := got.(object)["totalizers"].([]any)[0].(object)["value"]; n != float64(want) {
				t.Errorf("%s: %v chats, not %d", as, n, want)
			}
		}
		for _, weighting := range []string{"rooms", "departments"} { // all that is asked is part of the key
			k.get("max", "dashboards/chats-totalizers", with(day, "weighting", weighting))
		}
		if n := k.recent.Len(); n != 4 {
			t.Errorf("%d answers are kept, not 4", n)
		}
	})
}

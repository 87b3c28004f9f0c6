package onsite

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// What triggers did is known of who has not acted, too, as long as he is there.
func TestTheLedgerOfWhoIsThere(t *testing.T) {
	each(t, func(k *kit) {
		for i, id := range []string{"t1", "t2"} {
			k.exec(`INSERT INTO triggers (id, number, name, description, enabled, run_once, site_id, conditions, actions, updated_at) VALUES ($1, $2, '', '', true, false, '', '[]', '[]', 1)`, id, i+1)
		}
		at := func(d time.Duration) string { return begin.Add(d).Time().Format(time.RFC3339Nano) }
		tells := func(entries ...string) {
			k.t.Helper()
			ledger := []fields{}
			for _, e := range entries {
				part := strings.Fields(e)
				ledger = append(ledger, fields{"trigger": part[0], "reason": part[1], "at": part[2]})
			}
			k.here("a", fields{"ledger": ledger})
		}
		wants := func(want string, moved int64) {
			k.t.Helper()
			rows, err := k.DB.Query(k.t.Context(), `SELECT ledger FROM sightings`)
			k.must(err)
			defer rows.Close()
			got := ""
			for rows.Next() {
				k.must(rows.Scan(&got))
			}
			if n := k.moved(); got != want || n != moved {
				k.t.Errorf("%s, told %d times; want %s, %d", got, n, want, moved)
			}
		}
		entry := func(trigger, reason string, d time.Duration) string {
			return fmt.Sprintf(`{"trigger":"%s","at":"%s","reason":"%s"}`, trigger, begin.Add(d).Time().Format("2006-01-02T15:04:05.000Z"), reason)
		}
		tells()
		wants(`[]`, 1)
		k.clock.Advance(10 * time.Second)
		tells("t1 other-page "+at(5*time.Second), "gone fired "+at(0), "t2 too-early "+at(-time.Hour))
		wants("["+entry("t1", "other-page", 5*time.Second)+","+entry("t2", "too-early", 0)+"]", 1)
		tells("t1 other-page "+at(9*time.Second), "t2 too-early "+at(0))
		wants("["+entry("t1", "other-page", 5*time.Second)+","+entry("t2", "too-early", 0)+"]", 0)
		tells("t2 too-early "+at(0), "t1 other-page "+at(0), "t2 fired "+at(time.Hour))
		wants("["+entry("t1", "other-page", 5*time.Second)+","+entry("t2", "fired", 10*time.Second)+"]", 1)
		k.clock.Advance(lives + time.Second)
		k.must(k.forget(k.t.Context(), expire))
		wants("", 1)
	})
}

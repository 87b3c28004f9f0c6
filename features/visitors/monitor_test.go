package visitors

import "testing"

// A monitor sees a visitor's conversations in his units only.
func TestAMonitorSeesTheConversationsOfHisUnits(t *testing.T) { // permissions.md 5, tags-units 3.2
	each(t, func(k *kit) {
		v := string(k.past().ID) // rooms open, closed and closed-served
		history := func(room string) string {
			a := k.call("monitor", "GET", "livechat/visitors.chatHistory/room/"+room+"/visitor/"+v, "")
			if a.status == 400 && a.body["error"] == "error-not-allowed" {
				return "refused"
			}
			return rooms(a)
		}
		open := func() int {
			return len(k.call("monitor", "GET", "livechat/visitor/secret-1/room", "").body["rooms"].([]any))
		}
		pages := func(room string) int {
			return k.call("monitor", "GET", "livechat/visitors.pagesVisited/"+room, "").status
		}
		if got := history("open"); got != "open closed closed-served" || open() != 1 {
			t.Errorf("no unit exists: %s", got)
		}
		k.exec(`INSERT INTO units (id, name, name_lower, visibility, updated_at) VALUES ('u', 'U', 'u', 'public', 1), ('w', 'W', 'w', 'public', 1)`)
		if got := history("open"); got != "refused" || open() != 0 || pages("open") != 400 {
			t.Errorf("in no unit: %s", got)
		}
		k.exec(`INSERT INTO users (id, username, username_lower, created_at, updated_at) VALUES ('monitor', 'monitor', 'monitor', 1, 1)`)
		k.exec(`INSERT INTO unit_monitors (unit_id, monitor_id, updated_at) VALUES ('u', 'monitor', 1)`)
		k.exec(`UPDATE rooms SET unit_id = CASE id WHEN 'open' THEN 'w' ELSE 'u' END`)
		if got := history("closed"); got != "closed closed-served" || open() != 0 || history("open") != "refused" || pages("closed") != 200 {
			t.Errorf("another unit's room is shown: %s", got)
		}
		k.exec(`UPDATE rooms SET served_by = 'monitor' WHERE id = 'open'`)
		if got := history("open"); got != "open closed closed-served" || open() != 1 {
			t.Errorf("as agent he sees his own: %s", got)
		}
	})
}

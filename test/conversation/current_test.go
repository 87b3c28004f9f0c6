package conversation

import (
	"fmt"
	"strings"
	"testing"

	"github.com/foyerchat/foyer/chat"
)

// The agents' chats by department: who has most first, those on hold too, of who is there
// or of everybody, of one department or one agent (analytics 12).
func TestTheQueueTable(t *testing.T) {
	online(t, func(t *testing.T, w *wire) {
		w.settings.set(func(s *chat.Settings) { s.AllowManualOnHold = true })
		bob, eve := w.agent("bob"), w.agent("eve")
		boss := w.user("boss", chat.RoleManager)
		sales, support := w.department("sales", bob, eve), w.department("support", bob)
		w.signedIn(bob, eve, boss)
		n := 0
		serves := func(a chat.Actor, d chat.DepartmentID) chat.Room {
			n++
			r := w.inDepartment(w.visitor(fmt.Sprint("guest", n)), d)
			w.take(a, r)
			return r
		}
		serves(eve, sales)
		serves(bob, support)
		serves(bob, sales)
		held := serves(bob, sales)
		w.answer(bob, held, "one moment")
		w.hold(bob, held)
		closed := serves(bob, sales)
		w.close(bob, closed)
		table := func(query string) string {
			t.Helper()
			a := w.ok("boss", "GET", "livechat/queue?"+query, "")
			var rows []string
			for _, one := range a.at("queue").([]any) {
				row := one.(map[string]any)
				user, department := row["user"].(map[string]any), row["department"].(map[string]any)
				rows = append(rows, fmt.Sprint(user["username"], " ", user["status"], " ", department["name"], " ", row["chats"]))
			}
			if query != "count=1&offset=1" && a.at("total") != float64(len(rows)) || a.at("count") != float64(len(rows)) {
				t.Errorf("%s: %s", query, a.text)
			}
			return strings.Join(rows, ", ")
		}
		w.exec(`UPDATE agents SET status_livechat = 'not-available' WHERE user_id = $1`, eve.User) // still there
		for query, want := range map[string]string{
			"":                              "bob online sales 2, bob online support 1, eve online sales 1",
			"departmentId=" + string(sales): "bob online sales 2, eve online sales 1",
			"agentId=" + string(eve.User):   "eve online sales 1",
			"agentId=" + string(bob.User) + "&departmentId=" + string(support): "bob online support 1",
			"departmentId=nowhere":                "",
			"count=1&offset=1":                    "bob online support 1",
			`sort={"user.username":-1,"chats":1}`: "eve online sales 1, bob online support 1, bob online sales 2",
		} {
			if got := table(query); got != want {
				t.Errorf("%s: %s, not %s", query, got, want)
			}
		}
		w.disconnect(eve)
		if got, want := table(""), "bob online sales 2, bob online support 1"; got != want {
			t.Errorf("eve left: %s", got)
		}
		if got, want := table("includeOfflineAgents=true"), "bob online sales 2, bob online support 1, eve offline sales 1"; got != want {
			t.Errorf("with those who left: %s", got)
		}
		for query, want := range map[string]float64{"open=true": 3, "onhold=true": 1, "open=true&onhold=true": 1, "queued=true": 0, "open=false": 1} { // on hold is not open
			if a := w.ok("boss", "GET", "livechat/rooms?"+query, ""); a.at("total") != want {
				t.Errorf("%s: %v rooms, not %v", query, a.at("total"), want)
			}
		}
	})
}

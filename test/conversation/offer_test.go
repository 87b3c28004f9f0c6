package conversation

import (
	"fmt"
	"strings"
	"testing"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/id"
)

// Lifecycle 21, livechatoo LT-PRO-4, LT-PRO-9: what was said to the visitor before he answered
// begins the room; whose words they are is told, and nobody has answered by them.
func TestWhatTriggersSaidBeginsTheRoom(t *testing.T) {
	online(t, func(t *testing.T, w *wire) {
		bob := w.agent("bob")
		w.signedIn(w.visitor("ann"), bob)
		for i, actions := range []string{`[{"name":"send-message","params":{"sender":"custom","name":"Zoe","msg":"May I help?"}}]`,
			`[{"name":"use-external-service","params":{"sender":"queue","serviceUrl":"https://x"}}]`, `[]`} {
			w.exec(`INSERT INTO triggers (id, number, name, description, enabled, run_once, conditions, actions, updated_at) VALUES ('t' || $1, CAST($1 AS BIGINT), 'Trigger ' || $1, '', true, false, '[]', $2, 1)`,
				fmt.Sprint(i), actions)
		}
		a := w.ok("ann", "POST", "foyer/widget/room", `{"initiator":"trigger","offers":[{"trigger":"t0","msg":"I owe you 1000","name":"Bob","user":"bob"},
			{"trigger":"t1","msg":"Asked elsewhere","name":"Bob","user":"BOB"},{"trigger":"t2","msg":"nothing"},{"trigger":"gone","msg":"nothing"},{"msg":"From the page","name":"Offer","user":"nobody"},{"msg":"  "}]}`)
		rid, _ := a.at("room._id").(string)
		if a.at("room.initiator") != "trigger" || a.at("room.seq") != 4.0 || a.at("room.msgs") != 4.0 {
			t.Errorf("room: %s", a.text)
		}
		said := func(who, path string) (lines []string) {
			for _, m := range w.ok(who, "GET", path, "").at("messages").([]any) {
				m := answer{body: m.(map[string]any)}
				if m.at("automatic") != nil {
					lines = append(lines, fmt.Sprint(m.at("automatic.agent"), " as ", m.at("u.name"), ": ", m.at("msg"), " ", m.at("automatic.name"), " ", m.at("automatic.claimed")))
				}
			}
			return lines
		}
		want := "<nil> as Zoe: May I help? <nil> <nil>|bob as Bob: Asked elsewhere <nil> <nil>|<nil> as Offer: From the page <nil> <nil>"
		if got := strings.Join(said("ann", "foyer/widget/history?rid="+rid), "|"); got != want {
			t.Errorf("the visitor sees %s", got)
		}
		w.settings.set(func(s *chat.Settings) { s.ShowAgentInfo = false })
		if got := strings.Join(said("ann", "foyer/widget/history?rid="+rid), "|"); strings.Contains(got, "bob") { // LC-HID-6
			t.Errorf("agents are hidden: %s", got)
		}
		w.settings.set(func(s *chat.Settings) { s.ShowAgentInfo = true })
		again := w.ok("ann", "POST", "foyer/widget/room", `{"initiator":"api","offers":[{"msg":"Once more"}]}`)
		if again.at("newRoom") != false || again.at("room.initiator") != "trigger" || again.at("room.seq") != 4.0 {
			t.Errorf("an open room began anew: %s", again.text)
		}
		w.ok("ann", "POST", "foyer/widget/message", `{"rid":"`+rid+`","_id":"m1","msg":"yes"}`)
		room := w.room(w.open(w.users["ann"]))
		if !room.WaitingResponse || room.ResponseBy != nil {
			t.Errorf("a trigger has answered: %+v", room)
		}
		w.signedIn(w.visitor("eve"))
		if a := w.call("eve", "GET", fmt.Sprint("foyer/widget/history?rid=", room.Code), ""); a.status == 200 { // LT-SEC-7
			t.Errorf("a number opens a room: %s", a.text)
		}
		w.take(bob, room)
		want = "<nil> as Zoe: May I help? Trigger 0 <nil>|bob as Bob: Asked elsewhere Trigger 1 true|<nil> as Offer: From the page <nil> true"
		if got := strings.Join(said("bob", "foyer/rooms/"+rid+"/history"), "|"); got != want {
			t.Errorf("the agent sees %s", got)
		}
		if a := w.call("ann", "POST", "foyer/widget/room", `{"initiator":"operator"}`); a.status != 400 {
			t.Errorf("%d %s", a.status, a.text)
		}
	})
}

// LT-PRO-3, RQ-AUTO-4: whom the visitor was shown is preferred, and the agent reads why; if he has
// gone meanwhile another will do. Whom the page asks for it gets, or nobody (LC-START-4).
func TestWhoeverSpokeIsPreferred(t *testing.T) {
	online(t, func(t *testing.T, w *wire) {
		bob, eve := w.agent("bob"), w.agent("eve")
		w.settings.set(func(s *chat.Settings) { s.RoutingMethod, s.AcceptChatsWithNoAgents = chat.RoutingAuto, false })
		for i, c := range []struct{ body, agent, reason string }{
			{`{"agentId":"` + string(eve.User) + `","shown":true}`, "eve", "was shown to the visitor"},
			{`{"agentId":"` + string(eve.User) + `"}`, "eve", "was asked for"},
			{`{"agentId":"` + string(eve.User) + `","shown":true}`, "bob", "bob"},
			{`{"agentId":"` + string(eve.User) + `"}`, "", ""},
		} {
			if i == 2 {
				w.disconnect(eve)
			}
			who := fmt.Sprint("visitor", i)
			w.signedIn(w.visitor(who), bob)
			a := w.call(who, "POST", "foyer/widget/room", c.body)
			if c.agent == "" {
				if a.status != 400 {
					t.Errorf("%d: %s", i, a.text)
				}
				continue
			}
			rid, _ := a.at("room._id").(string)
			if got := a.at("room.servedBy.username"); got != c.agent {
				t.Errorf("%d: %v serves: %s", i, got, a.text)
			}
			if n := w.count(`SELECT count(*) FROM decisions WHERE room_id = $1 AND reason LIKE $2`, rid, "%"+c.reason+"%"); n != 1 {
				t.Errorf("%d: the reason is not %s", i, c.reason)
			}
		}
	})
}

// livechatoo.md 10.13: an agent's invitation begins the room in the agent's name, whatever
// the browser claims, and goes to the agent who wrote it.
func TestAnInvitationBeginsTheRoom(t *testing.T) {
	online(t, func(t *testing.T, w *wire) {
		bob := w.agent("bob")
		w.signedIn(w.visitor("ann"), bob)
		w.exec(`UPDATE users SET name = 'Bob B.' WHERE id = $1`, bob.User)
		w.exec(`INSERT INTO sightings (id, page, kin, site_id, visitor_id, name, staff_name, email, phone, href, title, referrer, browser, targets, offered, pages, visits, began_at, seen_at, left_at, expires_at, invitation_id, invitation, invited_by, invited_at)
			VALUES ('s', $1, '', 'default', '', '', '', '', '', '', '', '', '', '[]', false, 1, 1, 1, 1, 0, 9000000000000, 'i', 'May I help?', $2, 1)`, id.Hash("this-page-load"), bob.User)
		if a := w.ok("ann", "POST", "foyer/widget/room", `{"page":"this-page-load","initiator":"api","offers":[{"msg":"I am the boss","name":"Boss"}]}`); a.at("room.initiator") != "operator" || a.at("room.msgs") != 3.0 {
			t.Errorf("%s", a.text)
		}
		room := w.room(w.open(w.users["ann"]))
		w.ok("ann", "POST", "foyer/widget/message", `{"rid":"`+string(room.ID)+`","_id":"m1","msg":"yes"}`)
		if room = w.room(room); !room.WaitingResponse || room.ResponseBy != nil {
			t.Errorf("an invitation is no answer: %+v", room)
		}
		said := func(who, rid string) string {
			var lines []string
			for _, m := range w.ok(who, "GET", "foyer/widget/history?rid="+rid, "").at("messages").([]any) {
				if m := (answer{body: m.(map[string]any)}); m.at("automatic") != nil {
					lines = append(lines, fmt.Sprint(m.at("u.name"), ": ", m.at("msg")))
				}
			}
			return strings.Join(lines, "|")
		}
		if got := said("ann", string(room.ID)); got != "Boss: I am the boss|Bob B.: May I help?" {
			t.Error(got)
		}
		if i := w.inquiry(room); i.DefaultAgent == nil || i.DefaultAgent.AgentID != bob.User {
			t.Errorf("nobody asked bob: %+v", i)
		}
		later := w.visitor("zoe")
		w.signedIn(later)
		w.exec(`UPDATE sightings SET invited_at = $1`, noon)
		w.settings.set(func(s *chat.Settings) { s.ShowAgentInfo = false }) // of the site
		rid := w.ok("zoe", "POST", "foyer/widget/room", `{"page":"this-page-load"}`).at("room._id").(string)
		w.settings.set(func(s *chat.Settings) { s.ShowAgentInfo = true })
		if got := said("zoe", rid); !strings.HasSuffix(got, ": May I help?") || strings.Contains(got, "Bob") {
			t.Errorf("the site hides its agents: %s", got)
		}
		w.ok("zoe", "POST", "foyer/widget/message", `{"rid":"`+rid+`","_id":"m2","msg":"no"}`)
		w.ok("zoe", "POST", "foyer/widget/close", `{"rid":"`+rid+`"}`)
		if a := w.ok("zoe", "POST", "foyer/widget/room", `{"page":"this-page-load"}`); a.at("room.initiator") != "client" {
			t.Errorf("what was answered began another room: %s", a.text)
		}
		w.signedIn(w.visitor("eve"))
		if a := w.ok("eve", "POST", "foyer/widget/room", `{"page":"another-page-load"}`); a.at("room.initiator") != "client" {
			t.Errorf("%s", a.text)
		}
	})
}

package agents

import (
	"context"
	"strings"
	"testing"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
)

// hoursAre opens and closes business hours for everybody and lets agents follow.
func (k *kit) hoursAre(open ...chat.HourID) {
	k.T.Helper()
	k.bound, k.open = true, append([]chat.HourID{}, open...)
	k.Must(k.ReassessAll(context.Background(), chat.CauseHours))
}

func (k *kit) hoursOff() {
	k.T.Helper()
	k.bound, k.open = false, nil
	k.Must(k.ReassessAll(context.Background(), chat.CauseHours))
}

// lists is what is stored of open hours: `bob=["h"]`, none of whom follows none.
func (k *kit) lists() string {
	k.T.Helper()
	all, err := db.All(context.Background(), k.DB, text, `SELECT user_id || '=' || open_hours FROM agents ORDER BY user_id`)
	k.Must(err)
	return strings.Join(all, " ")
}

func TestBusinessHoursCloseAndOpenAgents(t *testing.T) { // routing 11.3, PT-BH-2, PT-BH-4
	engines(t, func(k *kit) {
		k.agent("bob", "cid")
		k.connect("c1", "bob")
		k.expect("bob connected online available")
		k.hoursAre("h")
		k.expect("") // open: nothing to see
		k.hoursAre()
		k.expect("bob hours online not-available; cid hours offline not-available")
		k.hoursAre() // once more, as a second node would
		k.expect("")
		if k.ready("bob") {
			t.Error("bob is still a candidate")
		}
		k.hoursAre("h")
		k.expect("bob hours online available") // cid is not there
		k.hoursAre("h")
		k.expect("")
		k.connect("c2", "cid") // he comes to his desk after opening
		k.expect("cid connected online available")
		if got := k.lists(); got != `bob=["h"] cid=["h"]` {
			t.Error(got)
		}
	})
}

func TestWhoIsAwayWhenHoursOpenStaysClosed(t *testing.T) { // routing 11.3: away is not online here
	engines(t, func(k *kit) {
		k.agent("bob")
		k.connect("c1", "bob")
		k.hoursAre()
		k.Must(k.Idle(context.Background(), "c1", true))
		k.told()
		k.hoursAre("h")
		k.expect("")
	})
}

func TestAnAgentsOwnChoiceOutlivesTheHours(t *testing.T) { // routing 11.3
	engines(t, func(k *kit) {
		k.agent("bob")
		k.connect("c1", "bob")
		k.hoursAre("h")
		_, err := k.Switch(context.Background(), rights.Actor("bob"), "", chat.NotAvailable)
		k.Must(err)
		k.told()
		k.hoursAre()
		k.hoursAre("h")
		k.expect("")
	})
}

func TestHoursThatOverlapCloseWithTheLast(t *testing.T) { // RQ-BH-13
	engines(t, func(k *kit) {
		k.agent("bob")
		k.connect("c1", "bob")
		k.told()
		for _, open := range [][]chat.HourID{{"a"}, {"a", "b"}, {"b"}, {"c"}} { // b closes and c opens at once
			k.hoursAre(open...)
			k.expect("")
		}
		k.hoursAre()
		k.expect("bob hours online not-available")
	})
}

func TestBotsKeepNoHours(t *testing.T) { // routing 11.3
	engines(t, func(k *kit) {
		k.agent("bot")
		k.Exec(`INSERT INTO user_roles (user_id, role) VALUES ('bot', 'bot')`)
		k.hoursAre("h")
		k.hoursAre()
		if got := k.lists(); got != "bot=[]" {
			t.Error(got)
		}
		if to, err := k.Switch(context.Background(), rights.Actor("manager"), "bot", chat.Available); err != nil || to != chat.Available {
			t.Error(to, err)
		}
	})
}

func TestNobodyTurnsASwitchOnOutsideHours(t *testing.T) { // lifecycle 2.3
	engines(t, func(k *kit) {
		k.agent("bob")
		k.hoursAre()
		k.told()
		for _, as := range []string{"bob", "manager"} {
			for _, body := range []string{`{"agentId":"bob","status":"available"}`, `{"agentId":"bob"}`} {
				if a := k.Call(as, "POST", "agent.status", body); a.Status != 400 || a.Body["error"] != "error-business-hours-are-closed" {
					t.Errorf("%s %s: %d %s", as, body, a.Status, a.Text)
				}
			}
		}
		if a := k.Call("bob", "POST", "agent.status", `{"status":"not-available"}`); a.Status != 200 {
			t.Error(a.Text)
		}
		k.hoursAre("h") // that was his own choice
		k.expect("")
	})
}

func TestSwitchingBusinessHoursOffLeavesTheSwitches(t *testing.T) { // routing 11.3
	engines(t, func(k *kit) {
		ctx := context.Background()
		k.agent("bob", "cid")
		k.hoursAre()
		k.told()
		k.hoursOff()
		k.expect("")
		if got := k.lists(); got != "bob= cid=" {
			t.Error(got)
		}
		k.InTx(func(tx *db.Tx) error { return k.SignedIn(ctx, tx, "bob") })
		k.expect("bob signed-in offline available")
		if a := k.Call("manager", "POST", "agent.status", `{"agentId":"cid","status":"available"}`); a.Status != 200 {
			t.Error(a.Text)
		}
	})
}

func TestSigningInWithBusinessHours(t *testing.T) { // lifecycle 2.3
	engines(t, func(k *kit) {
		ctx := context.Background()
		k.agent("bob")
		in := func() { k.InTx(func(tx *db.Tx) error { return k.SignedIn(ctx, tx, "bob") }) }
		k.hoursAre()
		k.told()
		in()
		k.expect("")
		k.hoursAre("h")
		in()
		k.expect("bob signed-in offline available")
		_, err := k.Switch(ctx, rights.Actor("bob"), "", chat.NotAvailable)
		k.Must(err)
		k.told()
		k.connect("c", "bob") // a connection is no sign-in
		k.expect("bob connected online not-available")
		in()
		k.expect("bob signed-in online available")
		k.Exec(`UPDATE users SET status_default = 'offline' WHERE id = 'bob'`)
		_, err = k.Switch(ctx, rights.Actor("bob"), "", chat.NotAvailable)
		k.Must(err)
		k.told()
		in()
		k.expect("")
	})
}

func TestBecomingAnAgentWithBusinessHours(t *testing.T) { // rest-api.md 13.1
	engines(t, func(k *kit) {
		ctx := context.Background()
		k.bound, k.open = true, []chat.HourID{"h"}
		for _, name := range []string{"early", "late"} {
			k.user(name)
		}
		u, err := k.Add(ctx, "early", chat.RoleAgent)
		k.Must(err)
		if u.StatusLivechat != chat.Available || len(u.OpenHours) != 1 {
			t.Errorf("%+v", u)
		}
		k.open = []chat.HourID{}
		u, err = k.Add(ctx, "late", chat.RoleAgent)
		k.Must(err)
		if u.StatusLivechat != chat.NotAvailable || u.OpenHours != nil {
			t.Errorf("%+v", u)
		}
		k.expect("early role offline available; late role offline not-available")
		k.InTx(func(tx *db.Tx) error { return k.ActiveSet(ctx, tx, "early", false) })
		k.InTx(func(tx *db.Tx) error { return k.ActiveSet(ctx, tx, "early", true) })
		k.expect("early deactivated offline not-available")
		k.hoursAre("h")
		k.InTx(func(tx *db.Tx) error { return k.ActiveSet(ctx, tx, "early", true) })
		k.expect("early manager offline available")
	})
}

func TestTheHistoryOfAnAgent(t *testing.T) { // lifecycle 2.3
	engines(t, func(k *kit) {
		k.agent("bob", "cid")
		k.connect("c", "bob")
		k.clock.Advance(1000)
		k.Call("manager", "POST", "agent.status", `{"agentId":"bob","status":"not-available"}`)
		k.Call("bob", "POST", "agent.status", `{"status":"available"}`)
		k.hoursAre()
		a := k.standing("bob", "bob/changes?count=2")
		changes, _ := a.Body["changes"].([]any)
		if a.Status != 200 || a.Body["total"] != 4.0 || len(changes) != 2 || changes[0].(map[string]any)["cause"] != "hours" || changes[1].(map[string]any)["cause"] != "self" {
			t.Fatal(a.Text)
		}
		a = k.standing("manager", "bob/changes?offset=2")
		if !strings.Contains(a.Text, `"cause":"manager","by":{"_id":"manager"`) && !strings.Contains(a.Text, `"cause":"manager"`) {
			t.Error(a.Text)
		}
		a = k.standing("bob", "bob/standing")
		for _, part := range []string{`"statusLivechat":"not-available"`, `"cause":"hours"`, `"hours":true`, `"inside":false`, `"changesAt":"` + k.clock.Now().Add(3600e9).String()} {
			if !strings.Contains(a.Text, part) {
				t.Errorf("no %s in %s", part, a.Text)
			}
		}
		for path, want := range map[string]int{"bob": 403, "nobody": 404, "cid": 403} {
			as := map[int]string{403: "forwarder", 404: "manager"}[want]
			for _, what := range []string{"changes", "standing"} {
				if a := k.standing(as, path+"/"+what); a.Status != want {
					t.Errorf("%s %s %s: %d %s", as, path, what, a.Status, a.Text)
				}
			}
		}
		if a := k.standing("nobody", "nobody/changes"); a.Status != 403 {
			t.Error(a.Text)
		}
	})
}

package visitors

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
)

// people are bob and eve, agents, one of them deactivated, and plain, who is none.
func (k *kit) people() {
	k.t.Helper()
	k.exec(`INSERT INTO users (id, username, username_lower, active, created_at, updated_at) VALUES ('u-bob', 'Bob', 'bob', true, 1, 1), ('u-eve', 'eve', 'eve', false, 1, 1), ('u-plain', 'plain', 'plain', true, 1, 1)`)
	k.exec(`INSERT INTO user_roles (user_id, role) VALUES ('u-bob', 'livechat-agent'), ('u-eve', 'livechat-agent'), ('u-plain', 'user')`)
}

func TestAContactIsAVisitorOfAToken(t *testing.T) { // LC-CON-7, rest-api.md 15
	each(t, func(k *kit) {
		k.people()
		save := func(body string) answer { return k.call("agent", "POST", "omnichannel/contact", body) }
		a := save(`{"token":"t1","name":"Ann","email":"Ann@x.org","phone":"1","username":"chosen","customFields":{"a":"b"},"contactManager":{"username":"BOB"}}`)
		id, _ := a.body["contact"].(string)
		if a.status != 200 || id == "" {
			t.Fatalf("%d %s", a.status, a.text)
		}
		if b := save(`{"token":"t1","name":"Bea","email":"bea@x.org","phone":"2"}`); b.body["contact"] != id {
			t.Errorf("the same token: %s", b.text)
		}
		v := k.call("", "GET", "livechat/visitor/t1", "")
		for _, want := range []string{`"name":"Bea"`, `"visitorEmails":[{"address":"bea@x.org"}]`, `"phone":[{"phoneNumber":"2"}]`, `"contactManager":{"username":"Bob"}`, `"status":"offline"`, `"username":"guest-1"`} {
			if !strings.Contains(v.text, want) {
				t.Errorf("%s is not in %s", want, v.text)
			}
		}
		if strings.Contains(v.text, "livechatData") {
			t.Errorf("a field nobody declared: %s", v.text)
		}
		got := k.call("agent", "GET", "omnichannel/contact?contactId="+id, "")
		if got.status != 200 || !strings.Contains(got.text, `"contactManager":{"username":"Bob"}`) || strings.Contains(got.text, `"token"`) {
			t.Errorf("%d %s", got.status, got.text)
		}
		if a := save(`{"token":"t1","name":"Bea","contactManager":{"username":""}}`); a.status != 200 || strings.Contains(k.call("", "GET", "livechat/visitor/t1", "").text, "contactManager") {
			t.Errorf("nobody manages: %s", a.text)
		}
		k.call("", "POST", "livechat/visitor.status", `{"token":"t1","status":"online"}`)
		save(`{"token":"t1","name":"Cat"}`)
		if v := k.call("", "GET", "livechat/visitor/t1", ""); v.body["visitor"].(map[string]any)["status"] != "online" {
			t.Errorf("what staff note changes no presence: %s", v.text)
		}
		if a := k.call("agent", "GET", "omnichannel/contact?contactId=unknown", ""); a.text != `{"contact":null,"success":true}` {
			t.Error(a.text)
		}
	})
}

func TestWhatAContactRefuses(t *testing.T) { // rest-api.md 15, LC-CON-3
	each(t, func(k *kit) {
		k.people()
		v := k.visitor("t1")
		_, stand, err := k.Welcome(context.Background(), "", Registration{Name: "Own"})
		k.must(err)
		own := k.one(`SELECT token FROM visitors WHERE name = 'Own'`)
		before := k.state()
		for _, c := range []struct{ body, contains string }{
			{`{"name":"x"}`, "Match error: Missing key 'token'"}, {`{"token":"t1"}`, "Match error: Missing key 'name'"}, {`{"token":" ","name":"x"}`, "error-invalid-token"},
			{`{"token":"` + own + `","name":"x"}`, "error-invalid-token"}, // the stand-in of our own widget's visitor opens nothing
			{`{"token":"t1","name":"x","email":"nonsense"}`, "error-invalid-email"}, {`{"token":"t1","name":"x","contactManager":"bob"}`, "Match error"},
			{`{"token":"t1","name":"x","contactManager":{"username":"plain"}}`, "error-contact-manager-not-found"},
			{`{"token":"t1","name":"x","contactManager":{"username":"eve"}}`, "error-contact-manager-not-found"},
			{`{"token":"t2","name":"x","contactManager":{"username":"ghost"}}`, "error-contact-manager-not-found"},
		} {
			if a := k.call("agent", "POST", "omnichannel/contact", c.body); a.status != 400 || !strings.Contains(a.text, c.contains) {
				t.Errorf("%s: %d %s", c.body, a.status, a.text)
			}
		}
		for as, want := range map[string]int{"": 401, "nobody": 403} {
			for _, p := range []string{"POST omnichannel/contact", "GET omnichannel/contact", "GET omnichannel/contact.search", "POST foyer/visitors/" + string(v.ID) + "/manager"} {
				method, path, _ := strings.Cut(p, " ")
				if a := k.call(as, method, path, ""); a.status != want {
					t.Errorf("%q %s: %d %s", as, p, a.status, a.text)
				}
			}
		}
		if a := k.call("agent", "POST", "foyer/visitors/"+string(v.ID)+"/manager", `{"username":"bob"}`); a.status != 403 { // edit-omnichannel-contact
			t.Errorf("%d %s", a.status, a.text)
		}
		if k.state() != before || stand == "" {
			t.Error("something changed")
		}
	})
}

func TestAContactIsSearched(t *testing.T) { // LC-CON-7, rest-api.md 15
	each(t, func(k *kit) {
		for _, body := range []string{`{"token":"t1","name":"Ann","email":"a@x.org","phone":"1"}`, `{"token":"t2","name":"Bea","email":"a@x.org","phone":"2"}`, `{"token":"t3","name":"Cat","email":"c@x.org"}`} {
			k.call("agent", "POST", "omnichannel/contact", body)
		}
		k.exec(`UPDATE visitors SET last_chat_at = 5, last_chat_id = 'r' WHERE token = 't1'`)
		for query, want := range map[string]string{"email=A@X.ORG": "Ann", "phone=2": "Bea", "email=a@x.org&phone=2": "Bea", "email=c@x.org&phone=2": "", "email=x": "", "phone=%25": "",
			"custom=" + url.QueryEscape(`{"a":"b"}`): "", "custom=" + url.QueryEscape(`{"a":{"$regex":"."}}`): "", "email=a@x.org&custom={}": "Ann"} {
			a := k.call("agent", "GET", "omnichannel/contact.search?"+query, "")
			name := ""
			if c, ok := a.body["contact"].(map[string]any); ok {
				name = c["name"].(string)
			}
			if a.status != 200 || name != want || strings.Contains(a.text, `"token"`) {
				t.Errorf("%s: %d %s", query, a.status, a.text)
			}
		}
		for _, query := range []string{"", "email=", "phone=", "email=&phone=2", "custom={}", "custom=x", "custom=[1]", "email[]=x"} {
			if a := k.call("agent", "GET", "omnichannel/contact.search?"+query, ""); a.status != 400 {
				t.Errorf("%s: %d %s", query, a.status, a.text)
			}
		}
	})
}

func TestAContactManagerIsChosenByPeople(t *testing.T) { // routing-and-queue 3, LC-CON-3
	each(t, func(k *kit) {
		k.people()
		v := k.visitor("t1")
		path := "foyer/visitors/" + string(v.ID) + "/manager"
		if a := k.call("manager", "POST", path, `{"username":"bob"}`); a.status != 200 || !strings.Contains(a.text, `"contactManager":{"username":"Bob"}`) || strings.Contains(a.text, `"token"`) {
			t.Errorf("%d %s", a.status, a.text)
		}
		if k.events() != "visitor.changed" {
			t.Errorf("told: %s", k.events())
		}
		for _, name := range []string{"bob", "plain"} { // the same again, and one who is no agent
			k.call("manager", "POST", path, `{"username":"`+name+`"}`)
		}
		if k.events() != "visitor.changed" || k.one(`SELECT contact_manager FROM visitors`) != "u-bob" {
			t.Errorf("told: %s", k.events())
		}
		if a := k.call("manager", "POST", path, `{"username":""}`); a.status != 200 || k.one(`SELECT contact_manager FROM visitors`) != "" {
			t.Errorf("%d %s", a.status, a.text)
		}
		if a := k.call("manager", "POST", "foyer/visitors/unknown/manager", `{"username":""}`); a.status != 400 || a.body["error"] != "visitor-not-found" {
			t.Errorf("%d %s", a.status, a.text)
		}
	})
}

func TestWhoIsNoAgentManagesNobody(t *testing.T) { // LC-CON-8
	each(t, func(k *kit) {
		k.people()
		ctx := context.Background()
		gone := func() {
			k.must(k.managerGone(ctx, ""))
			k.must(k.onSessionRevoked(ctx, "", chat.SessionRevoked{User: "u-bob", Session: "one"}))
			k.must(k.onSessionRevoked(ctx, "", chat.SessionRevoked{User: "u-bob"}))
		}
		v := k.visitor("t1")
		for name, sql := range map[string]string{"role taken": `DELETE FROM user_roles WHERE user_id = 'u-bob'`, "deleted": `DELETE FROM users WHERE id = 'u-bob'`} {
			k.exec(`INSERT INTO users (id, username, username_lower, created_at, updated_at) VALUES ('u-bob', 'Bob', 'bob', 1, 1) ON CONFLICT DO NOTHING`)
			k.exec(`INSERT INTO user_roles (user_id, role) VALUES ('u-bob', 'livechat-agent') ON CONFLICT DO NOTHING`)
			if _, err := k.SetManager(ctx, v.ID, "bob"); err != nil {
				t.Fatal(err)
			}
			if gone(); k.one(`SELECT contact_manager FROM visitors`) != "u-bob" {
				t.Fatal("he still is an agent")
			}
			k.exec(sql)
			if gone(); k.one(`SELECT contact_manager FROM visitors`) != "" {
				t.Errorf("%s: he still is the manager", name)
			}
		}
	})
}

func (k *kit) one(sql string) string {
	k.t.Helper()
	s, err := db.One(context.Background(), k.DB, text, sql)
	k.must(err)
	return s
}

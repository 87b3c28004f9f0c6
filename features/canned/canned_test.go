package canned

import (
	"context"
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/outbox"
	"github.com/foyerchat/foyer/platform/testkit"
	"github.com/foyerchat/foyer/test/stage"
)

// kit is the feature on a real database, with its endpoints served.
type kit struct {
	*Service
	*stage.Stage
	clock *clock.Fake
}

var serving = []chat.Permission{chat.ViewCannedResponses, chat.SaveCannedResponses, chat.RemoveCannedResponses}

var rights = stage.Rights{"nobody": nil, "stranger": serving, "bob": serving, "bea": serving, "reader": {chat.ViewCannedResponses},
	"mona": append(slices.Clone(serving), chat.SaveDepartmentCannedResponses),
	"boss": append(slices.Clone(serving), chat.ViewAllCannedResponses, chat.SaveAllCannedResponses)}

func each(t *testing.T, run func(k *kit)) {
	t.Helper()
	c := clock.NewFake(1_790_000_000_000)
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) {
		k := &kit{Stage: &stage.Stage{T: t, DB: d, Below: "/api/v1/canned-responses"}, clock: c, Service: New(Deps{DB: d})}
		k.Serve(rights, c, k.Rows())
		k.Exec(`INSERT INTO users (id, username, username_lower, created_at, updated_at) VALUES ('bob', 'bob', 'bob', 1, 1), ('mona', 'mona', 'mona', 1, 1)`)
		k.Exec(`INSERT INTO units (id, name, name_lower, visibility, updated_at) VALUES ('u', 'U', 'u', 'public', 1)`)
		k.Exec(`INSERT INTO unit_monitors (unit_id, monitor_id, updated_at) VALUES ('u', 'mona', 1)`)
		k.Exec(`INSERT INTO departments (id, site_id, name, email, enabled, archived, show_on_registration, show_on_offline_form, updated_at, unit_id) VALUES
			('d1', 'default', 'Sales', '', true, false, true, true, 1, ''), ('d2', 'default', 'Support', '', true, false, true, true, 1, 'u'),
			('d3', 'default', 'Asleep', '', false, false, true, true, 1, 'u')`)
		k.Exec(`INSERT INTO department_agents (department_id, agent_id, position, updated_at) VALUES ('d1', 'bob', 1, 1)`)
		run(k)
	}, c)
}

// save stores a response and returns its id.
func (k *kit) save(as, shortcut, scope, more string) string {
	k.T.Helper()
	if a := k.Call(as, "POST", "", `{"shortcut":"`+shortcut+`","text":"text of `+shortcut+`","scope":"`+scope+`"`+more+`}`); a.Text != `{"success":true}` {
		k.T.Fatalf("%s %s: %s", as, shortcut, a.Text)
	}
	id, err := db.One(context.Background(), k.DB, func(r db.Row) (s string, err error) { return s, r.Scan(&s) }, `SELECT id FROM canned_responses ORDER BY created_at DESC, id DESC LIMIT 1`)
	if err != nil {
		k.T.Fatal(err)
	}
	k.clock.Advance(1000000)
	return id
}

func shortcuts(a stage.Answer, list string) string {
	var all []string
	found, _ := a.Body[list].([]any)
	for _, o := range found {
		all = append(all, o.(map[string]any)["shortcut"].(string))
	}
	return strings.Join(all, " ")
}

func (k *kit) state() string {
	k.T.Helper()
	all, err := db.All(context.Background(), k.DB, func(r db.Row) (s string, err error) { return s, r.Scan(&s) },
		`SELECT id || shortcut || text || scope || department_id || user_id || tags || created_by FROM canned_responses`)
	if err != nil {
		k.T.Fatal(err)
	}
	slices.Sort(all)
	return strings.Join(all, "\n")
}

// filled are responses of every kind, by shortcut.
func (k *kit) filled() map[string]string {
	return map[string]string{"all": k.save("boss", "all", "global", `,"departmentId":"d1"`), "bobs": k.save("bob", "bobs", "user", `,"departmentId":"d1","tags":["a"]`), "beas": k.save("bea", "beas", "user", ""),
		"sales": k.save("boss", "sales", "department", `,"departmentId":"d1"`), "support": k.save("mona", "support", "department", `,"departmentId":"d2","tags":["a","b\""]`),
		"asleep": k.save("boss", "asleep", "department", `,"departmentId":"d3"`)}
}

func TestWhoSeesWhichResponses(t *testing.T) { // canned-responses.md 4, 7.2
	each(t, func(k *kit) {
		ids := k.filled()
		for as, want := range map[string][2]string{"stranger": {"all", "all"}, "bob": {"all bobs sales", "all bobs sales"}, "bea": {"all beas", "all beas"},
			"mona": {"all asleep support", "all asleep support"}, "boss": {"all asleep sales support", "all asleep beas bobs sales support"}} {
			if a := k.Call(as, "GET", ".get", ""); a.Status != 200 || shortcuts(a, "responses") != want[0] {
				t.Errorf("%s uses %s", as, a.Text)
			}
			a := k.Call(as, "GET", "?count=0", "")
			if a.Status != 200 || shortcuts(a, "cannedResponses") != want[1] {
				t.Errorf("%s sees %s", as, a.Text)
			}
			for name, id := range ids {
				found := strings.Contains(" "+want[1]+" ", " "+name+" ")
				if a := k.Call(as, "GET", "/"+id, ""); found && a.Status != 200 || !found && (a.Status != 404 || a.Body["error"] != "error-canned-response-not-found") {
					t.Errorf("%s opens %s: %d %s", as, name, a.Status, a.Text)
				}
			}
		}
		k.Exec(`INSERT INTO canned_responses (id, shortcut, text, search, scope, user_id, created_by, creator, created_at, updated_at) VALUES ('x', 'all', 't', 't', 'user', 'bob', 'bob', 'bob', 1, 1)`)
		if a := k.Call("bob", "GET", ".get", ""); !strings.Contains(a.Text, `"_id":"x"`) || strings.Index(a.Text, `"_id":"x"`) > strings.Index(a.Text, ids["all"]) {
			t.Errorf("one's own comes first: %s", a.Text)
		}
	})
}

func TestResponsesAreFilteredSortedAndPaged(t *testing.T) { // canned-responses.md 6
	each(t, func(k *kit) {
		ids := k.filled()
		for query, want := range map[string]string{"shortcut=sal": "", "shortcut=sales": "sales", "text=OF%20S": "sales support", "text=%25": "", "scope=user": "beas bobs", "scope=none": "",
			"tags[]=a": "bobs support", "tags[]=" + url.QueryEscape(`b"`): "support", "tags[]=b": "", "departmentId=d1": "sales", "departmentId=d1&scope=global": "", "createdBy=bob": "bobs",
			`sort={"shortcut":-1}`: "support sales bobs beas asleep all", `sort={"nonsense":1}&count=2`: "all asleep", "offset=4": "sales support", `fields={"text":0}&count=1`: "all"} {
			key, value, _ := strings.Cut(query, "=")
			if strings.HasPrefix(value, "{") {
				object, rest, _ := strings.Cut(value, "&")
				query = key + "=" + url.QueryEscape(object) + "&" + rest
			}
			if a := k.Call("boss", "GET", "?"+query, ""); a.Status != 200 || shortcuts(a, "cannedResponses") != want {
				t.Errorf("%s: %d %s", query, a.Status, a.Text)
			}
		}
		if a := k.Call("bob", "GET", "?departmentId=d2", ""); shortcuts(a, "cannedResponses") != "" {
			t.Errorf("another department's: %s", a.Text)
		}
		a := k.Call("bob", "GET", "?shortcut=bobs", "")
		at, _ := a.Body["cannedResponses"].([]any)[0].(map[string]any)["_createdAt"].(string)
		if a.Text != `{"cannedResponses":[{"_id":"`+ids["bobs"]+`","shortcut":"bobs","text":"text of bobs","scope":"user","tags":["a"],"userId":"bob",`+
			`"createdBy":{"_id":"bob","username":"bob"},"_createdAt":"`+at+`","_updatedAt":"`+at+`","can":{"change":true,"remove":true}}],"offset":0,"count":1,"total":1,"success":true}` {
			t.Error(a.Text)
		}
		for fields, want := range map[string]string{`{"shortcut":1}`: `{"_id":"` + ids["bobs"] + `","shortcut":"bobs"}`, `{"createdBy.username":1,"_id":0}`: `{"createdBy":{"username":"bob"}}`} {
			if a := k.Call("bob", "GET", "?shortcut=bobs&fields="+url.QueryEscape(fields), ""); !strings.Contains(a.Text, `"cannedResponses":[`+want+`]`) {
				t.Errorf("%s: %s", fields, a.Text)
			}
		}
		for _, query := range []string{"unknown=1", "tags=a", "count=x", "fields=x", "fields=[]", `fields={"text":{"$ne":1}}`} {
			if a := k.Call("bob", "GET", "?"+query, ""); a.Status != 400 {
				t.Errorf("%s: %s", query, a.Text)
			}
		}
	})
}

func TestWhoMaySaveAndRemoveWhat(t *testing.T) { // canned-responses.md 3, 7.1, 7.3 to 7.5, 7.7
	each(t, func(k *kit) {
		ids := k.filled()
		body := func(id, scope, more string) string {
			if id != "" {
				more += `,"_id":"` + id + `"`
			}
			return `{"shortcut":"new","text":"t","scope":"` + scope + `"` + more + `}`
		}
		before := k.state()
		for _, c := range []struct{ as, method, path, body, contains string }{
			{"bob", "POST", "", body("", "global", ""), "of global scope [error-not-allowed]"}, {"bob", "POST", "", body("", "department", `,"departmentId":"d1"`), "of department scope [error-not-allowed]"},
			{"mona", "POST", "", body("", "department", `,"departmentId":"d1"`), "of department scope [error-not-allowed]"}, {"mona", "POST", "", body("", "global", ""), "error-not-allowed"},
			{"boss", "POST", "", body("", "department", `,"departmentId":"gone"`), "error-invalid-department"}, {"boss", "POST", "", body("", "department", ""), "error-invalid-department"},
			{"bob", "POST", "", body(ids["all"], "user", ""), "of global scope [error-not-allowed]"}, {"bob", "POST", "", body(ids["sales"], "user", ""), "error-not-allowed"},
			{"mona", "POST", "", body(ids["support"], "department", `,"departmentId":"d1"`), "error-not-allowed"}, {"mona", "POST", "", body(ids["support"], "global", ""), "error-not-allowed"},
			{"bob", "POST", "", body(ids["beas"], "user", ""), "error-canned-response-not-found"}, {"bob", "POST", "", body("unknown", "user", ""), "error-canned-response-not-found"},
			{"bob", "POST", "", `{"shortcut":"bobs","text":"t","scope":"user"}`, "Shortcut provided already exists [error-invalid-shortcut]"}, {"boss", "POST", "", `{"shortcut":"!all","text":"t","scope":"global"}`, "error-invalid-shortcut"},
			{"boss", "POST", "", `{"_id":"` + ids["asleep"] + `","shortcut":"sales","text":"t","scope":"department","departmentId":"d1"}`, "error-invalid-shortcut"},
			{"bob", "POST", "", `{"shortcut":" ! ","text":"t","scope":"user"}`, "invalid-params"}, {"bob", "POST", "", `{"shortcut":"x","text":" ","scope":"user"}`, "invalid-params"},
			{"bob", "POST", "", `{"text":"t","scope":"user"}`, "must have required property 'shortcut' [invalid-params]"}, {"bob", "POST", "", `{"shortcut":"t","text":"t"}`, "must have required property 'scope' [invalid-params]"},
			{"bob", "POST", "", body("", "everyone", ""), "must be equal to one of the allowed values [invalid-params]"}, {"bob", "POST", "", body("", "user", `,"tags":"a"`), "must be array [invalid-params]"},
			{"bob", "POST", "", body("", "user", `,"extra":1`), "must NOT have additional properties [invalid-params]"}, {"bob", "POST", "", body("", "user", `,"tags":["`+strings.Repeat("x", 101)+`"]`), "error-invalid-tag"},
			{"bob", "DELETE", "", `{}`, "must have required property '_id' [invalid-params]"}, {"bob", "DELETE", "", `{"_id":"` + ids["all"] + `"}`, "error-not-allowed"},
			{"bob", "DELETE", "/" + ids["sales"], "", "error-not-allowed"}, {"bob", "DELETE", "/" + ids["beas"], "", "error-canned-response-not-found"}, {"bob", "DELETE", "/unknown", "", "error-canned-response-not-found"},
		} {
			if a := k.Call(c.as, c.method, c.path, c.body); a.Status != 400 || !strings.Contains(a.Text, c.contains) {
				t.Errorf("%s %s %s: %d %s", c.as, c.method, c.body, a.Status, a.Text)
			}
		}
		for as, want := range map[string]int{"": 401, "nobody": 403} {
			for _, p := range []string{"GET ", "GET .get", "GET /x", "POST ", "DELETE ", "DELETE /x"} {
				method, path, _ := strings.Cut(p, " ")
				if a := k.Call(as, method, path, ""); a.Status != want {
					t.Errorf("%q %s: %d", as, p, a.Status)
				}
			}
		}
		if a := k.Call("reader", "POST", "", body("", "user", "")); a.Status != 403 {
			t.Error(a.Text)
		}
		if k.state() != before {
			t.Error("something changed")
		}
		for _, c := range []struct{ as, body string }{{"bob", body(ids["bobs"], "user", "")}, {"boss", body(ids["beas"], "user", "")}, {"mona", body(ids["support"], "department", `,"departmentId":"d3"`)}} {
			if a := k.Call(c.as, "POST", "", c.body); a.Text != `{"success":true}` {
				t.Errorf("%s %s: %s", c.as, c.body, a.Text)
			}
		}
		if a := k.Call("bea", "GET", "/"+ids["beas"], ""); !strings.Contains(a.Text, `"userId":"bea"`) || !strings.Contains(a.Text, `"username":"bea"`) { // 7.4
			t.Errorf("the owner stays: %s", a.Text)
		}
		k.Call("boss", "POST", "", `{"_id":"`+ids["all"]+`","shortcut":"mine","text":"t","scope":"user"}`)
		if a := k.Call("boss", "GET", "/"+ids["all"], ""); !strings.Contains(a.Text, `"userId":"boss"`) {
			t.Errorf("who makes it private owns it: %s", a.Text)
		}
		for as, call := range map[string]string{"bob": "/" + ids["bobs"], "mona": "/" + ids["support"], "boss": "/" + ids["asleep"]} {
			if a := k.Call(as, "DELETE", call, ""); a.Text != `{"success":true}` {
				t.Errorf("%s: %s", as, a.Text)
			}
		}
		if a := k.Call("boss", "DELETE", "", `{"_id":"`+ids["sales"]+`"}`); a.Text != `{"success":true}` {
			t.Error(a.Text)
		}
	})
}

func TestWhatGoesWithTagsDepartmentsAndPeople(t *testing.T) { // canned-responses.md 6
	each(t, func(k *kit) {
		ids := k.filled()
		if err := k.DB.InTx(context.Background(), func(tx *db.Tx) error { return k.ForgetTag(context.Background(), tx, "a") }); err != nil {
			t.Fatal(err)
		}
		if a := k.Call("boss", "GET", "/"+ids["support"], ""); !strings.Contains(a.Text, `"tags":["b\""]`) {
			t.Error(a.Text)
		}
		k.Exec(`DELETE FROM departments WHERE id = 'd2'`)
		k.Exec(`INSERT INTO users (id, username, username_lower, created_at, updated_at) VALUES ('bea', 'bea', 'bea', 1, 1)`)
		k.Exec(`DELETE FROM users WHERE id = 'bob'`)
		for range 2 {
			for _, c := range k.Consumers() {
				for name, payloads := range map[string][]string{"department.changed": {`{"department":"d1","gone":true}`, `{"department":"d1","removed":true}`, `{"department":"d2","removed":true}`},
					"session.revoked": {`{"user":"bea"}`, `{"user":"bob","session":"s"}`, `{"user":"bob"}`}} {
					for _, p := range payloads {
						if !slices.Contains(c.Events, name) {
							continue
						}
						if err := c.Handle(context.Background(), outbox.Envelope{Name: name, Payload: json.RawMessage(p)}); err != nil {
							t.Fatal(err)
						}
					}
				}
			}
		}
		if a := k.Call("boss", "GET", "", ""); shortcuts(a, "cannedResponses") != "all asleep beas sales" { // a department that exists keeps its own
			t.Error(a.Text)
		}
	})
}

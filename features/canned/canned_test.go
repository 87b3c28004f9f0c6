package canned

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/outbox"
	"github.com/foyerchat/foyer/platform/rest"
	"github.com/foyerchat/foyer/platform/testkit"
)

// kit is the feature on a real database, with its endpoints served.
type kit struct {
	*Service
	t     *testing.T
	clock *clock.Fake
	api   http.Handler
}

var serving = []chat.Permission{chat.ViewCannedResponses, chat.SaveCannedResponses, chat.RemoveCannedResponses}

var rights = map[string][]chat.Permission{"nobody": nil, "stranger": serving, "bob": serving, "bea": serving, "reader": {chat.ViewCannedResponses},
	"mona": append(slices.Clone(serving), chat.SaveDepartmentCannedResponses),
	"boss": append(slices.Clone(serving), chat.ViewAllCannedResponses, chat.SaveAllCannedResponses)}

func each(t *testing.T, run func(k *kit)) {
	t.Helper()
	c := clock.NewFake(1_790_000_000_000)
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) {
		k := &kit{t: t, clock: c, Service: New(Deps{DB: d})}
		k.api = testkit.API(t, rest.Config{Auth: k, Clock: c, Log: slog.New(slog.DiscardHandler)}, k.Rows())
		k.exec(`INSERT INTO users (id, username, username_lower, created_at, updated_at) VALUES ('bob', 'bob', 'bob', 1, 1), ('mona', 'mona', 'mona', 1, 1)`)
		k.exec(`INSERT INTO units (id, name, name_lower, visibility, updated_at) VALUES ('u', 'U', 'u', 'public', 1)`)
		k.exec(`INSERT INTO unit_monitors (unit_id, monitor_id, updated_at) VALUES ('u', 'mona', 1)`)
		k.exec(`INSERT INTO departments (id, site_id, name, email, enabled, archived, show_on_registration, show_on_offline_form, updated_at, unit_id) VALUES
			('d1', 'default', 'Sales', '', true, false, true, true, 1, ''), ('d2', 'default', 'Support', '', true, false, true, true, 1, 'u'),
			('d3', 'default', 'Asleep', '', false, false, true, true, 1, 'u')`)
		k.exec(`INSERT INTO department_agents (department_id, agent_id, position, updated_at) VALUES ('d1', 'bob', 1, 1)`)
		run(k)
	}, c)
}

// User knows the people of rights; their tokens are not looked at.
func (k *kit) User(_ context.Context, c rest.Credentials) (rest.Caller, error) {
	held, ok := rights[c.UserID]
	if !ok {
		return rest.Caller{}, fault.New(fault.Unauthenticated, "", "")
	}
	a := chat.Actor{User: chat.UserID(c.UserID), Username: c.UserID, Permissions: map[chat.Permission]bool{}}
	for _, p := range held {
		a.Permissions[p] = true
	}
	return rest.Caller{Identity: a, Permissions: func(id string) bool { return a.May(chat.Permission(id)) }}, nil
}

func (k *kit) Guest(context.Context, string) (rest.Caller, error) {
	return rest.Caller{}, fault.New(fault.Unauthenticated, "", "")
}

type answer struct {
	status int
	body   map[string]any
	text   string
}

func (k *kit) call(as, method, path, body string) answer {
	k.t.Helper()
	var from io.Reader
	if body != "" {
		from = strings.NewReader(body)
	}
	r := httptest.NewRequest(method, "/api/v1/canned-responses"+path, from)
	if as != "" {
		r.Header.Set("X-User-Id", as)
		r.Header.Set("X-Auth-Token", "t")
	}
	w := httptest.NewRecorder()
	k.api.ServeHTTP(w, r)
	a := answer{status: w.Code, text: w.Body.String()}
	if err := json.Unmarshal(w.Body.Bytes(), &a.body); err != nil {
		k.t.Fatalf("%s %s answered %q", method, path, a.text)
	}
	return a
}

func (k *kit) exec(sql string, args ...any) {
	k.t.Helper()
	if err := k.DB.InTx(context.Background(), func(tx *db.Tx) error {
		_, err := tx.Exec(context.Background(), sql, args...)
		return err
	}); err != nil {
		k.t.Fatal(err)
	}
}

// save stores a response and returns its id.
func (k *kit) save(as, shortcut, scope, more string) string {
	k.t.Helper()
	if a := k.call(as, "POST", "", `{"shortcut":"`+shortcut+`","text":"text of `+shortcut+`","scope":"`+scope+`"`+more+`}`); a.text != `{"success":true}` {
		k.t.Fatalf("%s %s: %s", as, shortcut, a.text)
	}
	id, err := db.One(context.Background(), k.DB, func(r db.Row) (s string, err error) { return s, r.Scan(&s) }, `SELECT id FROM canned_responses ORDER BY created_at DESC, id DESC LIMIT 1`)
	if err != nil {
		k.t.Fatal(err)
	}
	k.clock.Advance(1000000)
	return id
}

func (a answer) shortcuts(list string) string {
	var all []string
	found, _ := a.body[list].([]any)
	for _, o := range found {
		all = append(all, o.(map[string]any)["shortcut"].(string))
	}
	return strings.Join(all, " ")
}

func (k *kit) state() string {
	k.t.Helper()
	all, err := db.All(context.Background(), k.DB, func(r db.Row) (s string, err error) { return s, r.Scan(&s) },
		`SELECT id || shortcut || text || scope || department_id || user_id || tags || created_by FROM canned_responses`)
	if err != nil {
		k.t.Fatal(err)
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
			if a := k.call(as, "GET", ".get", ""); a.status != 200 || a.shortcuts("responses") != want[0] {
				t.Errorf("%s uses %s", as, a.text)
			}
			a := k.call(as, "GET", "?count=0", "")
			if a.status != 200 || a.shortcuts("cannedResponses") != want[1] {
				t.Errorf("%s sees %s", as, a.text)
			}
			for name, id := range ids {
				found := strings.Contains(" "+want[1]+" ", " "+name+" ")
				if a := k.call(as, "GET", "/"+id, ""); found && a.status != 200 || !found && (a.status != 404 || a.body["error"] != "error-canned-response-not-found") {
					t.Errorf("%s opens %s: %d %s", as, name, a.status, a.text)
				}
			}
		}
		k.exec(`INSERT INTO canned_responses (id, shortcut, text, search, scope, user_id, created_by, creator, created_at, updated_at) VALUES ('x', 'all', 't', 't', 'user', 'bob', 'bob', 'bob', 1, 1)`)
		if a := k.call("bob", "GET", ".get", ""); !strings.Contains(a.text, `"_id":"x"`) || strings.Index(a.text, `"_id":"x"`) > strings.Index(a.text, ids["all"]) {
			t.Errorf("one's own comes first: %s", a.text)
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
			if a := k.call("boss", "GET", "?"+query, ""); a.status != 200 || a.shortcuts("cannedResponses") != want {
				t.Errorf("%s: %d %s", query, a.status, a.text)
			}
		}
		if a := k.call("bob", "GET", "?departmentId=d2", ""); a.shortcuts("cannedResponses") != "" {
			t.Errorf("another department's: %s", a.text)
		}
		a := k.call("bob", "GET", "?shortcut=bobs", "")
		at, _ := a.body["cannedResponses"].([]any)[0].(map[string]any)["_createdAt"].(string)
		if a.text != `{"cannedResponses":[{"_id":"`+ids["bobs"]+`","shortcut":"bobs","text":"text of bobs","scope":"user","tags":["a"],"userId":"bob",`+
			`"createdBy":{"_id":"bob","username":"bob"},"_createdAt":"`+at+`","_updatedAt":"`+at+`","can":{"change":true,"remove":true}}],"offset":0,"count":1,"total":1,"success":true}` {
			t.Error(a.text)
		}
		for _, query := range []string{"unknown=1", "tags=a", "count=x"} {
			if a := k.call("bob", "GET", "?"+query, ""); a.status != 400 {
				t.Errorf("%s: %s", query, a.text)
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
			if a := k.call(c.as, c.method, c.path, c.body); a.status != 400 || !strings.Contains(a.text, c.contains) {
				t.Errorf("%s %s %s: %d %s", c.as, c.method, c.body, a.status, a.text)
			}
		}
		for as, want := range map[string]int{"": 401, "nobody": 403} {
			for _, p := range []string{"GET ", "GET .get", "GET /x", "POST ", "DELETE ", "DELETE /x"} {
				method, path, _ := strings.Cut(p, " ")
				if a := k.call(as, method, path, ""); a.status != want {
					t.Errorf("%q %s: %d", as, p, a.status)
				}
			}
		}
		if a := k.call("reader", "POST", "", body("", "user", "")); a.status != 403 {
			t.Error(a.text)
		}
		if k.state() != before {
			t.Error("something changed")
		}
		for _, c := range []struct{ as, body string }{{"bob", body(ids["bobs"], "user", "")}, {"boss", body(ids["beas"], "user", "")}, {"mona", body(ids["support"], "department", `,"departmentId":"d3"`)}} {
			if a := k.call(c.as, "POST", "", c.body); a.text != `{"success":true}` {
				t.Errorf("%s %s: %s", c.as, c.body, a.text)
			}
		}
		if a := k.call("bea", "GET", "/"+ids["beas"], ""); !strings.Contains(a.text, `"userId":"bea"`) || !strings.Contains(a.text, `"username":"bea"`) { // 7.4
			t.Errorf("the owner stays: %s", a.text)
		}
		k.call("boss", "POST", "", `{"_id":"`+ids["all"]+`","shortcut":"mine","text":"t","scope":"user"}`)
		if a := k.call("boss", "GET", "/"+ids["all"], ""); !strings.Contains(a.text, `"userId":"boss"`) {
			t.Errorf("who makes it private owns it: %s", a.text)
		}
		for as, call := range map[string]string{"bob": "/" + ids["bobs"], "mona": "/" + ids["support"], "boss": "/" + ids["asleep"]} {
			if a := k.call(as, "DELETE", call, ""); a.text != `{"success":true}` {
				t.Errorf("%s: %s", as, a.text)
			}
		}
		if a := k.call("boss", "DELETE", "", `{"_id":"`+ids["sales"]+`"}`); a.text != `{"success":true}` {
			t.Error(a.text)
		}
	})
}

func TestWhatGoesWithTagsDepartmentsAndPeople(t *testing.T) { // canned-responses.md 6
	each(t, func(k *kit) {
		ids := k.filled()
		if err := k.DB.InTx(context.Background(), func(tx *db.Tx) error { return k.ForgetTag(context.Background(), tx, "a") }); err != nil {
			t.Fatal(err)
		}
		if a := k.call("boss", "GET", "/"+ids["support"], ""); !strings.Contains(a.text, `"tags":["b\""]`) {
			t.Error(a.text)
		}
		k.exec(`DELETE FROM departments WHERE id = 'd2'`)
		k.exec(`INSERT INTO users (id, username, username_lower, created_at, updated_at) VALUES ('bea', 'bea', 'bea', 1, 1)`)
		k.exec(`DELETE FROM users WHERE id = 'bob'`)
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
		if a := k.call("boss", "GET", "", ""); a.shortcuts("cannedResponses") != "all asleep beas sales" { // a department that exists keeps its own
			t.Error(a.text)
		}
	})
}

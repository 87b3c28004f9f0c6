package tags

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
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
	t   *testing.T
	api http.Handler

	forgotten []string
}

// ForgetTag stands where canned responses will: it notes the names.
func (k *kit) ForgetTag(_ context.Context, _ *db.Tx, name string) error {
	k.forgotten = append(k.forgotten, name)
	return nil
}

var rights = map[string][]chat.Permission{"nobody": nil, "stranger": {chat.ViewLRoom}, "bob": {chat.ViewLRoom}, "mona": {chat.ViewLRoom},
	"keeper": {chat.ManageLivechatTags}, "boss": {chat.ViewLRoom, chat.ManageLivechatTags}}

func each(t *testing.T, run func(k *kit)) {
	t.Helper()
	c := clock.NewFake(1_790_000_000_000)
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) {
		k := &kit{t: t, Service: New(Deps{DB: d})}
		k.Canned = k
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
	a := chat.Actor{User: chat.UserID(c.UserID), Permissions: map[chat.Permission]bool{}}
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
	r := httptest.NewRequest(method, "/api/v1/livechat/"+path, from)
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

// tag saves a tag and returns its id.
func (k *kit) tag(name, description string, departments ...string) string {
	k.t.Helper()
	list, _ := json.Marshal(departments)
	a := k.call("boss", "POST", "tags.save", `{"tagData":{"name":"`+name+`","description":"`+description+`"},"tagDepartments":`+strings.Replace(string(list), "null", "[]", 1)+`}`)
	if a.status != 200 {
		k.t.Fatalf("%d %s", a.status, a.text)
	}
	return a.body["_id"].(string)
}

func (a answer) names() string {
	var all []string
	list, _ := a.body["tags"].([]any)
	for _, o := range list {
		all = append(all, o.(map[string]any)["name"].(string))
	}
	return strings.Join(all, " ")
}

func (k *kit) state() string {
	k.t.Helper()
	all, err := db.All(context.Background(), k.DB, func(r db.Row) (s string, err error) { return s, r.Scan(&s) },
		`SELECT id || name || description FROM tags UNION ALL SELECT tag_id || '@' || department_id FROM tag_departments`)
	if err != nil {
		k.t.Fatal(err)
	}
	slices.Sort(all)
	return strings.Join(all, "\n")
}

func TestWhatTagsAreListedForWhom(t *testing.T) { // tags-units 1.3, rest-api.md 16
	each(t, func(k *kit) {
		k.tag("open", "")
		k.tag("sales", "", "d1")
		k.tag("support", "", "d2")
		k.tag("asleep", "", "d3")
		k.tag("both", "", "d1", "d2")
		for _, c := range []struct{ as, query, want string }{
			{"boss", "", "open"}, {"boss", "?viewAll=true", "asleep both open sales support"}, {"boss", "?department=d2", "both open support"},
			{"boss", "?viewAll=true&department=d2", "asleep both open sales support"}, {"keeper", "?viewAll=true", "asleep both open sales support"},
			{"stranger", "", "open"}, {"stranger", "?viewAll=true", "open"}, {"stranger", "?department=d1", "open"},
			{"bob", "", "both open sales"}, {"bob", "?viewAll=true", "both open sales"}, {"bob", "?department=d1", "both open sales"},
			{"bob", "?department=d2", "both open sales"}, {"bob", "?department=unknown", "both open sales"},
			{"mona", "", "asleep both open support"}, {"mona", "?department=d2", "both open support"}, {"mona", "?department=d3", "asleep open"}, // disabled ones count
			{"mona", "?department=d1&viewAll=true", "asleep both open support"},
		} {
			if a := k.call(c.as, "GET", "tags"+c.query, ""); a.status != 200 || a.names() != c.want {
				k.t.Errorf("%s %s: %d %q, want %q", c.as, c.query, a.status, a.names(), c.want)
			}
		}
		k.exec(`DELETE FROM unit_monitors`)
		if a := k.call("mona", "GET", "tags?viewAll=true", ""); a.names() != "open" {
			k.t.Errorf("a monitor without units: %s", a.text)
		}
	})
}

func TestTagsAreSearchedSortedAndPaged(t *testing.T) { // tags-units 1.3, rest-api.md 1.7
	each(t, func(k *kit) {
		k.tag("A 50%", "zebra")
		k.tag("b_x", "Apple", "d1")
		k.tag("c", "", "d1", "d2")
		for query, want := range map[string]string{"": "A 50% b_x c", "&text=APP": "b_x", "&text=a%205": "A 50%", "&text=_": "b_x", "&text=%25": "A 50%", "&text=x%25": "",
			`&sort={"description":-1}`: "A 50% b_x c", `&sort={"numDepartments":-1}`: "c b_x A 50%", `&sort={"name":-1}`: "c b_x A 50%", `&sort={"(x":1}`: "A 50% b_x c",
			"&count=1&offset=1": "b_x", "&count=0": "A 50% b_x c"} {
			if a := k.call("boss", "GET", "tags?viewAll=true"+query, ""); a.status != 200 || a.names() != want {
				k.t.Errorf("%s: %d %q", query, a.status, a.names())
			}
		}
		if a := k.call("boss", "GET", "tags?viewAll=true&count=1", ""); !strings.Contains(a.text, `"offset":0,"count":1,"total":3`) {
			k.t.Error(a.text)
		}
	})
}

func TestATagIsSavedFoundAndRemoved(t *testing.T) { // tags-units 1.1, 1.3, 7.7
	each(t, func(k *kit) {
		a := k.call("keeper", "POST", "tags.save", `{"tagData":{"name":" Bug ","description":" d "},"tagDepartments":["d2","d1","d2"]}`)
		id, _ := a.body["_id"].(string)
		want := `{"_id":"` + id + `","name":"Bug","description":"d","numDepartments":2,"departments":["d1","d2"],"_updatedAt":"2026-09-21T14:13:20.000Z","success":true}`
		if a.status != 200 || a.text != want {
			k.t.Fatalf("%d %s", a.status, a.text)
		}
		if a := k.call("bob", "GET", "tags/"+id, ""); a.text != want {
			k.t.Errorf("%d %s", a.status, a.text)
		}
		k.exec(`DELETE FROM departments WHERE id = 'd2'`) // what it had already it may keep
		if a := k.call("boss", "POST", "tags.save", `{"_id":"`+id+`","tagData":{"name":"BUG"},"tagDepartments":["d2"]}`); a.status != 200 || !strings.Contains(a.text, `"name":"BUG","numDepartments":1,"departments":["d2"]`) {
			k.t.Errorf("%d %s", a.status, a.text)
		}
		if a := k.call("boss", "POST", "tags.save", `{"_id":"`+id+`","tagData":{"name":"bug"}}`); a.status != 200 || !strings.Contains(a.text, `"departments":[]`) {
			k.t.Errorf("%d %s", a.status, a.text)
		}
		if a := k.call("boss", "POST", "tags.delete", `{"id":"`+id+`"}`); a.text != `{"success":true}` {
			k.t.Errorf("%d %s", a.status, a.text)
		}
		if !slices.Equal(k.forgotten, []string{"bug"}) {
			k.t.Errorf("forgotten: %v", k.forgotten)
		}
		if a := k.call("boss", "GET", "tags/"+id, ""); a.status != 404 || a.body["error"] != "Tag not found" {
			k.t.Errorf("%d %s", a.status, a.text)
		}
	})
}

func TestWhatATagRefuses(t *testing.T) { // tags-units 1.1, 1.3
	each(t, func(k *kit) {
		id := k.tag("Bug", "")
		k.tag("Wish", "")
		before := k.state()
		for _, c := range []struct {
			path, body string
			status     int
			contains   string
		}{
			{"tags.save", `{"tagData":{"name":"bUG"}}`, 400, "error-duplicate-tag-name"},
			{"tags.save", `{"_id":"` + id + `","tagData":{"name":"WISH"}}`, 400, "error-duplicate-tag-name"},
			{"tags.save", `{"_id":"unknown","tagData":{"name":"x"}}`, 404, "Tag not found"},
			{"tags.save", `{"tagData":{"name":" \t"}}`, 400, "error-invalid-name"},
			{"tags.save", `{"tagData":{"name":"x"},"tagDepartments":["d1","nowhere"]}`, 400, "error-invalid-department"},
			{"tags.save", `{"tagData":{"name":"x"},"tagDepartments":"d1"}`, 400, "must be array [invalid-params]"},
			{"tags.save", `{"tagData":{"name":"` + strings.Repeat("x", 101) + `"}}`, 400, "invalid-params"},
			{"tags.save", `{"tagData":{}}`, 400, "must have required property 'name'"},
			{"tags.save", `{}`, 400, "must have required property 'tagData'"},
			{"tags.delete", `{"id":"unknown"}`, 400, "Tag not found"},
			{"tags.delete", `{}`, 400, "must have required property 'id'"},
		} {
			if a := k.call("boss", "POST", c.path, c.body); a.status != c.status || !strings.Contains(a.text, c.contains) {
				k.t.Errorf("%s %s: %d %s", c.path, c.body, a.status, a.text)
			}
		}
		for as, refused := range map[string]map[string]int{"": {"GET tags": 401, "GET tags/x": 401, "POST tags.save": 401, "POST tags.delete": 401},
			"nobody": {"GET tags": 403, "GET tags/x": 403, "POST tags.save": 403, "POST tags.delete": 403},
			"bob":    {"POST tags.save": 403, "POST tags.delete": 403}, "mona": {"POST tags.save": 403, "POST tags.delete": 403}} {
			for p, want := range refused {
				method, path, _ := strings.Cut(p, " ")
				if a := k.call(as, method, path, ""); a.status != want {
					k.t.Errorf("%q %s: %d %s", as, p, a.status, a.text)
				}
			}
		}
		if k.state() != before {
			k.t.Error("something changed")
		}
	})
}

// A tag of a department that is gone does not become one for everybody.
func TestARemovedDepartmentLeavesItsTags(t *testing.T) { // departments.md 5.3
	each(t, func(k *kit) {
		only, both := k.tag("only", "", "d1"), k.tag("both", "", "d1", "d2")
		for range 2 {
			for _, c := range k.Consumers() {
				for _, e := range []string{`{"department":"d2","gone":true}`, `{"department":"d1","gone":true,"removed":true}`} {
					if err := c.Handle(context.Background(), outbox.Envelope{Name: "department.changed", Payload: json.RawMessage(e)}); err != nil {
						t.Fatal(err)
					}
				}
			}
		}
		for id, want := range map[string]string{only: `"departments":["d1"]`, both: `"departments":["d2"]`} {
			if a := k.call("boss", "GET", "tags/"+id, ""); !strings.Contains(a.text, want) {
				t.Error(a.text)
			}
		}
	})
}

package tags

import (
	"context"
	"encoding/json"
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

	forgotten []string
}

// ForgetTag stands where canned responses will: it notes the names.
func (k *kit) ForgetTag(_ context.Context, _ *db.Tx, name string) error {
	k.forgotten = append(k.forgotten, name)
	return nil
}

var rights = stage.Rights{"nobody": nil, "stranger": {chat.ViewLRoom}, "bob": {chat.ViewLRoom}, "mona": {chat.ViewLRoom},
	"keeper": {chat.ManageLivechatTags}, "boss": {chat.ViewLRoom, chat.ManageLivechatTags}}

func each(t *testing.T, run func(k *kit)) {
	t.Helper()
	c := clock.NewFake(1_790_000_000_000)
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) {
		k := &kit{Stage: &stage.Stage{T: t, DB: d, Below: "/api/v1/livechat/"}, Service: New(Deps{DB: d})}
		k.Canned = k
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

// tag saves a tag and returns its id.
func (k *kit) tag(name, description string, departments ...string) string {
	k.T.Helper()
	list, _ := json.Marshal(departments)
	a := k.Call("boss", "POST", "tags.save", `{"tagData":{"name":"`+name+`","description":"`+description+`"},"tagDepartments":`+strings.Replace(string(list), "null", "[]", 1)+`}`)
	if a.Status != 200 {
		k.T.Fatalf("%d %s", a.Status, a.Text)
	}
	return a.Body["_id"].(string)
}

func (k *kit) state() string {
	k.T.Helper()
	all, err := db.All(context.Background(), k.DB, func(r db.Row) (s string, err error) { return s, r.Scan(&s) },
		`SELECT id || name || description FROM tags UNION ALL SELECT tag_id || '@' || department_id FROM tag_departments`)
	if err != nil {
		k.T.Fatal(err)
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
			if a := k.Call(c.as, "GET", "tags"+c.query, ""); a.Status != 200 || a.Names("tags", "name") != c.want {
				k.T.Errorf("%s %s: %d %q, want %q", c.as, c.query, a.Status, a.Names("tags", "name"), c.want)
			}
		}
		k.Exec(`DELETE FROM unit_monitors`)
		if a := k.Call("mona", "GET", "tags?viewAll=true", ""); a.Names("tags", "name") != "open" {
			k.T.Errorf("a monitor without units: %s", a.Text)
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
			if a := k.Call("boss", "GET", "tags?viewAll=true"+query, ""); a.Status != 200 || a.Names("tags", "name") != want {
				k.T.Errorf("%s: %d %q", query, a.Status, a.Names("tags", "name"))
			}
		}
		if a := k.Call("boss", "GET", "tags?viewAll=true&count=1", ""); !strings.Contains(a.Text, `"offset":0,"count":1,"total":3`) {
			k.T.Error(a.Text)
		}
	})
}

func TestATagIsSavedFoundAndRemoved(t *testing.T) { // tags-units 1.1, 1.3, 7.7
	each(t, func(k *kit) {
		a := k.Call("keeper", "POST", "tags.save", `{"tagData":{"name":" Bug ","description":" d "},"tagDepartments":["d2","d1","d2"]}`)
		id, _ := a.Body["_id"].(string)
		want := `{"_id":"` + id + `","name":"Bug","description":"d","numDepartments":2,"departments":["d1","d2"],"_updatedAt":"2026-09-21T14:13:20.000Z","success":true}`
		if a.Status != 200 || a.Text != want {
			k.T.Fatalf("%d %s", a.Status, a.Text)
		}
		if a := k.Call("bob", "GET", "tags/"+id, ""); a.Text != want {
			k.T.Errorf("%d %s", a.Status, a.Text)
		}
		k.Exec(`DELETE FROM departments WHERE id = 'd2'`) // what it had already it may keep
		if a := k.Call("boss", "POST", "tags.save", `{"_id":"`+id+`","tagData":{"name":"BUG"},"tagDepartments":["d2"]}`); a.Status != 200 || !strings.Contains(a.Text, `"name":"BUG","numDepartments":1,"departments":["d2"]`) {
			k.T.Errorf("%d %s", a.Status, a.Text)
		}
		if a := k.Call("boss", "POST", "tags.save", `{"_id":"`+id+`","tagData":{"name":"bug"}}`); a.Status != 200 || !strings.Contains(a.Text, `"departments":[]`) {
			k.T.Errorf("%d %s", a.Status, a.Text)
		}
		if a := k.Call("boss", "POST", "tags.delete", `{"id":"`+id+`"}`); a.Text != `{"success":true}` {
			k.T.Errorf("%d %s", a.Status, a.Text)
		}
		if !slices.Equal(k.forgotten, []string{"bug"}) {
			k.T.Errorf("forgotten: %v", k.forgotten)
		}
		if a := k.Call("boss", "GET", "tags/"+id, ""); a.Status != 200 || a.Text != `{"statusCode":200,"body":null,"success":true}` {
			k.T.Errorf("%d %s", a.Status, a.Text)
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
			if a := k.Call("boss", "POST", c.path, c.body); a.Status != c.status || !strings.Contains(a.Text, c.contains) {
				k.T.Errorf("%s %s: %d %s", c.path, c.body, a.Status, a.Text)
			}
		}
		for as, refused := range map[string]map[string]int{"": {"GET tags": 401, "GET tags/x": 401, "POST tags.save": 401, "POST tags.delete": 401},
			"nobody": {"GET tags": 403, "GET tags/x": 403, "POST tags.save": 403, "POST tags.delete": 403},
			"bob":    {"POST tags.save": 403, "POST tags.delete": 403}, "mona": {"POST tags.save": 403, "POST tags.delete": 403}} {
			for p, want := range refused {
				method, path, _ := strings.Cut(p, " ")
				if a := k.Call(as, method, path, ""); a.Status != want {
					k.T.Errorf("%q %s: %d %s", as, p, a.Status, a.Text)
				}
			}
		}
		if k.state() != before {
			k.T.Error("something changed")
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
			if a := k.Call("boss", "GET", "tags/"+id, ""); !strings.Contains(a.Text, want) {
				t.Error(a.Text)
			}
		}
	})
}

package departments

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/test/stage"
)

// fill adds four departments, two agents of one of them, and people without department.
func fill(t *testing.T, d *db.DB) {
	t.Helper()
	err := d.InTx(context.Background(), func(tx *db.Tx) error {
		for _, sql := range []string{
			`INSERT INTO departments (id, site_id, name, name_lower, email, enabled, archived, show_on_registration, show_on_offline_form, updated_at) VALUES
				('d1', 'default', 'Sales', 'sales', 's@x.y', true, false, true, true, 1), ('d2', 'default', 'Support_1', 'support_1', '', true, false, true, true, 1),
				('d3', 'default', 'Closed', 'closed', '', false, false, true, true, 1), ('d4', 'default', 'Archived', 'archived', '', false, true, false, true, 1)`,
			`INSERT INTO users (id, username, username_lower, created_at, updated_at) VALUES ('bob', 'Bob', 'bob', 1, 1), ('ann', 'ann', 'ann', 1, 1),
				('cid', 'cid', 'cid', 1, 1), ('mona', 'mona', 'mona', 1, 1), ('mike', 'mike', 'mike', 1, 1), ('plain', 'plain', 'plain', 1, 1)`,
			`INSERT INTO user_roles (user_id, role) VALUES ('bob', 'livechat-agent'), ('ann', 'livechat-agent'), ('cid', 'livechat-agent'), ('mike', 'livechat-agent')`,
			`INSERT INTO department_agents (department_id, agent_id, position, updated_at) VALUES ('d1', 'bob', 2, 1), ('d1', 'ann', 1, 1), ('d2', 'bob', 1, 1)`,
		} {
			if _, err := tx.Exec(context.Background(), sql); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func ids(t *testing.T, text string) string {
	t.Helper()
	var list struct {
		Departments []struct {
			ID string `json:"_id"`
		} `json:"departments"`
	}
	if err := json.Unmarshal([]byte(text), &list); err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, d := range list.Departments {
		all = append(all, d.ID)
	}
	return strings.Join(all, " ")
}

func TestListFiltersSortsAndPages(t *testing.T) { // rest-api.md 12 and 1.7, departments.md 4
	each(t, func(k *kit) {
		for query, want := range map[string]string{
			"": "d3 d1 d2", "?enabled=true": "d1 d2", "?enabled=false": "d3 d1 d2", "?showArchived=true": "d4 d3 d1 d2",
			"?text=S": "d3 d1 d2", "?text=sales": "d1", "?text=_": "d2", "?text=%25": "", "?excludeDepartmentId=d1": "d3 d2",
			"?count=1&offset=1": "d1", "?count=0": "d3 d1 d2", `?sort={"name":-1}`: "d2 d1 d3", `?sort={"numAgents":-1}`: "d1 d2 d3",
			`?sort={"(SELECT":1}`: "d3 d1 d2",
		} {
			a := k.Call("bob", "GET", "department"+query, "")
			if got := ids(t, a.Text); a.Status != 200 || got != want {
				t.Errorf("%s: %d %q, want %q", query, a.Status, got, want)
			}
		}
		if a := k.Call("bob", "GET", "department?text=sales", ""); !strings.Contains(a.Text, `"numAgents":2`) || !strings.Contains(a.Text, `"type":"d"`) || !strings.Contains(a.Text, `"offset":0,"count":1,"total":1`) {
			t.Error(a.Text)
		}
		for query, want := range map[string]string{"": "d4", "?text=ARCH": "d4", "?text=sales": "", "?excludeDepartmentId=d4": ""} {
			if a := k.Call("bob", "GET", "departments/archived"+query, ""); ids(t, a.Text) != want || !strings.Contains(a.Text, `"total"`) {
				t.Errorf("archived%s: %s", query, a.Text)
			}
		}
		k.must(k.Call("root", "PUT", "department/d3", body(`"name":"Überseering"`, "")))
		if a := k.Call("bob", "GET", "department?text=%C3%BCBER", ""); ids(t, a.Text) != "d3" {
			t.Errorf("any case means every letter's: %s", a.Text)
		}
	})
}

func TestOneDepartmentAndItsAgents(t *testing.T) {
	each(t, func(k *kit) {
		a := k.Call("mary", "GET", "department/d1", "")
		if idOf(a) != "d1" || strings.Index(a.Text, `"username":"ann"`) > strings.Index(a.Text, `"username":"Bob"`) || !strings.Contains(a.Text, `"username":"ann"`) {
			t.Error(a.Text)
		}
		for as, path := range map[string]string{"mary": "/d1?includeAgents=false", "bob": "/d1"} { // permissions.md 4
			if a := k.Call(as, "GET", "department"+path, ""); strings.Contains(a.Text, `"agents"`) || !strings.Contains(a.Text, "Sales") {
				t.Errorf("%s %s: %s", as, path, a.Text)
			}
		}
		if a := k.Call("bob", "GET", "department/unknown", ""); a.Status != 200 || a.Text != `{"department":null,"success":true}` {
			t.Error(a.Text)
		}
		for path, want := range map[string]string{"d1/agents": "Bob ann", "d1/agents?count=1&offset=1": "ann", `d1/agents?sort={"order":1}`: "ann Bob", "unknown/agents": ""} {
			a := k.Call("bob", "GET", "department/"+path, "")
			if got := strings.Join(names(a, "agents", "username"), " "); a.Status != 200 || got != want || a.Body["total"] == nil {
				t.Errorf("%s: %s", path, a.Text)
			}
		}
	})
}

// names are one field of a list in an answer.
func names(a stage.Answer, list, field string) (all []string) {
	items, _ := a.Body[list].([]any)
	for _, i := range items {
		text, _ := i.(map[string]any)[field].(string)
		all = append(all, text)
	}
	return all
}

func TestAutocomplete(t *testing.T) { // departments.md 4, 8.5, 8.6
	each(t, func(k *kit) {
		for selector, want := range map[string]string{
			`{}`: "d3 d1 d2", `{"term":"s"}`: "d1 d2", `{"term":"ales"}`: "", `{"term":"S_"}`: "", `{"term":"s","exceptions":["d1"]}`: "d2",
			`{"conditions":{"enabled":true}}`: "d1 d2", `{"conditions":{"enabled":false}}`: "d3 d1 d2", `{"conditions":{"numAgents":1}}`: "d2",
			`{"conditions":{"$where":"1","name":{"$regex":"x"},"numAgents":{"$gt":5}}}`: "d3 d1 d2", `{"conditions":{"showOnRegistration":false}}`: "",
		} {
			a := k.Call("bob", "GET", "department.autocomplete?selector="+selector, "")
			if got := strings.Join(names(a, "items", "_id"), " "); a.Status != 200 || got != want {
				t.Errorf("%s: %s, want %s", selector, a.Text, want)
			}
		}
		a := k.Call("bob", "GET", `department.autocomplete?showArchived=true&selector={"term":""}`, "")
		if got := strings.Join(names(a, "items", "_id"), " "); got != "d4 d3 d1 d2" {
			t.Errorf("archived ones are added: %s", a.Text)
		}
		for query, want := range map[string]string{
			"": "The 'selector' param is required", "?selector=": "The 'selector' param is required", "?selector=x": "not a valid selector",
			"?selector[term]=x": "must be string", `?selector=["x"]`: "not a valid selector",
		} {
			if a := k.Call("bob", "GET", "department.autocomplete"+query, ""); a.Status != 400 || !strings.Contains(a.Text, want) {
				t.Errorf("%s: %s", query, a.Text)
			}
		}
	})
}

func TestListByIDs(t *testing.T) { // departments.md 4
	each(t, func(k *kit) {
		a := k.Call("bob", "GET", "department.listByIds?ids[]=d4&ids[]=x&ids[]=d3&ids[]=d1&ids[]=d1", "")
		if got := ids(t, a.Text); got != "d4 d3 d1" {
			t.Errorf("archived and disabled ones too, unknown ones not: %s", a.Text)
		}
		for fields, want := range map[string]string{
			`{"name":1}`: `{"_id":"d1","name":"Sales"}`, `{"name":1,"_id":0}`: `{"name":"Sales"}`, `{"$where":1}`: `{"_id":"d1"}`,
		} {
			if a := k.Call("bob", "GET", "department.listByIds?ids[]=d1&fields="+fields, ""); !strings.Contains(a.Text, `[`+want+`]`) {
				t.Errorf("%s: %s", fields, a.Text)
			}
		}
		if a := k.Call("bob", "GET", `department.listByIds?ids[]=d1&fields={"email":0}`, ""); strings.Contains(a.Text, "email") || !strings.Contains(a.Text, "numAgents") {
			t.Error(a.Text)
		}
		for query, want := range map[string]string{"": `"error":"The 'ids' param is required"`, "?ids=d1": `"error":"The 'ids' param must be an array"`} {
			if a := k.Call("bob", "GET", "department.listByIds"+query, ""); a.Status != 400 || !strings.Contains(a.Text, want) {
				t.Errorf("%s: %s", query, a.Text)
			}
		}
	})
}

func TestOnlyMyDepartments(t *testing.T) { // departments.md 4 and 8.7, rest-api.md 12, permissions.md 5
	each(t, func(k *kit) {
		k.Exec(`INSERT INTO department_agents (department_id, agent_id, updated_at) VALUES ('d3', 'mike', 1)`)
		check := func(when string, of map[string]string) {
			t.Helper()
			for as, want := range of {
				a := k.Call(as, "GET", "department?onlyMyDepartments=true", "")
				b := k.Call(as, "GET", "department.autocomplete?onlyMyDepartments=true&selector={}", "")
				if ids(t, a.Text) != want || strings.Join(names(b, "items", "_id"), " ") != want {
					t.Errorf("%s %s: %s %s", when, as, a.Text, b.Text)
				}
			}
		}
		check("no unit", map[string]string{"bob": "d1 d2", "mona": "d3 d1 d2", "mike": "d3 d1 d2", "mary": "d3 d1 d2", "root": "d3 d1 d2"})
		k.Exec(`INSERT INTO units (id, name, name_lower, visibility, updated_at) VALUES ('u1', 'U', 'u', 'public', 1), ('u2', 'V', 'v', 'public', 1)`)
		k.Exec(`INSERT INTO unit_monitors (unit_id, monitor_id, updated_at) VALUES ('u1', 'mike', 1)`)
		k.Exec(`UPDATE departments SET unit_id = 'u1' WHERE id IN ('d2', 'd4')`)
		k.Exec(`UPDATE departments SET unit_id = 'u2' WHERE id = 'd1'`)
		check("units", map[string]string{"bob": "d1 d2", "mona": "", "mike": "d2", "mary": "d3 d1 d2", "both": "d3 d1 d2"})
		for path, want := range map[string]bool{"d2": true, "d4": true, "d1": false, "d3": false} {
			a := k.Call("mike", "GET", "department/"+path+"?onlyMyDepartments=true", "")
			if got := idOf(a) != ""; got != want {
				t.Errorf("%s: %s", path, a.Text)
			}
		}
		if a := k.Call("mike", "GET", "department", ""); ids(t, a.Text) != "d3 d1 d2" {
			t.Errorf("without the wish all are listed: %s", a.Text)
		}
		if a := k.Call("mike", "GET", "departments/archived?onlyMyDepartments=true", ""); ids(t, a.Text) != "d4" {
			t.Error(a.Text)
		}
	})
}

func TestBadQuestionsAreRefused(t *testing.T) {
	each(t, func(k *kit) {
		for _, path := range []string{"?count=x", "?offset=-1", "?enabled=perhaps", "?text[]=x", "?text=" + strings.Repeat("x", 300), "?sort=x", "?text=%00", "/%00",
			"/d1?includeAgents=x", `?sort={"1;--":"x"}`, "/d1/agents?count=x", ".listByIds?ids[]=d1&fields=x", ".listByIds?ids[]=%00", `.autocomplete?selector={"term":"\\u0000"}`} {
			if a := k.Call("mary", "GET", "department"+path, ""); a.Status != 400 {
				t.Errorf("%s: %d %s", path, a.Status, a.Text)
			}
		}
	})
}

func TestLeaveEndsAllMemberships(t *testing.T) { // lifecycle 2.3
	each(t, func(k *kit) {
		ctx := context.Background()
		if err := k.DB.InTx(ctx, func(tx *db.Tx) error { return k.Leave(ctx, tx, "bob") }); err != nil {
			t.Fatal(err)
		}
		for id, want := range map[chat.DepartmentID]int{"d1": 1, "d2": 0} {
			if _, members, err := k.Find(ctx, id); err != nil || len(members) != want {
				t.Errorf("%s: %v %v", id, members, err)
			}
		}
		if got := k.told(); got != "member d1 bob removed; department d1; member d2 bob removed; department d2" {
			t.Error(got)
		}
	})
}

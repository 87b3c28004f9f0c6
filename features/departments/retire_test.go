package departments

import (
	"strings"
	"testing"

	"github.com/foyerchat/foyer/test/stage"
)

func TestDisableArchiveUnarchive(t *testing.T) { // departments.md 5, 5.1, 5.2
	each(t, func(k *kit) {
		k.Exec(`UPDATE departments SET business_hour_id = 'h1' WHERE id IN ('d1', 'd2')`)
		k.must(k.Call("mary", "PUT", "department/d1", body(`"enabled":false,"fallbackForwardDepartment":"d3"`, "")))
		if got := k.told(); got != "member d1 ann updated; member d1 bob updated; department d1 gone" {
			t.Errorf("its fallback is disabled: %s", got)
		}
		a := k.must(k.Call("mary", "GET", "department/d1", ""))
		if _, linked := departmentOf(a)["businessHourId"]; linked || len(k.hours) != 1 || k.hours[0] != "h1" || !strings.Contains(a.Text, `"departmentEnabled":false`) {
			t.Errorf("the hour's link goes, the agents' stay: %s", a.Text)
		}
	})
}

func TestADisabledDepartmentNamesWhereItsChatsGo(t *testing.T) { // departments.md 5
	each(t, func(k *kit) {
		k.must(k.Call("mary", "PUT", "department/d3", body(`"enabled":false,"fallbackForwardDepartment":"d1"`, "")))
		k.must(k.Call("mary", "PUT", "department/d2", body(`"fallbackForwardDepartment":"d3"`, "")))
		k.told()
		for _, path := range []string{"d2/archive", "archive/d2"} {
			k.must(k.Call("mary", "POST", "department/"+path, ""))
		}
		if got := k.told(); got != "member d2 bob updated; department d2 gone to d1" {
			t.Errorf("through the disabled one, and twice is harmless: %s", got)
		}
		d := departmentOf(k.must(k.Call("mary", "GET", "department/d2", "")))
		if d["archived"] != true || d["enabled"] != false {
			t.Error(d)
		}
		if a := k.Call("mary", "PUT", "department/d2", body("", "")); a.Body["errorType"] != "error-archived-department-cant-be-enabled" {
			t.Error(a.Text)
		}
		k.must(k.Call("mary", "POST", "department/d2/unarchive", ""))
		k.must(k.Call("mary", "POST", "department/unarchive/d2", ""))
		d = departmentOf(k.must(k.Call("mary", "GET", "department/d2", "")))
		if d["archived"] != nil || d["enabled"] != false {
			t.Errorf("it stays disabled: %v", d)
		}
		if got := k.told(); got != "department d2" {
			t.Error(got)
		}
		for _, path := range []string{"x/archive", "archive/x", "x/unarchive", "unarchive/x"} {
			if a := k.Call("mary", "POST", "department/"+path, ""); a.Status != 400 || a.Body["error"] != "department-not-found" {
				t.Errorf("%s: %s", path, a.Text)
			}
		}
	})
}

func TestRemove(t *testing.T) { // departments.md 5.3, LC-DEL-6
	each(t, func(k *kit) {
		if a := k.Call("root", "DELETE", "department/d1", ""); a.Status != 400 || a.Body["errorType"] != "error-department-removal-disabled" {
			t.Error(a.Text)
		}
		k.settings.EnableDepartmentRemoval = true
		if a := k.Call("root", "DELETE", "department/x", ""); a.Status != 400 || a.Body["error"] != "error-department-not-found" {
			t.Error(a.Text)
		}
		k.must(k.Call("root", "PUT", "department/d2", body(`"fallbackForwardDepartment":"d1","departmentsAllowedToForward":["d1","d3"]`, "")))
		k.must(k.Call("root", "PUT", "department/d3", body(`"departmentsAllowedToForward":["d1"]`, "")))
		k.Exec(`INSERT INTO turns (department_id, agent_id, count) VALUES ('d1', 'bob', 5)`)
		k.Exec(`UPDATE departments SET business_hour_id = 'h1' WHERE id = 'd1'`)
		k.told()
		k.must(k.Call("root", "DELETE", "department/d1", ""))
		if got := k.told(); got != "member d1 ann removed; member d1 bob removed; department d2; department d3; department d1 gone removed" {
			t.Error(got)
		}
		if len(k.hours) != 1 {
			t.Errorf("business hours were not told: %v", k.hours)
		}
		left := k.everything()
		if strings.Contains(left, "d1") {
			t.Errorf("something refers to it: %s", left)
		}
		d := departmentOf(k.must(k.Call("root", "GET", "department/d2", "")))
		if list, _ := d["departmentsAllowedToForward"].([]any); len(list) != 1 || list[0] != "d3" || d["fallbackForwardDepartment"] != nil {
			t.Error(d)
		}
	})
}

func TestUnitInTheSameCall(t *testing.T) { // departments.md 4, "Unit in the same call"
	each(t, func(k *kit) {
		k.Exec(`INSERT INTO units (id, name, name_lower, visibility, created_by, updated_at) VALUES ('u1', 'U', 'u', 'public', 'root', 1),
			('u2', 'V', 'v', 'public', 'root', 1), ('u3', 'W', 'w', 'private', 'root', 1)`)
		k.Exec(`INSERT INTO unit_monitors (unit_id, monitor_id, updated_at) VALUES ('u1', 'mona', 1)`)
		put := func(as, d, unit string) stage.Answer { return k.Call(as, "PUT", "department/"+d, body("", unit)) }
		unitOf := func(d string) string {
			u, _ := departmentOf(k.must(k.Call("root", "GET", "department/"+d, "")))["parentId"].(string)
			return u
		}
		a := k.must(put("mary", "d1", `"departmentUnit":{"_id":"u1"}`))
		if departmentOf(a)["parentId"] != "u1" || !strings.Contains(a.Text, `"ancestors":["u1"]`) {
			t.Error(a.Text)
		}
		if got := k.told(); got != `unit.changed {"departments":["d1"]}; department d1` {
			t.Error(got)
		}
		k.must(put("mary", "d1", "")) // 8.3
		k.must(put("mary", "d1", `"departmentUnit":null`))
		if a := put("mary", "d1", `"departmentUnit":{}`); a.Status != 400 || a.Body["errorType"] != "error-unit-cant-be-empty" || unitOf("d1") != "u1" {
			t.Error(a.Text)
		}
		if a := put("mary", "d1", `"departmentUnit":{"_id":"u2"}`); a.Body["errorType"] != "error-unit-cant-be-empty" {
			t.Error(a.Text)
		}
		k.must(put("mary", "d2", `"departmentUnit":{"_id":"u1"}`))
		k.must(put("mary", "d1", `"departmentUnit":{"_id":"u2"}`))
		never := k.must(k.Call("root", "GET", "department/d3", ""))
		k.must(put("mary", "d3", `"departmentUnit":{"_id":"u1"}`))
		out := k.must(put("mary", "d3", `"departmentUnit":{}`))
		const null = `"parentId":null,"ancestors":null` // rest-api.md 4.7
		if again := k.must(k.Call("root", "GET", "department", "")); strings.Contains(never.Text, "parentId") || !strings.Contains(out.Text, null) || strings.Count(again.Text, null) != 1 {
			t.Errorf("%s\n%s\n%s", never.Text, out.Text, again.Text)
		}
		if got := unitOf("d1") + unitOf("d2") + unitOf("d3"); got != "u2u1" {
			t.Error(got)
		}
		for unit, want := range map[string]string{`{"_id":"nope"}`: "error-unit-not-found", `{"_id":"u3"}`: "error-unit-not-found", `"u1"`: "must be object",
			`{"_id":true}`: `"error":"Match error: Expected string, got boolean in field departmentUnit._id"`,
			`{"x":1}`:      `"error":"Match error: Unknown key in field departmentUnit.x"`} {
			if a := put("mary", "d3", `"departmentUnit":`+unit); a.Status != 400 || !strings.Contains(a.Text, want) {
				t.Errorf("%s: %s", unit, a.Text)
			}
		}
		for unit, want := range map[string]string{`{"_id":7}`: "error-invalid-department-unit", `{"x":1}`: "[invalid-params]"} {
			if a := k.Call("mary", "POST", "department", body("", `"departmentUnit":`+unit)); a.Status != 400 || !strings.Contains(a.Text, want) {
				t.Errorf("%s: %s", unit, a.Text)
			}
		}
		k.must(put("root", "d3", `"departmentUnit":{"_id":"u3"}`)) // a private unit is its creator's
	})
}

func TestAMonitorMovesBetweenHisUnits(t *testing.T) { // departments.md 4
	each(t, func(k *kit) {
		k.Exec(`INSERT INTO units (id, name, name_lower, visibility, updated_at) VALUES ('u1', 'U', 'u', 'public', 1), ('u2', 'V', 'v', 'public', 1), ('u3', 'W', 'w', 'private', 1)`)
		k.Exec(`INSERT INTO unit_monitors (unit_id, monitor_id, updated_at) VALUES ('u1', 'mona', 1), ('u3', 'mona', 1)`)
		k.Exec(`UPDATE departments SET unit_id = 'u1' WHERE id IN ('d2', 'd4')`)
		k.Exec(`UPDATE departments SET unit_id = 'u2' WHERE id IN ('d3')`)
		for _, c := range []struct {
			d, to, then string
			refused     bool
		}{
			{"d1", `{"_id":"u2"}`, "", true}, {"d1", `{"_id":"u1"}`, "u1", false}, {"d1", `{"_id":"u2"}`, "u1", true}, {"d1", `{"_id":"u3"}`, "u3", false},
			{"d3", `{"_id":"u1"}`, "u2", true}, {"d3", `{}`, "u2", true}, {"d3", `{"_id":"u2"}`, "u2", false}, {"d2", `{}`, "", false},
		} {
			a := k.must(k.Call("mona", "PUT", "department/"+c.d, body(`"enabled":false,"name":"by mona"`, `"departmentUnit":`+c.to)))
			unit, _ := departmentOf(a)["parentId"].(string)
			if warned := strings.Contains(a.Text, WarnUnit); unit != c.then || warned != c.refused || departmentOf(a)["name"] != "by mona" {
				t.Errorf("%+v: %s", c, a.Text)
			}
		}
	})
}

func TestTheLastDepartmentOfAUnitStays(t *testing.T) { // departments.md 5.3
	each(t, func(k *kit) {
		k.settings.EnableDepartmentRemoval = true
		k.Exec(`UPDATE departments SET unit_id = 'u1' WHERE id IN ('d1', 'd2')`)
		k.must(k.Call("root", "DELETE", "department/d1", ""))
		if a := k.Call("root", "DELETE", "department/d2", ""); a.Body["errorType"] != "error-unit-cant-be-empty" {
			t.Error(a.Text)
		}
	})
}

func TestWhoMayWhat(t *testing.T) { // permissions.md 4 and 7.3
	each(t, func(k *kit) {
		k.settings.EnableDepartmentRemoval = true
		const agents = `{"upsert":[],"remove":[]}`
		for _, c := range []struct {
			call string
			body string
			of   string // status of nobody, bob, mona, mary, root
		}{
			{"GET department", "", "403 200 200 200 200"}, {"GET department?count=x", "", "403 400 400 400 400"},
			{"GET department/d1", "", "403 200 200 200 200"}, {"GET department/d1/agents", "", "403 200 200 200 200"},
			{"GET departments/archived", "", "403 200 200 200 200"}, {"GET department.autocomplete?selector={}", "", "403 200 200 200 200"},
			{"GET department.listByIds?ids[]=d1", "", "403 200 200 200 200"},
			{"GET department/isDepartmentCreationAvailable", "", "403 403 200 200 200"},
			{"POST department", body("", ""), "403 403 200 200 200"}, {"POST department", "{}", "403 403 400 400 400"},
			{"PUT department/d1", body("", ""), "403 403 200 200 200"}, {"POST department/d1/agents", agents, "403 403 200 200 200"},
			{"POST department/d1/archive", "", "403 403 200 200 200"}, {"POST department/archive/d1", "", "403 403 200 200 200"},
			{"POST department/d1/unarchive", "", "403 403 200 200 200"}, {"POST department/unarchive/d1", "", "403 403 200 200 200"},
			{"DELETE department/x", "", "403 403 403 400 400"},
		} {
			method, path, _ := strings.Cut(c.call, " ")
			var got []string
			for _, as := range []string{"nobody", "bob", "mona", "mary", "root"} {
				got = append(got, strings.Fields(status(k.Call(as, method, path, c.body)))...)
			}
			if strings.Join(got, " ") != c.of {
				t.Errorf("%s: %s, want %s", c.call, got, c.of)
			}
			if a := k.Call("", method, path, c.body); a.Status != 401 {
				t.Errorf("%s without a sign-in: %d", c.call, a.Status)
			}
		}
		for as, want := range map[string]int{"mary-manage-livechat-departments": 200, "mary-add-livechat-department-agents": 200} {
			if a := k.Call(as, "POST", "department/d1/agents", agents); a.Status != want {
				t.Errorf("%s: %s", as, a.Text)
			}
		}
		if a := k.Call("mary-manage-livechat-departments", "PUT", "department/d1", body("", "")); a.Status != 403 {
			t.Error(a.Text)
		}
		if a := k.must(k.Call("mary", "GET", "department/isDepartmentCreationAvailable", "")); a.Body["isDepartmentCreationAvailable"] != true {
			t.Error(a.Text)
		}
	})
}

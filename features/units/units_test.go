package units

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
)

const nothing = `"unitMonitors":[],"unitDepartments":[]`

func TestAUnitIsMadeChangedAndRemoved(t *testing.T) { // tags-units 2.2, 2.3, 7.1
	each(t, func(k *kit) {
		a := k.Call("boss", "POST", "units", `{"unitData":{"name":" North ","visibility":"public","enabled":true,"description":"x","email":"a@b.c","showOnOfflineForm":true},
			"unitMonitors":[{"monitorId":"mona","username":"wrong"},{"monitorId":"plain","username":"plain"},{"monitorId":"ghost"}],
			"unitDepartments":[{"departmentId":"d1"},{"departmentId":"d3"}]}`)
		id, _ := a.Body["_id"].(string)
		want := fmt.Sprintf(`{"_id":"%s","name":"North","visibility":"public","type":"u","numMonitors":1,"numDepartments":2,"_updatedAt":"2026-09-21T14:13:20.000Z","warnings":["plain","ghost"],"success":true}`, id)
		if a.Status != 200 || a.Text != want {
			k.T.Fatalf("%d %s", a.Status, a.Text)
		}
		if got := k.Call("monitors", "GET", "units/"+id+"/monitors", "").Names("monitors", "username"); got != "Mona" {
			k.T.Errorf("the true username counts: %s", got)
		}
		second := k.unit("boss", "South", `"unitMonitors":[{"monitorId":"moe"}],"unitDepartments":[{"departmentId":"d1"}]`) // a department is in one unit at most
		list := k.Call("boss", "GET", "units", "")
		if got := list.Names("units", "name"); got != "North South" || !strings.Contains(list.Text, `"numDepartments":1`) || strings.Contains(list.Text, `"numDepartments":2`) {
			k.T.Errorf("%s", list.Text)
		}
		a = k.Call("boss", "POST", "units/"+id, `{"unitData":{"name":"north","visibility":"private"},"unitMonitors":[{"monitorId":"moe"}],"unitDepartments":[{"departmentId":"d2"}]}`)
		if a.Status != 200 || a.Body["name"] != "north" || a.Body["visibility"] != "private" || a.Body["numMonitors"] != 1.0 || a.Body["numDepartments"] != 1.0 {
			k.T.Errorf("%d %s", a.Status, a.Text)
		}
		if got := k.Call("boss", "GET", "units/"+id+"/departments", ""); got.Names("departments", "_id") != "d2" || !strings.Contains(got.Text, `"parentId":"`+id+`","ancestors":["`+id+`"]`) {
			k.T.Errorf("both lists replace the old ones: %s", got.Text)
		}
		if a := k.Call("boss", "DELETE", "units/"+id, ""); a.Text != `1` {
			k.T.Errorf("%d %s", a.Status, a.Text)
		}
		if a := k.Call("boss", "GET", "units/"+id, ""); a.Status != 404 {
			k.T.Errorf("%d %s", a.Status, a.Text)
		}
		if a := k.Call("boss", "GET", "units/"+second+"/departments", ""); a.Names("departments", "_id") != "d1" {
			k.T.Errorf("another unit: %s", a.Text)
		}
		for _, want := range []string{`{"departments":["d1","d3"]}`, `{"departments":["d1"]}`, `{"departments":["d2","d3"]}`, `{"departments":["d2"],"removed":"` + id + `"}`} {
			if got := k.told("unit.changed"); !strings.Contains(got, want) { // 2.4: rooms follow
				k.T.Errorf("not told %s: %s", want, got)
			}
		}
	})
}

func TestWhatAUnitRefuses(t *testing.T) { // tags-units 2.2, 2.3
	each(t, func(k *kit) {
		id := k.unit("boss", "North", nothing)
		k.unit("boss", "South", nothing)
		data := func(name, visibility string) string {
			return `{"unitData":{"name":"` + name + `","visibility":"` + visibility + `"},` + nothing + `}`
		}
		before := k.state()
		for _, c := range []struct {
			method, path, body string
			status             int
			contains           string
		}{
			{"POST", "units", data("nORTH", "public"), 400, "error-duplicate-unit-name"},
			{"POST", "units", data("  ", "public"), 400, "error-invalid-name"},
			{"POST", "units", data(strings.Repeat("x", 256), "public"), 400, ""},
			{"POST", "units", data("East", "secret"), 400, ""},
			{"POST", "units", `{}`, 400, "unitData"},
			{"POST", "units", `{"unitData":{"name":"East"},` + nothing + `}`, 400, "visibility"},
			{"POST", "units", `{"unitData":{"name":"East","visibility":"public"},"unitMonitors":[]}`, 400, "unitDepartments"},
			{"POST", "units", `{"unitData":{"name":"East","visibility":"public"},"unitDepartments":[]}`, 400, "unitMonitors"},
			{"POST", "units", `{"unitData":{"name":"East","visibility":"public"},"unitMonitors":"x","unitDepartments":[]}`, 400, ""},
			{"POST", "units", `{"unitData":{"name":true,"visibility":"public"},` + nothing + `}`, 400, ""},
			{"POST", "units", `[`, 400, ""},
			{"POST", "units/" + id, data("SOUTH", "public"), 400, "error-duplicate-unit-name"},
			{"POST", "units/" + id, strings.Replace(data("East", "public"), `"unitDepartments":[]`, `"unitDepartments":[{"departmentId":"d9"}]`, 1), 400, "Invalid department [error-invalid-department]"},
			{"POST", "units/unknown", data("East", "public"), 400, "error-unit-not-found"},
			{"DELETE", "units/unknown", "", 400, "unit-not-found"},
			{"GET", "units/unknown", "", 404, "error-unit-not-found"},
			{"GET", "units/unknown/monitors", "", 404, ""},
			{"GET", "units/unknown/departments", "", 404, ""},
			{"GET", "units/unknown/departments/available", "", 404, ""},
			{"GET", "units?count=x", "", 400, ""},
			{"GET", "units/%00", "", 400, ""},
		} {
			if a := k.Call("boss", c.method, c.path, c.body); a.Status != c.status || !strings.Contains(a.Text, c.contains) {
				k.T.Errorf("%s %s %s: %d %s", c.method, c.path, c.body, a.Status, a.Text)
			}
		}
		if k.state() != before {
			k.T.Error("something changed")
		}
		if a := k.Call("boss", "POST", "units/"+id, data("NORTH", "public")); a.Status != 200 { // its own name in other letters
			k.T.Errorf("%d %s", a.Status, a.Text)
		}
	})
}

func TestWhoMayWorkWithUnits(t *testing.T) { // tags-units 2.3, 3.1, permissions.md 4
	each(t, func(k *kit) {
		id := k.unit("boss", "North", nothing)
		before := k.state()
		for _, p := range []string{"GET units", "POST units", "GET units/" + id, "POST units/" + id, "DELETE units/" + id, "GET units/" + id + "/departments",
			"GET units/" + id + "/departments/available", "GET units/" + id + "/monitors", "GET monitors", "GET monitors/mona", "POST monitors.create", "POST monitors.delete"} {
			method, path, _ := strings.Cut(p, " ")
			for as, want := range map[string]int{"": 401, "nobody": 403, "agent": 403} {
				if a := k.Call(as, method, path, ""); a.Status != want {
					k.T.Errorf("%q %s: %d %s", as, p, a.Status, a.Text)
				}
			}
			forMonitors := strings.Contains(path, "monitors")
			if a := k.Call("monitors", method, path, ""); (a.Status == 403) == forMonitors {
				k.T.Errorf("monitors only %s: %d %s", p, a.Status, a.Text)
			}
			if path == "units/"+id {
				continue
			}
			if a := k.Call("units", method, path, ""); (a.Status == 403) != forMonitors {
				k.T.Errorf("units only %s: %d %s", p, a.Status, a.Text)
			}
		}
		if k.state() != before {
			k.T.Error("something changed")
		}
	})
}

func TestAPrivateUnitIsItsOwners(t *testing.T) { // tags-units 2.2
	each(t, func(k *kit) {
		body := `{"unitData":{"name":"Secret","visibility":"private"},"unitMonitors":[{"monitorId":"mona"}],"unitDepartments":[{"departmentId":"d1"}]}`
		id := k.Call("boss", "POST", "units", body).Body["_id"].(string)
		for as, sees := range map[string]bool{"boss": true, "mona": true, "admin": true, "other": false} {
			want, found := 404, 0.0
			if sees {
				want, found = 200, 1
			}
			for _, path := range []string{"units/" + id, "units/" + id + "/monitors", "units/" + id + "/departments", "units/" + id + "/departments/available"} {
				if a := k.Call(as, "GET", path, ""); a.Status != want {
					k.T.Errorf("%s %s: %d %s", as, path, a.Status, a.Text)
				}
			}
			if a := k.Call(as, "GET", "units", ""); a.Body["total"] != found {
				k.T.Errorf("%s: %s", as, a.Text)
			}
		}
		before := k.state()
		for _, method := range []string{"POST", "DELETE"} {
			if a := k.Call("other", method, "units/"+id, body); a.Status != 400 || !strings.Contains(a.Text, "unit-not-found") {
				k.T.Errorf("%s: %d %s", method, a.Status, a.Text)
			}
		}
		if k.state() != before {
			k.T.Error("something changed")
		}
		if a := k.Call("mona", "POST", "units/"+id, body); a.Status != 200 {
			k.T.Errorf("%d %s", a.Status, a.Text)
		}
	})
}

func TestUnitListsArePagedAndSearched(t *testing.T) { // rest-api.md 1.7, tags-units 7.4
	each(t, func(k *kit) {
		for _, name := range []string{"b_1", "A 100%", "c"} {
			k.unit("boss", name, nothing)
		}
		for query, want := range map[string]string{"": "A 100% b_1 c", "?text=B": "b_1", "?text=_": "b_1", "?text=%25": "A 100%", "?text=zz": "",
			"?count=1&offset=1": "b_1", "?count=0": "A 100% b_1 c", `?sort={"name":-1}`: "c b_1 A 100%", `?sort={"(SELECT":1}`: "A 100% b_1 c"} {
			if a := k.Call("boss", "GET", "units"+query, ""); a.Status != 200 || a.Names("units", "name") != want {
				k.T.Errorf("%s: %d %s", query, a.Status, a.Text)
			}
		}
		id := k.unit("boss", "full", `"unitMonitors":[],"unitDepartments":[{"departmentId":"d1"},{"departmentId":"d3"},{"departmentId":"d4"}]`)
		other := k.unit("boss", "other", `"unitMonitors":[],"unitDepartments":[{"departmentId":"d3"}]`)
		for path, want := range map[string]string{
			"units/" + id + "/departments": "d4 d1", "units/" + id + "/departments?offset=1": "d1", "units/" + id + "/departments?count=1": "d4",
			"units/none/departments/available": "d2", "units/" + id + "/departments/available": "d1 d2", "units/" + other + "/departments/available": "d3 d2",
			"units/" + id + "/departments/available?offset=1": "d2", "units/" + id + "/departments/available?text=SAL": "d1",
			"units/" + id + "/departments/available?onlyMyDepartments=true": "d2",
		} {
			if a := k.Call("boss", "GET", path, ""); a.Status != 200 || a.Names("departments", "_id") != want {
				k.T.Errorf("%s: %d %s", path, a.Status, a.Text)
			}
		}
	})
}

func TestDepartmentsOfUnitsLookLikeDepartments(t *testing.T) { // rest-api.md 4.7 and 17
	each(t, func(k *kit) {
		id := k.unit("boss", "full", `"unitMonitors":[],"unitDepartments":[{"departmentId":"d1"},{"departmentId":"d4"}]`)
		k.Exec(`UPDATE departments SET had_unit = true, extra = '{"crm":"7"}' WHERE id = 'd2'`)
		k.Exec(`UPDATE departments SET extra = '{"crm":"8"}' WHERE id = 'd1'`)
		if a := k.Call("boss", "GET", "units/none/departments/available", ""); !strings.Contains(a.Text, `"ancestors":null`) || !strings.Contains(a.Text, `"parentId":null`) ||
			!strings.Contains(a.Text, `"crm":"7"`) || !strings.Contains(a.Text, `"type":"d"`) {
			t.Errorf("one that has left its unit: %s", a.Text)
		}
		k.Exec(`UPDATE departments SET had_unit = false WHERE id = 'd2'`)
		if a := k.Call("boss", "GET", "units/none/departments/available", ""); strings.Contains(a.Text, "parentId") || strings.Contains(a.Text, "ancestors") {
			t.Errorf("one that never had a unit: %s", a.Text)
		}
		if a := k.Call("boss", "GET", "units/"+id+"/departments", ""); !strings.Contains(a.Text, `"parentId":"`+id+`"`) || !strings.Contains(a.Text, `"ancestors":["`+id+`"]`) || !strings.Contains(a.Text, `"crm":"8"`) {
			t.Errorf("one in its unit: %s", a.Text)
		}
		up, down := k.Call("boss", "GET", "units/"+id+`/departments?sort={"name":1}`, "").Names("departments", "_id"), k.Call("boss", "GET", "units/"+id+`/departments?sort={"name":-1}`, "").Names("departments", "_id")
		if up != "d4 d1" || down != "d1 d4" {
			t.Errorf("sorted: %s; %s", up, down)
		}
	})
}

func TestOneOfManyGetsTheName(t *testing.T) { // tags-units 2.2
	each(t, func(k *kit) {
		var made sync.Map
		var all sync.WaitGroup
		for i := range 8 {
			all.Go(func() {
				_, _, err := k.Create(context.Background(), rights.Actor("boss"), Draft{Name: "North", Visibility: Public})
				made.Store(i, err == nil)
			})
		}
		all.Wait()
		n := 0
		made.Range(func(_, ok any) bool {
			if ok.(bool) {
				n++
			}
			return true
		})
		if n != 1 {
			k.T.Errorf("%d units of one name", n)
		}
	})
}

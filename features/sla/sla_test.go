package sla

import (
	"strings"
	"testing"
)

func (k *kit) policy(body string) string {
	k.T.Helper()
	a := k.Call("boss", "POST", "sla", body)
	if a.Status != 200 {
		k.T.Fatalf("%d %s", a.Status, a.Text)
	}
	return a.Body["sla"].(map[string]any)["_id"].(string)
}

func TestAPolicyIsMadeChangedAndRemoved(t *testing.T) { // tags-units 5.2
	each(t, func(k *kit) {
		id := k.policy(`{"name":" Gold ","description":" d ","dueTimeInMinutes":5}`)
		want := `{"_id":"` + id + `","name":"Gold","description":"d","dueTimeInMinutes":5,"_updatedAt":"2026-09-21T14:13:20.000Z","success":true}`
		if a := k.Call("agent", "GET", "sla/"+id, ""); a.Status != 200 || a.Text != want {
			k.T.Errorf("%d %s", a.Status, a.Text)
		}
		if a := k.Call("boss", "PUT", "sla/"+id, `{"name":"GOLD","dueTimeInMinutes":5}`); a.Status != 200 || !strings.Contains(a.Text, `{"sla":{"_id":"`+id+`","name":"GOLD","description":"","dueTimeInMinutes":5`) || k.told() != "" {
			k.T.Errorf("the due time is what it was: %d %s, told %s", a.Status, a.Text, k.told())
		}
		if a := k.Call("boss", "PUT", "sla/"+id, `{"name":"GOLD","dueTimeInMinutes":6}`); a.Status != 200 || k.told() != `sla.changed{"sla":"`+id+`","minutes":6}` {
			k.T.Errorf("%d %s, told %s", a.Status, a.Text, k.told())
		}
		if a := k.Call("boss", "DELETE", "sla/"+id, ""); a.Text != `{"success":true}` || !strings.Contains(k.told(), `sla.changed{"sla":"`+id+`","removed":true}`) {
			k.T.Errorf("%d %s, told %s", a.Status, a.Text, k.told())
		}
		if a := k.Call("boss", "GET", "sla/"+id, ""); a.Status != 404 || a.Body["error"] != "SLA with id "+id+" not found" {
			k.T.Errorf("%d %s", a.Status, a.Text)
		}
	})
}

func TestWhatAPolicyRefuses(t *testing.T) { // tags-units 5.1, 5.2, 7.7
	each(t, func(k *kit) {
		id := k.policy(`{"name":"Gold","dueTimeInMinutes":5}`)
		k.policy(`{"name":"Silver","dueTimeInMinutes":525600}`)
		before := k.state()
		for _, c := range []struct {
			method, path, body string
			status             int
			contains           string
		}{
			{"POST", "sla", `{"name":"gOLD","dueTimeInMinutes":7}`, 400, "error-duplicated-sla"},
			{"POST", "sla", `{"name":"Bronze","dueTimeInMinutes":5}`, 400, "error-duplicated-sla"},
			{"POST", "sla", `{"name":"Bronze","dueTimeInMinutes":0}`, 400, "invalid-params"},
			{"POST", "sla", `{"name":"Bronze","dueTimeInMinutes":-1}`, 400, "invalid-params"},
			{"POST", "sla", `{"name":"Bronze","dueTimeInMinutes":525601}`, 400, "invalid-params"},
			{"POST", "sla", `{"name":"Bronze","dueTimeInMinutes":1.5}`, 400, "invalid-params"},
			{"POST", "sla", `{"name":"  ","dueTimeInMinutes":7}`, 400, "error-invalid-name"},
			{"POST", "sla", `{"dueTimeInMinutes":7}`, 400, "must have required property 'name' [invalid-params]"},
			{"POST", "sla", `{"name":"Bronze"}`, 400, "must have required property 'dueTimeInMinutes' [invalid-params]"},
			{"POST", "sla", `{"name":"Bronze","dueTimeInMinutes":7,"color":"red"}`, 400, "must NOT have additional properties [invalid-params]"},
			{"PUT", "sla/" + id, `{"name":"SILVER","dueTimeInMinutes":5}`, 400, "error-duplicated-sla"},
			{"PUT", "sla/" + id, `{"name":"Gold","dueTimeInMinutes":525600}`, 400, "error-duplicated-sla"},
			{"PUT", "sla/unknown", `{"name":"Bronze","dueTimeInMinutes":7}`, 404, "SLA with id unknown not found"},
			{"DELETE", "sla/unknown", "", 400, "SLA with id unknown not found"},
		} {
			if a := k.Call("boss", c.method, c.path, c.body); a.Status != c.status || !strings.Contains(a.Text, c.contains) {
				k.T.Errorf("%s %s %s: %d %s", c.method, c.path, c.body, a.Status, a.Text)
			}
		}
		if k.state() != before {
			k.T.Error("something changed")
		}
	})
}

func TestPoliciesAreListed(t *testing.T) { // tags-units 5.2, rest-api.md 1.7
	each(t, func(k *kit) {
		k.policy(`{"name":"c_1","description":"Zebra","dueTimeInMinutes":9}`)
		k.policy(`{"name":"A","description":"100%","dueTimeInMinutes":20}`)
		k.policy(`{"name":"b","dueTimeInMinutes":7}`)
		for query, want := range map[string]string{"": "A b c_1", "?text=ZEB": "c_1", "?text=_": "c_1", "?text=%25": "A", "?text=none": "", `?sort={"dueTimeInMinutes":1}`: "b c_1 A",
			`?sort={"name":-1}`: "c_1 b A", `?sort={"(x":1}`: "A b c_1", "?count=1&offset=1": "b", "?count=0": "A b c_1"} {
			if a := k.Call("agent", "GET", "sla"+query, ""); a.Status != 200 || a.Names("sla", "name") != want {
				k.T.Errorf("%s: %d %s", query, a.Status, a.Text)
			}
		}
	})
}

func TestWhoMayWorkWithPrioritiesAndPolicies(t *testing.T) { // permissions.md 4
	each(t, func(k *kit) {
		id := k.policy(`{"name":"Gold","dueTimeInMinutes":5}`)
		before := k.state()
		reading := []string{"GET sla", "GET sla/" + id, "GET priorities", "GET priorities/priority-1"}
		writing := []string{"POST sla", "PUT sla/" + id, "DELETE sla/" + id, "PUT priorities/priority-1", "GET priorities.reset", "POST priorities.reset"}
		for _, p := range append(reading, writing...) {
			method, path, _ := strings.Cut(p, " ")
			for as, want := range map[string]int{"": 401, "nobody": 403, "agent": 403} {
				if as == "agent" && method == "GET" && path != "priorities.reset" {
					want = 200
				}
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

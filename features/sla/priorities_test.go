package sla

import (
	"context"
	"strings"
	"testing"

	"github.com/foyerchat/foyer/platform/db"
)

func TestTheFivePriorities(t *testing.T) { // tags-units 4.1, 4.2, 7.8
	each(t, func(k *kit) {
		for query, want := range map[string]string{"": "Highest High Medium Low Lowest", "?text=HIGH": "Highest High", "?text=niedrig": "Low Lowest", "?text=متوسطة": "Medium",
			"?text=%25": "", "?count=2&offset=1": "High Medium", "?offset=9": "", `?sort={"name":1}`: "High Highest Low Lowest Medium", `?sort={"sortItem":-1}`: "Lowest Low Medium High Highest"} {
			if a := k.call("agent", "GET", "priorities"+query, ""); a.status != 200 || a.names("priorities", "i18n") != want {
				k.t.Errorf("%s: %d %s", query, a.status, a.text)
			}
		}
		if a := k.call("agent", "GET", "priorities/priority-1", ""); a.text != `{"_id":"priority-1","i18n":"Highest","sortItem":1,"dirty":false,"_updatedAt":"1970-01-01T00:00:00.000Z","success":true}` {
			k.t.Errorf("%d %s", a.status, a.text)
		}
		if a := k.call("agent", "GET", "priorities/x", ""); a.status != 404 || a.body["error"] != "Priority with id x not found" {
			k.t.Errorf("%d %s", a.status, a.text)
		}
	})
}

func TestAPriorityIsRenamedAndReset(t *testing.T) { // tags-units 4.2
	each(t, func(k *kit) {
		put := func(id, body string) answer { return k.call("boss", "PUT", "priorities/"+id, body) }
		if a := put("priority-1", `{"name":" VIP "}`); a.text != `{"success":true}` || k.told() != `priority.changed{"_id":"priority-1","name":"VIP"}` {
			k.t.Errorf("%s, told %s", a.text, k.told())
		}
		if a := k.call("boss", "GET", "priorities/priority-1", ""); a.body["name"] != "VIP" || a.body["dirty"] != true || a.body["i18n"] != "Highest" {
			k.t.Error(a.text)
		}
		if a := k.call("boss", "GET", "priorities?text=high", ""); a.names("priorities", "i18n") != "High" { // it is not called so any more
			k.t.Error(a.text)
		}
		if a := k.call("boss", "GET", "priorities.reset", ""); a.text != `{"reset":true,"success":true}` {
			k.t.Error(a.text)
		}
		put("priority-1", `{"name":"VIP"}`)
		put("priority-2", `{"name":true}`) // texts are coerced
		put("priority-2", `{"reset":true}`)
		put("priority-1", `{"name":"Highest"}`) // its own default
		want := `priority.changed{"_id":"priority-1","name":"VIP"} priority.changed{"_id":"priority-1"} priority.changed{"_id":"priority-2","name":"true"} priority.changed{"_id":"priority-2"}`
		if a := k.call("boss", "GET", "priorities.reset", ""); a.body["reset"] != false || k.told() != want {
			k.t.Errorf("%s, told %s", a.text, k.told())
		}
		put("priority-3", `{"name":"c"}`)
		put("priority-4", `{"name":"d"}`)
		if a := k.call("boss", "POST", "priorities.reset", ""); a.text != `{"success":true}` || k.texts(`SELECT name FROM priorities WHERE name <> ''`) != "" {
			k.t.Error(a.text)
		}
	})
}

func TestWhatAPriorityRefuses(t *testing.T) { // tags-units 4.2
	each(t, func(k *kit) {
		k.call("boss", "PUT", "priorities/priority-1", `{"name":"VIP"}`)
		before := k.state()
		const notOne = "must match exactly one schema in oneOf [invalid-params]"
		for _, c := range []struct{ id, body, contains string }{
			{"priority-2", `{}`, notOne}, {"priority-2", ``, notOne}, {"priority-2", `{"name":"x","reset":true}`, notOne}, {"priority-2", `{"reset":false}`, notOne},
			{"priority-2", `{"name":{}}`, "invalid-params"}, {"priority-2", `{"name":"x","color":"red"}`, "invalid-params"}, {"priority-2", `{"color":"red"}`, "invalid-params"},
			{"priority-2", `{"name":" "}`, "error-invalid-name"}, {"priority-2", `{"name":"` + strings.Repeat("x", 101) + `"}`, "invalid-params"},
			{"priority-2", `{"name":"vip"}`, "error-duplicate-priority-name"}, {"priority-2", `{"name":"HIGHEST"}`, "error-duplicate-priority-name"},
			{"priority-2", `{"name":"low"}`, "error-duplicate-priority-name"}, {"unknown", `{"name":"x"}`, "error-unable-to-update-priority"},
			{"unknown", `{"reset":true}`, "error-unable-to-update-priority"},
		} {
			if a := k.call("boss", "PUT", "priorities/"+c.id, c.body); a.status != 400 || !strings.Contains(a.text, c.contains) {
				k.t.Errorf("%s %s: %d %s", c.id, c.body, a.status, a.text)
			}
		}
		if k.state() != before {
			k.t.Error("something changed")
		}
		k.call("boss", "POST", "priorities.reset", "")
		if a := k.call("boss", "POST", "priorities.reset", ""); a.status != 400 {
			k.t.Errorf("nothing is renamed: %d %s", a.status, a.text)
		}
	})
}

// A start repairs the set and loses no name.
func TestAStartRepairsThePriorities(t *testing.T) { // tags-units 4.1
	const set = `SELECT i18n || weight || name FROM priorities ORDER BY weight`
	each(t, func(k *kit) {
		ctx := context.Background()
		start := func() string {
			k.t.Helper()
			if err := k.Start(ctx); err != nil {
				k.t.Fatal(err)
			}
			return k.texts(set)
		}
		before := k.state()
		if start(); k.state() != before {
			k.t.Error("nothing was wrong")
		}
		for name, damage := range map[string]string{
			"missing":  `DELETE FROM priorities WHERE weight = 3`,
			"all gone": `DELETE FROM priorities`,
			"weights":  `UPDATE priorities SET weight = 15 - weight`,
			"another":  `INSERT INTO priorities (id, i18n, weight, updated_at) VALUES ('x', 'Extra', 6, 1)`,
			"id taken": `UPDATE priorities SET id = CASE id WHEN 'priority-1' THEN 'y' WHEN 'priority-2' THEN 'priority-1' ELSE id END, i18n = CASE id WHEN 'priority-1' THEN 'Gone' ELSE i18n END WHERE id IN ('priority-1')`,
		} {
			if err := k.DB.InTx(ctx, func(tx *db.Tx) error {
				if _, err := tx.Exec(ctx, `UPDATE priorities SET name = 'Soon' WHERE i18n = 'Low'`); err != nil {
					return err
				}
				_, err := tx.Exec(ctx, damage)
				return err
			}); err != nil {
				k.t.Fatal(err)
			}
			want := "Highest1 High2 Medium3 Low4Soon Lowest5"
			if name == "all gone" {
				want = "Highest1 High2 Medium3 Low4 Lowest5"
			}
			if got := start(); got != want {
				k.t.Errorf("%s: %s", name, got)
			}
		}
	})
}

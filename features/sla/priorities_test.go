package sla

import (
	"context"
	"strings"
	"testing"

	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/test/stage"
)

func TestTheFivePriorities(t *testing.T) { // tags-units 4.1, 4.2, 7.8
	each(t, func(k *kit) {
		for query, want := range map[string]string{"": "Highest High Medium Low Lowest", "?text=HIGH": "Highest High", "?text=niedrig": "Low Lowest", "?text=متوسطة": "Medium",
			"?text=%25": "", "?count=2&offset=1": "High Medium", "?offset=9": "", `?sort={"name":1}`: "High Highest Low Lowest Medium", `?sort={"sortItem":-1}`: "Lowest Low Medium High Highest"} {
			if a := k.Call("agent", "GET", "priorities"+query, ""); a.Status != 200 || a.Names("priorities", "i18n") != want {
				k.T.Errorf("%s: %d %s", query, a.Status, a.Text)
			}
		}
		if a := k.Call("agent", "GET", "priorities/priority-1", ""); a.Text != `{"_id":"priority-1","i18n":"Highest","sortItem":1,"dirty":false,"_updatedAt":"1970-01-01T00:00:00.000Z","success":true}` {
			k.T.Errorf("%d %s", a.Status, a.Text)
		}
		if a := k.Call("agent", "GET", "priorities/x", ""); a.Status != 404 || a.Body["error"] != "Priority with id x not found" {
			k.T.Errorf("%d %s", a.Status, a.Text)
		}
	})
}

func TestAPriorityIsRenamedAndReset(t *testing.T) { // tags-units 4.2
	each(t, func(k *kit) {
		put := func(id, body string) stage.Answer { return k.Call("boss", "PUT", "priorities/"+id, body) }
		if a := put("priority-1", `{"name":" VIP "}`); a.Text != `{"success":true}` || k.told() != `priority.changed{"_id":"priority-1","name":"VIP"}` {
			k.T.Errorf("%s, told %s", a.Text, k.told())
		}
		if a := k.Call("boss", "GET", "priorities/priority-1", ""); a.Body["name"] != "VIP" || a.Body["dirty"] != true || a.Body["i18n"] != "Highest" {
			k.T.Error(a.Text)
		}
		if a := k.Call("boss", "GET", "priorities?text=high", ""); a.Names("priorities", "i18n") != "High" { // it is not called so any more
			k.T.Error(a.Text)
		}
		if a := k.Call("boss", "GET", "priorities.reset", ""); a.Text != `{"reset":true,"success":true}` {
			k.T.Error(a.Text)
		}
		put("priority-1", `{"name":"VIP"}`)
		put("priority-2", `{"name":true}`) // texts are coerced
		put("priority-2", `{"reset":true}`)
		put("priority-1", `{"name":"Highest"}`) // its own default
		want := `priority.changed{"_id":"priority-1","name":"VIP"} priority.changed{"_id":"priority-1"} priority.changed{"_id":"priority-2","name":"true"} priority.changed{"_id":"priority-2"}`
		if a := k.Call("boss", "GET", "priorities.reset", ""); a.Body["reset"] != false || k.told() != want {
			k.T.Errorf("%s, told %s", a.Text, k.told())
		}
		put("priority-3", `{"name":"c"}`)
		put("priority-4", `{"name":"d"}`)
		if a := k.Call("boss", "POST", "priorities.reset", ""); a.Text != `{"success":true}` || k.Words(`SELECT name FROM priorities WHERE name <> ''`) != "" {
			k.T.Error(a.Text)
		}
	})
}

func TestWhatAPriorityRefuses(t *testing.T) { // tags-units 4.2
	each(t, func(k *kit) {
		k.Call("boss", "PUT", "priorities/priority-1", `{"name":"VIP"}`)
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
			if a := k.Call("boss", "PUT", "priorities/"+c.id, c.body); a.Status != 400 || !strings.Contains(a.Text, c.contains) {
				k.T.Errorf("%s %s: %d %s", c.id, c.body, a.Status, a.Text)
			}
		}
		if k.state() != before {
			k.T.Error("something changed")
		}
		k.Call("boss", "POST", "priorities.reset", "")
		if a := k.Call("boss", "POST", "priorities.reset", ""); a.Status != 400 {
			k.T.Errorf("nothing is renamed: %d %s", a.Status, a.Text)
		}
	})
}

// A start repairs the set and loses no name.
func TestAStartRepairsThePriorities(t *testing.T) { // tags-units 4.1
	const set = `SELECT i18n || weight || name FROM priorities ORDER BY weight`
	each(t, func(k *kit) {
		ctx := context.Background()
		start := func() string {
			k.T.Helper()
			if err := k.Start(ctx); err != nil {
				k.T.Fatal(err)
			}
			return k.Words(set)
		}
		before := k.state()
		if start(); k.state() != before {
			k.T.Error("nothing was wrong")
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
				k.T.Fatal(err)
			}
			want := "Highest1 High2 Medium3 Low4Soon Lowest5"
			if name == "all gone" {
				want = "Highest1 High2 Medium3 Low4 Lowest5"
			}
			if got := start(); got != want {
				k.T.Errorf("%s: %s", name, got)
			}
		}
	})
}

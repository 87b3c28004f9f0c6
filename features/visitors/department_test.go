package visitors

import (
	"context"
	"testing"

	"github.com/foyerchat/foyer/chat"
)

func TestOfDepartmentsOfOneName(t *testing.T) { // departments.md 2: id, then enabled, then the oldest
	each(t, func(k *kit) {
		k.exec(`INSERT INTO departments (id, site_id, name, enabled, archived, show_on_registration, show_on_offline_form, updated_at) VALUES
			('a1', 'default', 'Sales', false, false, true, true, 9), ('b1', 'default', 'Sales', true, false, true, true, 9),
			('c1', 'default', 'Sales', true, false, true, true, 1), ('d1', 'default', 'b1', true, false, true, true, 1)`)
		for given, want := range map[string]chat.DepartmentID{"Sales": "b1", "a1": "a1", "b1": "b1"} {
			if got, err := departmentNamed(context.Background(), k.DB, chat.DefaultSite, given); err != nil || got != want {
				t.Errorf("%s: %s %v", given, got, err)
			}
		}
	})
}

func TestARemovedDepartmentIsForgotten(t *testing.T) { // departments.md 5.3
	each(t, func(k *kit) {
		ann := k.visitor("ann")
		k.visitor("ben")
		k.exec(`UPDATE visitors SET department_id = CASE id WHEN '` + string(ann.ID) + `' THEN 'gone' ELSE 'other' END`)
		for _, step := range []struct {
			e    chat.DepartmentChanged
			left int64
		}{{chat.DepartmentChanged{Department: "gone", Gone: true}, 2}, {chat.DepartmentChanged{Department: "gone", Removed: true}, 1}} {
			k.must(k.onDepartmentChanged(context.Background(), "e", step.e))
			if n := k.number(`SELECT count(*) FROM visitors WHERE department_id <> ''`); n != step.left {
				t.Errorf("%+v: %d left", step.e, n)
			}
		}
	})
}

package departments

import (
	"context"
	"strings"
	"testing"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/testkit"
)

// leftHours hears which hours were left.
type leftHours struct{ heard []string }

func (l *leftHours) Left(_ context.Context, _ *db.Tx, hour chat.HourID) error {
	l.heard = append(l.heard, string(hour))
	return nil
}

func TestDepartmentsFollowOneBusinessHour(t *testing.T) { // RQ-BH-5
	testHours(t, func(s *Service, following func() string) {
		ctx := context.Background()
		heard := &leftHours{}
		s.Hours = heard
		follow := func(hour chat.HourID, departments ...chat.DepartmentID) error {
			return s.DB.InTx(ctx, func(tx *db.Tx) error { return s.FollowHour(ctx, tx, hour, departments) })
		}
		leave := func(d chat.DepartmentID) {
			t.Helper()
			if err := s.DB.InTx(ctx, func(tx *db.Tx) error { return s.leaveHour(ctx, tx, d) }); err != nil {
				t.Error(err)
			}
		}
		steps := []struct {
			hour        chat.HourID
			departments []chat.DepartmentID
			refused     bool
			want        string
		}{
			{"h1", []chat.DepartmentID{"d1", "d2", "d1"}, false, "d1 h1; d2 h1"},
			{"h2", []chat.DepartmentID{"d2"}, false, "d1 h1; d2 h2"}, // another hour replaces it
			{"h1", nil, false, "d2 h2"},                              // none follows any more
			{"h1", []chat.DepartmentID{"d1", "d3"}, true, "d2 h2"},   // d3 is disabled
			{"h1", []chat.DepartmentID{"d4"}, true, "d2 h2"},         // archived
			{"h1", []chat.DepartmentID{"nowhere"}, true, "d2 h2"},
			{"h1", []chat.DepartmentID{"d1"}, false, "d1 h1; d2 h2"},
		}
		for i, st := range steps {
			if err := follow(st.hour, st.departments...); (err != nil) != st.refused {
				t.Errorf("step %d: %v", i, err)
			}
			if got := following(); got != st.want {
				t.Errorf("step %d: %s, want %s", i, got, st.want)
			}
		}
		leave("d1")
		leave("d1")
		leave("nowhere")
		if got, said := following(), strings.Join(heard.heard, " "); got != "d2 h2" || said != "h1" {
			t.Errorf("%s; heard %q", got, said)
		}
	})
}

func testHours(t *testing.T, run func(s *Service, following func() string)) {
	t.Helper()
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) {
		fill(t, d)
		s := New(Deps{DB: d})
		run(s, func() string {
			all, err := db.All(context.Background(), s.DB, func(r db.Row) (string, error) {
				var d, h string
				err := r.Scan(&d, &h)
				return d + " " + h, err
			}, `SELECT id, business_hour_id FROM departments WHERE business_hour_id <> '' ORDER BY id`)
			if err != nil {
				t.Fatal(err)
			}
			return strings.Join(all, "; ")
		})
	})
}

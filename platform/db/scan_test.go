package db_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/testkit"
)

func TestIn(t *testing.T) {
	for _, c := range []struct {
		n, from int
		want    string
	}{{3, 2, "$2,$3,$4"}, {1, 1, "$1"}, {2, 9, "$9,$10"}, {0, 1, "NULL"}} {
		if got := db.In(c.n, c.from); got != c.want {
			t.Errorf("In(%d, %d) = %s, want %s", c.n, c.from, got, c.want)
		}
	}
}

func TestValues(t *testing.T) {
	for _, c := range []struct {
		n, columns, from int
		want             string
	}{{2, 3, 1, "($1,$2,$3),($4,$5,$6)"}, {1, 1, 2, "($2)"}, {3, 1, 9, "($9),($10),($11)"}} {
		if got := db.Values(c.n, c.columns, c.from); got != c.want {
			t.Errorf("Values(%d, %d, %d) = %s, want %s", c.n, c.columns, c.from, got, c.want)
		}
	}
	for n, want := range map[int]int{0: 0, 1: 1, 2: 2, 3: 4, 5: 8, 8: 8, 64: 64, 65: 128} {
		if got := db.Padded(n); got != want {
			t.Errorf("Padded(%d) = %d, want %d", n, got, want)
		}
	}
}

type note struct {
	Text string   `json:"text"`
	Tags []string `json:"tags,omitempty"`
}

func TestJSONComesBackAsItWent(t *testing.T) {
	type cell struct {
		Value *note
		Plain note
		Tags  []string
	}
	full := note{Text: "grüße <b> \u0000 \U0001F600", Tags: []string{"a"}}
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) {
		for _, want := range []cell{{}, {Value: &full, Plain: full, Tags: []string{"x", "y"}}} {
			var got cell
			inTx(t, d, func(tx *db.Tx) error {
				row := tx.QueryRow(t.Context(), `INSERT INTO setting_changes (id, setting, previous, value, user_id, at)
					VALUES ('1', $1, $2, $3, '', 0) ON CONFLICT (id) DO UPDATE
					SET setting = excluded.setting, previous = excluded.previous, value = excluded.value
					RETURNING setting, previous, value`, db.JSON(want.Value), db.JSON(want.Plain), db.JSON(&want.Tags))
				return row.Scan(db.JSON(&got.Value), db.JSON(&got.Plain), db.JSON(&got.Tags))
			})
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		}
		stored, err := db.One(t.Context(), d, text, `SELECT setting FROM setting_changes`)
		if err != nil || stored == "" {
			t.Errorf("stored %q %v", stored, err)
		}
	})
}

func TestOneAndAllOfNothing(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) {
		if _, err := db.One(t.Context(), d, text, `SELECT name FROM counters`); !errors.Is(err, db.ErrNoRows) {
			t.Errorf("got %v", err)
		}
		all, err := db.All(t.Context(), d, text, `SELECT name FROM counters WHERE name IN (`+db.In(0, 1)+`)`)
		if all == nil || len(all) != 0 || err != nil {
			t.Errorf("got %v %v", all, err)
		}
		if _, err := db.All(t.Context(), d, text, `SELECT nonsense FROM counters`); err == nil {
			t.Error("a wrong column was read")
		}
	})
}

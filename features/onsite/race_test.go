package onsite

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/id"
	"github.com/foyerchat/foyer/platform/jobs"
	"github.com/foyerchat/foyer/platform/rest"
)

var asAnn = []string{rest.GuestHeader, "ann's"}

func (k *kit) invites(page, text string) {
	k.t.Helper()
	if status, answer := k.call("bob", "POST", "onsite.invite", fields{"_id": idOf(k, page), "text": text}); status != 200 {
		k.t.Fatal(status, answer)
	}
}

func (k *kit) says(said *Spoken, want string) {
	k.t.Helper()
	if got := ""; said != nil {
		if got = said.Text; got != want {
			k.t.Errorf("said %q, want %q", got, want)
		}
	} else if want != "" {
		k.t.Errorf("nothing was said, want %q", want)
	}
}

// A sign of life that read a visitor before an agent invited him, or took it back, writes
// afterwards: what the agent did stays.
func TestASignOfLifeWritesNothingOfAnInvitation(t *testing.T) {
	each(t, func(k *kit) {
		k.here("a", fields{"moved": true})
		beat := func(meanwhile row) {
			k.must(k.DB.InTx(t.Context(), func(tx *db.Tx) error {
				old, err := rowOfPage(t.Context(), tx, id.Hash("a-page-load"))
				if err != nil {
					return err
				}
				if _, err = invite(t.Context(), tx, old.id, meanwhile); err != nil {
					return err
				}
				_, err = k.sees(t.Context(), tx, old, Beat{Href: "https://shop.example/a"})
				return err
			}))
		}
		beat(row{invitation: "i", text: "Hello", by: "bob", invitedAt: begin})
		k.says(k.here("a", nil), "Hello")
		beat(row{})
		k.says(k.here("a", nil), "")
	})
}

// What a sign of life has read nobody changes before it has written.
func TestASignOfLifeHoldsItsRow(t *testing.T) {
	each(t, func(k *kit) {
		if k.DB.Engine() != db.PostgreSQL {
			return // SQLite has one writer
		}
		k.here("a", fields{"moved": true})
		k.must(k.DB.InTx(t.Context(), func(tx *db.Tx) error {
			if _, err := rowOfPage(t.Context(), tx, id.Hash("a-page-load")); err != nil {
				return err
			}
			return k.DB.InTx(t.Context(), func(other *db.Tx) error {
				free, err := db.All(t.Context(), other, number, `SELECT 1 FROM sightings`+other.SkipLocked())
				if len(free) != 0 {
					t.Errorf("%d rows are free", len(free))
				}
				return err
			})
		}))
	})
}

// A forgotten row that is not removed yet is in nobody's way.
func TestAPageLoadWhoseRowHasExpired(t *testing.T) {
	each(t, func(k *kit) {
		k.here("a", fields{"moved": true})
		k.clock.Advance(lives - time.Second)
		k.here("b", fields{"moved": true}, asAnn...)
		k.clock.Advance(2 * time.Second)
		k.here("a", fields{"moved": true}, asAnn...)
		k.wants("boss", "a:Ann:browsing:2/1:")
	})
}

// Each statement of a sign of life goes by an index, also where it is a partial one.
func TestASignOfLifeReadsNoWholeTable(t *testing.T) {
	each(t, func(k *kit) {
		for _, x := range []struct {
			sql, index string
			args       []any
		}{
			{rowColumns + ofPage, "page", []any{"p", 1}}, {rowColumns + ofVisitor, "sightings_visitor", []any{"v", "s", 1}},
			{rowColumns + before, "sightings_kin", []any{"k", "r", "h", 1}}, {others, "sightings_visitor", []any{"v", "s", "p"}},
			{crowded, "sightings_origin", []any{1, most, "o", mostOfOne}},
		} {
			var plan []string
			k.must(k.DB.InTx(t.Context(), func(tx *db.Tx) (err error) {
				explain, one := `EXPLAIN QUERY PLAN `, func(r db.Row) (s string, err error) {
					var a, b, c int
					return s, r.Scan(&a, &b, &c, &s)
				}
				if k.DB.Engine() == db.PostgreSQL { // which goes by its statistics: without one it would read all
					explain, one = `EXPLAIN `, func(r db.Row) (s string, err error) { return s, r.Scan(&s) }
					if _, err := tx.Exec(t.Context(), `SET LOCAL enable_seqscan = off`); err != nil {
						return err
					}
				}
				plan, err = db.All(t.Context(), tx, one, explain+x.sql, x.args...)
				return err
			}))
			if got := strings.Join(plan, "\n"); !strings.Contains(got, x.index) || strings.Contains(got, "SCAN sightings\n") || strings.Contains(got, "Seq Scan") {
				t.Errorf("%s: %s", x.index, got)
			}
		}
	})
}

func TestASignOfLifeOfAnErasedVisitor(t *testing.T) {
	each(t, func(k *kit) {
		k.here("a", fields{"moved": true}, asAnn...)
		k.exec(`DELETE FROM visitors WHERE id = 'ann'`) // before this feature hears of it
		k.here("a", fields{"name": "Al"})
		k.wants("boss", "a:Al:browsing:1/1:")
		if x := k.list("boss")[0]; x.Visitor != "" || x.Email != "" {
			t.Errorf("%+v", x)
		}
	})
}

func TestAnInvitationOnAnotherPageOfTheVisitor(t *testing.T) {
	each(t, func(k *kit) {
		k.here("a", fields{"moved": true})
		k.here("b", fields{"moved": true})
		k.here("a", nil, asAnn...)
		k.invites("a", "Hello Ann")
		k.says(k.here("b", nil, asAnn...), "Hello Ann")
		k.wants("boss", "b:Ann:offered:1/1:")
		k.says(k.here("c", fields{"moved": true}, asAnn...), "Hello Ann")
	})
}

// A chat that is over before the next sign of life has answered all the same.
func TestAShortChatEndsAnInvitation(t *testing.T) {
	each(t, func(k *kit) {
		k.here("a", fields{"moved": true}, asAnn...)
		k.invites("a", "Hello Ann")
		k.room("default", "bob", "")
		k.exec(`UPDATE rooms SET open = false, ts = $1`, begin)
		k.says(k.here("a", nil, asAnn...), "")
		k.wants("boss", "a:Ann:browsing:1/1:")
		k.clock.Advance(time.Second)
		k.invites("a", "Once more")
		k.says(k.here("a", nil, asAnn...), "Once more")
	})
}

func TestVisitorsAreFoundInEveryScript(t *testing.T) {
	each(t, func(k *kit) {
		k.here("a", fields{"moved": true, "title": "Ärzte in Köln", "name": "Ñandú"})
		k.here("b", fields{"moved": true}, asAnn...)
		for text, want := range map[string]int64{"Ärzte": 1, "äRZTE": 1, "arzte": 1, "ÑANDÚ": 1, "Ann@Example": 1, "shop.example": 2, "Ärztin": 0, "_": 0} {
			found, total, _, err := k.List(context.Background(), people["boss"], Filter{Text: text, Limit: 1})
			if err != nil || total != want || int64(len(found)) != min(1, want) {
				t.Errorf("%s: %d of %d, %v", text, len(found), total, err)
			}
		}
		if status, text := k.call("boss", "GET", "onsite?offset=5&text="+url.QueryEscape("shop"), nil); status != 200 || !strings.Contains(text, `"total":2`) {
			t.Error(status, text)
		}
	})
}

func TestTooManyVisitors(t *testing.T) {
	each(t, func(k *kit) {
		fill := func(n int, left, expires int64, origin string) {
			k.exec(`DELETE FROM sightings`)
			k.exec(`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < CAST($1 AS INTEGER))
				INSERT INTO sightings (id, page, kin, site_id, visitor_id, name, staff_name, email, phone, href, title, referrer, browser, targets, offered, pages, visits, began_at, seen_at, left_at, expires_at, invitation_id, invitation, invited_by, invited_at, origin)
				SELECT 'x' || i, 'x' || i, '', 'default', '', '', '', '', '', '', '', '', '', '[]', false, 1, 1, 1, 1, CAST($2 AS BIGINT), CAST($3 AS BIGINT), '', '', '', 0, CAST($4 AS TEXT) FROM n`, n, left, expires, origin)
		}
		later, mine := int64(begin)+1000, id.Hash("192.0.2.1")
		for name, c := range map[string]struct {
			n             int
			left, expires int64
			origin        string
			want          bool
		}{
			"all places taken": {most, 0, later, "", false}, "one is free": {most - 1, 0, later, "", true}, "they have left": {most, 1, later, "", true}, "they are forgotten": {most, 0, int64(begin), "", true},
			"one address": {mostOfOne, 0, later, mine, false}, "one address, which hurries": {mostOfOne, 1, later, mine, false}, "one address with a place": {mostOfOne - 1, 0, later, mine, true},
			"one address, forgotten": {mostOfOne, 0, int64(begin), mine, true}, "another address": {mostOfOne, 0, later, "", true},
		} {
			fill(c.n, c.left, c.expires, c.origin)
			status, text := k.call("", "POST", "widget/here", fields{"page": "a-page-load", "href": "https://shop.example/a", "moved": true})
			if status != 200 || strings.Contains(text, fmt.Sprint(`"watched":`, !c.want)) {
				t.Errorf("%s: %d %s", name, status, text)
			}
		}
		fill(0, 0, later, "")
		k.exec(`DELETE FROM sightings`)
		for i := range mostOfOne {
			k.here(fmt.Sprint("p", i), fields{"moved": true})
		}
		if _, text := k.call("", "POST", "widget/here", fields{"page": "a-page-load", "href": "https://shop.example/a", "moved": true}); strings.Contains(text, `"watched":true`) {
			t.Error(text)
		}
		k.here("p0", nil) // who is there stays
	})
}

func TestForgettingIsNewsOnlyOfWhoWasShown(t *testing.T) {
	each(t, func(k *kit) {
		run := func(want int64) {
			t.Helper()
			k.moved()
			k.clock.Advance(lives)
			if k.must(k.Jobs()[0].Run(t.Context(), jobs.Run{})); k.moved() != want {
				t.Errorf("not told %d times", want)
			}
		}
		k.here("a", fields{"moved": true})
		k.here("a", fields{"left": true})
		run(0)
		k.here("b", fields{"moved": true})
		run(1)
		if k.Jobs()[0].MaxAttempts < 1_000_000 {
			t.Error("after a long outage nobody is forgotten any more")
		}
	})
}

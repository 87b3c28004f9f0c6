package visitors

import (
	"context"
	"fmt"
	"testing"

	"github.com/foyerchat/foyer/platform/db"
)

// webhooks.md 1.10: what is found is added once, nothing is removed, nonsense is left out.
func TestWhatAVisitorWroteIsAdded(t *testing.T) {
	each(t, func(k *kit) {
		ctx := context.Background()
		add := func(mails, numbers []string) {
			k.t.Helper()
			if err := k.DB.InTx(ctx, func(tx *db.Tx) error { return k.AddFound(ctx, tx, "v1", mails, numbers) }); err != nil {
				k.t.Fatal(err)
			}
		}
		read := func(sql string) string {
			k.t.Helper()
			all, err := db.All(ctx, k.DB, func(r db.Row) (s string, err error) { return s, r.Scan(&s) }, sql)
			if err != nil {
				k.t.Fatal(err)
			}
			return fmt.Sprint(all)
		}
		add([]string{"nobody@example.org"}, nil) // of nobody
		if err := k.DB.InTx(ctx, func(tx *db.Tx) error {
			_, err := tx.Exec(ctx, `INSERT INTO visitors (id, site_id, username, token, token_opens, ts, updated_at) VALUES ('v1', 'default', 'guest-1', 't1', true, 1, 1)`)
			return err
		}); err != nil {
			k.t.Fatal(err)
		}
		add([]string{"Ann@Example.org"}, []string{"12 34", "no digit"})
		add([]string{"ann@example.org", "two@example.org", "not an address"}, []string{"12 34", "56"})
		if got := read(`SELECT address FROM visitor_emails ORDER BY position`); got != "[ann@example.org two@example.org]" {
			k.t.Error(got)
		}
		if got := read(`SELECT number FROM visitor_phones ORDER BY position`); got != "[12 34 56]" {
			k.t.Error(got)
		}
		if v, err := k.ByID(ctx, "v1"); err != nil || v.VisitorEmails[0].Address != "ann@example.org" || v.Phone[0].PhoneNumber != "12 34" {
			k.t.Error(v, err)
		}
		var many []string
		for n := range 2 * maxFound {
			many = append(many, fmt.Sprint(n))
		}
		add(nil, many)
		if got := read(`SELECT CAST(count(*) AS TEXT) FROM visitor_phones`); got != fmt.Sprintf("[%d]", maxFound) {
			k.t.Error(got)
		}
		if got := read(`SELECT 'x' FROM visitors WHERE search LIKE '%ann@example.org%'`); got != "[x]" {
			k.t.Error("not found by the new address")
		}
	})
}

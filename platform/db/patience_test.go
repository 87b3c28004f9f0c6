package db_test

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/id"
	"github.com/foyerchat/foyer/platform/testkit"
)

// limited is the address of an empty database for a role that may have few connections.
func limited(t *testing.T, connections int) string {
	t.Helper()
	address, err := url.Parse(testkit.EmptyURL(t, db.PostgreSQL))
	if err != nil {
		t.Fatal(err)
	}
	owner, err := sql.Open("pgx", address.String())
	if err != nil {
		t.Fatal(err)
	}
	role := "few_" + strings.ReplaceAll(id.New(), "-", "")
	run := func(statement string) {
		t.Helper()
		if _, err := owner.Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
	run(fmt.Sprintf(`CREATE ROLE %s LOGIN PASSWORD 'few' CONNECTION LIMIT %d`, role, connections))
	run(`GRANT ALL ON SCHEMA public TO ` + role)
	t.Cleanup(func() {
		run(`DROP OWNED BY ` + role)
		run(`DROP ROLE ` + role)
		owner.Close()
	})
	address.User = url.UserPassword(role, "few")
	return address.String()
}

// A server that has no connection to spare makes people wait, not fail.
func TestTooFewConnections(t *testing.T) {
	ctx := context.Background()
	d, err := db.Open(ctx, limited(t, 3), db.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if err := d.InTx(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `CREATE TABLE notes (n BIGINT PRIMARY KEY)`)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for n := range 40 {
		all.Go(func() {
			if err := d.InTx(ctx, func(tx *db.Tx) error {
				_, err := tx.Exec(ctx, `INSERT INTO notes (n) VALUES ($1)`, n)
				return err
			}); err != nil {
				t.Errorf("write %d: %v", n, err)
			}
			var found int
			if err := d.QueryRow(ctx, `SELECT n FROM notes WHERE n = $1`, n).Scan(&found); err != nil {
				t.Errorf("read one %d: %v", n, err)
			}
			rows, err := d.Query(ctx, `SELECT n FROM notes`)
			if err != nil {
				t.Errorf("read all %d: %v", n, err)
				return
			}
			rows.Close()
		})
	}
	all.Wait()
}

// Whoever waited in vain is told that the server is unavailable, not broken.
func TestNoConnectionForTooLong(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	d, err := db.Open(ctx, limited(t, 1), db.Options{}) // for writing: none is left to read
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	var all sync.WaitGroup
	unavailable := func(how string, err error) {
		if f, ok := fault.Of(err); !ok || f.Kind != fault.Unavailable {
			t.Errorf("%s: %v", how, err)
		}
	}
	all.Go(func() { unavailable("one", d.QueryRow(ctx, `SELECT 1`).Scan(new(int))) })
	all.Go(func() {
		_, err := d.Query(ctx, `SELECT 1`)
		unavailable("all", err)
	})
	all.Wait()
}

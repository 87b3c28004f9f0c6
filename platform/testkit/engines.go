// Package testkit gives tests the real thing: both database engines, migrated and
// thrown away afterwards.
package testkit

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/foyerchat/foyer/migrations"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/id"
)

// Engines are the engines every store is tested on.
var Engines = []db.Engine{db.SQLite, db.PostgreSQL}

// EachEngine runs a subtest per engine with a freshly migrated database of its
// own, on the given clock or else the system's.
func EachEngine(t *testing.T, f func(t *testing.T, d *db.DB), c ...clock.Clock) {
	t.Helper()
	for _, engine := range Engines {
		t.Run(string(engine), func(t *testing.T) { f(t, Open(t, engine, c...)) })
	}
}

// Open opens a freshly migrated database that is gone after the test.
func Open(t testing.TB, engine db.Engine, c ...clock.Clock) *db.DB {
	t.Helper()
	return OpenURL(t, URL(t, engine), c...)
}

// OpenURL opens a database of URL, as a further node would.
func OpenURL(t testing.TB, url string, c ...clock.Clock) *db.DB {
	t.Helper()
	o := db.Options{}
	if len(c) > 0 {
		o.Clock = c[0]
	}
	d, err := db.Open(context.Background(), url, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	return d
}

// URL is the address of a freshly migrated database that is gone after the test.
func URL(t testing.TB, engine db.Engine) string {
	t.Helper()
	if engine == db.SQLite {
		return sqliteURL(t)
	}
	return postgresURL(t, templateOf(t))
}

// EmptyURL is the address of a database without a schema that is gone after the test.
func EmptyURL(t testing.TB, engine db.Engine) string {
	t.Helper()
	if engine == db.SQLite {
		return "sqlite:" + filepath.Join(t.TempDir(), "foyer.db")
	}
	return postgresURL(t, "template0")
}

// migrated is the content of a migrated SQLite file, made once a process.
var migrated = sync.OnceValues(func() ([]byte, error) {
	folder, err := os.MkdirTemp("", "foyer-template")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	file := filepath.Join(folder, "foyer.db")
	if err := migrate("sqlite:" + file); err != nil {
		return nil, err
	}
	return os.ReadFile(file)
})

func sqliteURL(t testing.TB) string {
	t.Helper()
	content, err := migrated()
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "foyer.db")
	if err := os.WriteFile(file, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return "sqlite:" + file
}

func migrate(url string) error {
	d, err := db.Open(context.Background(), url, db.Options{})
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Migrate(context.Background(), migrations.Files)
}

func postgresURL(t testing.TB, template string) string {
	t.Helper()
	name := "foyer_" + id.New()
	address := database(t, name)
	statement := fmt.Sprintf(`CREATE DATABASE %q TEMPLATE %q STRATEGY FILE_COPY`, name, template) // twice as fast, without the log of every page
	if _, err := admin(t).Exec(statement); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if _, err := admin(t).Exec(fmt.Sprintf(`DROP DATABASE %q WITH (FORCE)`, name)); err != nil {
			t.Error(err)
		}
	})
	return address
}

// admin is the process's connection to the server itself.
func admin(t testing.TB) *sql.DB {
	t.Helper()
	pool, err := server()
	if err != nil {
		t.Fatal(err)
	}
	return pool
}

var server = sync.OnceValues(func() (*sql.DB, error) {
	pool, err := sql.Open("pgx", os.Getenv("FOYER_TEST_POSTGRES"))
	if err != nil {
		return nil, err
	}
	pool.SetMaxIdleConns(0)
	return pool, nil
})

func database(t testing.TB, name string) string {
	t.Helper()
	u, err := url.Parse(os.Getenv("FOYER_TEST_POSTGRES"))
	if err != nil || u.Host == "" {
		t.Fatal("FOYER_TEST_POSTGRES must be the address of a PostgreSQL server; `make test` starts one and sets it")
	}
	u.Path = "/" + name
	return u.String()
}

// templateOf is the name of a migrated database to copy, made once a schema.
func templateOf(t testing.TB) string {
	t.Helper()
	name := "foyer_template_" + schemaHash(t)
	finished := database(t, name) // checks the variable, too
	conn, err := admin(t).Conn(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if err := makeTemplate(conn, name, finished); err != nil {
		t.Fatal(err)
	}
	return name
}

// makeTemplate migrates under another name first, so that the template is either
// whole or absent; the lock makes other test processes wait.
func makeTemplate(conn *sql.Conn, name, finished string) error {
	ctx := context.Background()
	if found, err := exists(conn, name); found || err != nil {
		return err
	}
	if _, err := conn.ExecContext(ctx, `SELECT pg_advisory_lock(7063)`); err != nil {
		return err
	}
	defer conn.ExecContext(ctx, `SELECT pg_advisory_unlock(7063)`)
	if found, err := exists(conn, name); found || err != nil {
		return err
	}
	for _, statement := range []string{
		fmt.Sprintf(`DROP DATABASE IF EXISTS "%s_new" WITH (FORCE)`, name),
		fmt.Sprintf(`CREATE DATABASE "%s_new" TEMPLATE template0`, name),
	} {
		if _, err := conn.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	u, err := url.Parse(finished)
	if err != nil {
		return err
	}
	u.Path += "_new"
	if err := migrate(u.String()); err != nil {
		return err
	}
	_, err = conn.ExecContext(ctx, fmt.Sprintf(`ALTER DATABASE "%s_new" RENAME TO %q`, name, name))
	return err
}

func exists(conn *sql.Conn, name string) (found bool, err error) {
	row := conn.QueryRowContext(context.Background(), `SELECT EXISTS (SELECT 1 FROM pg_database WHERE datname = $1)`, name)
	return found, row.Scan(&found)
}

func schemaHash(t testing.TB) string {
	t.Helper()
	h := sha256.New()
	names, err := fs.Glob(migrations.Files, "*.sql")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		content, err := migrations.Files.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		h.Write(content)
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

package db_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/foyerchat/foyer/migrations"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/testkit"
)

// dump is some rows of every sort of column, as text.
func dump(t *testing.T, d *db.DB) []string {
	t.Helper()
	const q = `SELECT u.id || '|' || u.name || '|' || u.created_at || '|' || CASE WHEN u.active THEN 'yes' ELSE 'no' END || '|' || r.role
		FROM users u JOIN user_roles r ON r.user_id = u.id ORDER BY u.id`
	rows, err := db.All(t.Context(), d, text, q)
	if err != nil {
		t.Fatal(err)
	}
	sites, err := db.All(t.Context(), d, text, `SELECT id || '|' || name FROM sites ORDER BY id`)
	if err != nil {
		t.Fatal(err)
	}
	days, err := db.All(t.Context(), d, text, `SELECT day || '|' || department_id || '|' || sum(visitors) FROM visitor_days GROUP BY day, department_id ORDER BY day, department_id`)
	if err != nil {
		t.Fatal(err)
	}
	return append(append(rows, sites...), days...)
}

func addUser(tx *db.Tx, i int) error {
	name := fmt.Sprintf("u%04d", i)
	_, err := tx.Exec(ctx, `INSERT INTO users (id, username, username_lower, name, active, created_at, updated_at)
		VALUES ($1, $1, $1, $2, $3, $4, 0)`, name, "Zoë <\"x\">\n\u2028 "+name, i%2 == 0, int64(1)<<60+int64(i))
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `INSERT INTO user_roles (user_id, role) VALUES ($1, 'agent')`, name)
	return err
}

func TestABackupOfEitherEngineRestoresIntoEither(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, from *db.DB) {
		inTx(t, from, func(tx *db.Tx) error {
			for i := range 130 {
				if err := addUser(tx, i); err != nil {
					return err
				}
			}
			if _, err := tx.Exec(t.Context(), `INSERT INTO visitors (id, site_id, username, token, token_opens, ts, updated_at)
				VALUES ('a', 'default', 'a', 'a', true, 1, 1), ('b', 'default', 'b', 'b', true, 1, 2), ('c', 'default', 'c', 'c', true, 1, 86400000)`); err != nil {
				return err
			}
			_, err := tx.Exec(t.Context(), `UPDATE sites SET name = 'Shop'`)
			return err
		})
		file := filepath.Join(t.TempDir(), "backup")
		if err := from.Backup(t.Context(), file); err != nil {
			t.Fatal(err)
		}
		if s, err := os.Stat(file); err != nil || s.Mode().Perm() != 0o600 {
			t.Errorf("the file is %v %v", s.Mode(), err)
		}
		for _, engine := range testkit.Engines {
			for _, to := range []*db.DB{testkit.Open(t, engine), testkit.OpenURL(t, testkit.EmptyURL(t, engine))} {
				if err := to.Restore(t.Context(), file, migrations.Files); err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(dump(t, from), dump(t, to)); diff != "" {
					t.Errorf("into %s: %s", engine, diff)
				}
				if err := to.Restore(t.Context(), file, migrations.Files); err == nil || !strings.Contains(err.Error(), "in use") {
					t.Errorf("restored over data: %v", err)
				}
			}
		}
	})
}

// Every transaction adds a user and a role; a backup taken meanwhile has as many
// of the one as of the other.
func TestABackupIsOfOneInstant(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) {
		stop := make(chan struct{})
		started := make(chan struct{})
		var all sync.WaitGroup
		all.Go(func() {
			for i := 0; ; i++ {
				select {
				case <-stop:
					return
				default:
				}
				if err := d.InTx(t.Context(), func(tx *db.Tx) error { return addUser(tx, i) }); err != nil {
					t.Error(err)
				}
				if i == 20 {
					close(started)
				}
			}
		})
		<-started
		file := filepath.Join(t.TempDir(), "backup")
		for range 5 {
			if err := d.Backup(t.Context(), file); err != nil {
				t.Fatal(err)
			}
			content := unzip(t, file)
			end := content[strings.LastIndex(strings.TrimSpace(content), "\n"):]
			var users, roles int
			for _, field := range strings.Split(strings.Trim(end, "\n}"), ",") {
				fmt.Sscanf(field, `"users":%d`, &users)
				fmt.Sscanf(field, `"user_roles":%d`, &roles)
			}
			if users < 20 || users != roles {
				t.Errorf("%d users, %d roles", users, roles)
			}
		}
		close(stop)
		all.Wait()
	})
}

func TestARestoreRefusesWhatItCannotTrust(t *testing.T) {
	source := testkit.Open(t, db.SQLite)
	inTx(t, source, func(tx *db.Tx) error { return addUser(tx, 1) })
	file := filepath.Join(t.TempDir(), "backup")
	if err := source.Backup(t.Context(), file); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	bad := spoilt(t, whole, unzip(t, file))
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) {
		before := dump(t, d)
		for name, content := range bad {
			if err := os.WriteFile(file, content, 0o600); err != nil {
				t.Fatal(err)
			}
			if err := d.Restore(t.Context(), file, migrations.Files); err == nil {
				t.Errorf("%s: restored", name)
			}
			if diff := cmp.Diff(before, dump(t, d)); diff != "" {
				t.Fatalf("%s changed something: %s", name, diff)
			}
		}
		if err := os.WriteFile(file, whole, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := d.Restore(t.Context(), file, migrations.Files); err != nil {
			t.Error(err)
		}
	})
}

// spoilt is a sound backup damaged in every way there is.
func spoilt(t *testing.T, whole []byte, content string) map[string][]byte {
	t.Helper()
	checksum := bytes.Clone(whole)
	checksum[len(checksum)-8] ^= 1
	return map[string][]byte{
		"no backup":      []byte("hello"),
		"cut off":        whole[:len(whole)/2],
		"checksum":       checksum,
		"no end":         zip(t, content[:strings.LastIndex(strings.TrimSpace(content), "\n")+1]),
		"a row too few":  zip(t, strings.Replace(content, `["u0001","agent"]`+"\n", "", 1)),
		"unknown table":  zip(t, strings.Replace(content, `"table":"user_roles"`, `"table":"passwords"`, 1)),
		"unknown column": zip(t, strings.Replace(content, `"columns":["user_id","role"]`, `"columns":["user_id","x"]`, 1)),
		"short row":      zip(t, strings.Replace(content, `["u0001","agent"]`, `["u0001"]`, 1)),
		"orphan":         zip(t, strings.Replace(content, `["u0001","agent"]`, `["nobody","agent"]`, 1)),
		"newer":          zip(t, strings.Replace(content, `"schema":`, `"schema":9`, 1)),
		"other layout":   zip(t, strings.Replace(content, `"layout":1`, `"layout":2`, 1)),
		"goes on":        zip(t, content+"{}\n"),
	}
}

// A backup made before an update is brought to the new schema.
func TestABackupOfAnOlderSchemaIsMigrated(t *testing.T) {
	newer := fstest.MapFS{"9000_more.sql": {Data: []byte("-- +goose Up\nALTER TABLE users ADD COLUMN nick TEXT NOT NULL DEFAULT 'none';\nUPDATE users SET nick = name;\n")}}
	names, err := migrations.Files.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range names {
		content, err := migrations.Files.ReadFile(n.Name())
		if err != nil {
			t.Fatal(err)
		}
		newer[n.Name()] = &fstest.MapFile{Data: content}
	}
	testkit.EachEngine(t, func(t *testing.T, old *db.DB) {
		inTx(t, old, func(tx *db.Tx) error { return addUser(tx, 1) })
		file := filepath.Join(t.TempDir(), "backup")
		if err := old.Backup(t.Context(), file); err != nil {
			t.Fatal(err)
		}
		d := testkit.OpenURL(t, testkit.EmptyURL(t, old.Engine()))
		if err := d.Restore(t.Context(), file, newer); err != nil {
			t.Fatal(err)
		}
		same, err := db.One(t.Context(), d, number, `SELECT count(*) FROM users WHERE nick = name`)
		if same != 1 || err != nil {
			t.Errorf("%d %v", same, err)
		}
		migrated := testkit.OpenURL(t, testkit.EmptyURL(t, old.Engine()))
		if err := migrated.Migrate(t.Context(), newer); err != nil {
			t.Fatal(err)
		}
		if err := migrated.Restore(t.Context(), file, newer); err == nil || !strings.Contains(err.Error(), "new database") {
			t.Errorf("an old backup went into a newer schema: %v", err)
		}
	})
}

func TestABackupThatFailsLeavesNothing(t *testing.T) {
	d := testkit.OpenURL(t, testkit.EmptyURL(t, db.SQLite))
	folder := t.TempDir()
	if err := d.Backup(t.Context(), filepath.Join(folder, "backup")); err == nil {
		t.Error("a database without a schema was backed up")
	}
	left, err := os.ReadDir(folder)
	if len(left) != 0 || err != nil {
		t.Error(left, err)
	}
}

func unzip(t *testing.T, file string) string {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	content, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func zip(t *testing.T, content string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	io.WriteString(w, content)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

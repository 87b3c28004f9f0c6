package db_test

import (
	"flag"
	"os"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/foyerchat/foyer/migrations"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/testkit"
)

var update = flag.Bool("update", false, "write the golden files anew")

// twice has a file that does harm if it is applied more than once.
var twice = fstest.MapFS{
	"0001_table.sql": {Data: []byte("-- +goose Up\nCREATE TABLE counters (name TEXT PRIMARY KEY, value BIGINT NOT NULL);\nINSERT INTO counters VALUES ('n', 0);\n")},
	"0002_count.sql": {Data: []byte("-- +goose Up\nUPDATE counters SET value = value + 1;\n")},
	"0003_count.sql": {Data: []byte("-- +goose Up\nUPDATE counters SET value = value + 1;\n")},
}

func TestOfManyNodesOneMigrates(t *testing.T) {
	for _, engine := range testkit.Engines {
		t.Run(string(engine), func(t *testing.T) {
			url := testkit.EmptyURL(t, engine)
			var all sync.WaitGroup
			for range 4 {
				d := testkit.OpenURL(t, url)
				all.Go(func() {
					if err := d.Migrate(t.Context(), twice); err != nil {
						t.Error(err)
					}
				})
			}
			all.Wait()
			n, err := db.One(t.Context(), testkit.OpenURL(t, url), number, `SELECT value FROM counters`)
			if n != 2 || err != nil {
				t.Errorf("two files were applied %d times %v", n, err)
			}
		})
	}
}

func TestMigrationStatus(t *testing.T) {
	for _, engine := range testkit.Engines {
		t.Run(string(engine), func(t *testing.T) {
			d := testkit.OpenURL(t, testkit.EmptyURL(t, engine))
			first := fstest.MapFS{"0001_table.sql": twice["0001_table.sql"]}
			if err := d.Migrate(t.Context(), first); err != nil {
				t.Fatal(err)
			}
			list, err := d.MigrationStatus(t.Context(), twice)
			if err != nil || len(list) != 3 {
				t.Fatal(list, err)
			}
			if list[0].AppliedAt == 0 || list[1].AppliedAt != 0 || list[2].Version != 3 || list[2].Name != "0003_count.sql" {
				t.Error(list)
			}
		})
	}
}

func TestABrokenMigrationChangesNothing(t *testing.T) {
	for _, engine := range testkit.Engines {
		t.Run(string(engine), func(t *testing.T) {
			d := testkit.OpenURL(t, testkit.EmptyURL(t, engine))
			broken := fstest.MapFS{"0001_table.sql": {Data: []byte("-- +goose Up\nCREATE TABLE a (b TEXT);\nINSERT INTO nowhere VALUES (1);\n")}}
			if err := d.Migrate(t.Context(), broken); err == nil {
				t.Fatal("it was applied")
			}
			if err := d.Migrate(t.Context(), twice); err != nil {
				t.Error(err)
			}
			if _, err := db.All(t.Context(), d, text, `SELECT b FROM a`); err == nil {
				t.Error("half of a migration stayed")
			}
		})
	}
}

func TestSchemaIsTheGoldenFile(t *testing.T) {
	const golden = "../../migrations/schema.golden.sql"
	got, err := testkit.Open(t, db.SQLite).Schema(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil || got != string(want) {
		t.Errorf("%s is not the schema that the migrations make (%v): run go test ./platform/db -run Schema -update", golden, err)
	}
}

func TestMigrationsRunTwiceChangeNothing(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) {
		if err := d.Migrate(t.Context(), migrations.Files); err != nil {
			t.Error(err)
		}
	})
}

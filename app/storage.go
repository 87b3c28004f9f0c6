package app

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"github.com/foyerchat/foyer/migrations"
	"github.com/foyerchat/foyer/platform/db"
)

// Migration is one step of the schema and whether the database has it.
type Migration struct {
	Name    string
	Applied bool
}

// Migrate brings the database to this version's schema.
func Migrate(ctx context.Context, s Storage) error {
	return withDatabase(ctx, s, func(d *db.DB) error { return d.Migrate(ctx, migrations.Files) })
}

// MigrationStatus lists the schema's steps without changing anything.
func MigrationStatus(ctx context.Context, s Storage) (steps []Migration, err error) {
	if s.there() != nil { // an empty one is looked at instead, and not kept
		if s.Data, err = os.MkdirTemp("", "foyer"); err != nil {
			return nil, err
		}
		defer os.RemoveAll(s.Data)
	}
	err = withDatabase(ctx, s, func(d *db.DB) error {
		found, err := d.MigrationStatus(ctx, migrations.Files)
		for _, m := range found {
			steps = append(steps, Migration{Name: m.Name, Applied: m.AppliedAt != 0})
		}
		return err
	})
	return steps, err
}

// Backup writes a consistent copy of the database to a new file, while servers run.
func Backup(ctx context.Context, s Storage, file string) error {
	if err := s.there(); err != nil {
		return err
	}
	return withDatabase(ctx, s, func(d *db.DB) error { return d.Backup(ctx, file) })
}

// Restore reads a backup into a database without users, rooms and visitors. One that is
// made for it goes again when that fails.
func Restore(ctx context.Context, s Storage, file string) error {
	made := s.there() != nil
	err := withDatabase(ctx, s, func(d *db.DB) error { return d.Restore(ctx, file, migrations.Files) })
	if err != nil && made {
		for _, part := range []string{"", "-wal", "-shm"} {
			_ = os.Remove(filepath.Join(s.Data, embedded+part))
		}
	}
	return err
}

func withDatabase(ctx context.Context, s Storage, do func(*db.DB) error) error {
	url, err := s.url()
	if err != nil {
		return err
	}
	d, err := db.Open(ctx, url, db.Options{})
	if err != nil {
		return err
	}
	return errors.Join(do(d), d.Close())
}

package app

import (
	"context"
	"errors"

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
	return withDatabase(ctx, s, func(d *db.DB) error { return d.Backup(ctx, file) })
}

// Restore reads a backup into a database without users, rooms and visitors.
func Restore(ctx context.Context, s Storage, file string) error {
	return withDatabase(ctx, s, func(d *db.DB) error { return d.Restore(ctx, file, migrations.Files) })
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

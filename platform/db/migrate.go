package db

import (
	"context"
	"database/sql"
	"fmt"
	"io/fs"
	"path/filepath"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"

	"github.com/foyerchat/foyer/platform/clock"
)

// Migration is one numbered file and whether this database has it.
type Migration struct {
	Version   int64
	Name      string
	AppliedAt clock.Instant // zero: not yet
}

// Migrate brings the schema up to date. Any number of nodes may call it at once:
// exactly one applies each file, the others wait for it.
func (d *DB) Migrate(ctx context.Context, files fs.FS) error {
	return d.migrateTo(ctx, files, goose.MaxVersion)
}

func (d *DB) migrateTo(ctx context.Context, files fs.FS, version int64) error {
	err := d.withGoose(files, func(p *goose.Provider) error {
		return patiently(ctx, d.relieve, func() error { return d.apply(ctx, p, version) })
	})
	if err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	return nil
}

func (d *DB) apply(ctx context.Context, p *goose.Provider, version int64) error {
	pending, err := p.HasPending(ctx)
	if err != nil || !pending {
		return err
	}
	unlock, err := d.lockMigrations(ctx)
	if err != nil {
		return err
	}
	defer unlock()
	_, err = p.UpTo(ctx, version)
	return err
}

// MigrationStatus lists every file with when it was applied here.
func (d *DB) MigrationStatus(ctx context.Context, files fs.FS) ([]Migration, error) {
	var list []Migration
	err := d.withGoose(files, func(p *goose.Provider) error {
		status, err := p.Status(ctx)
		for _, s := range status {
			m := Migration{Version: s.Source.Version, Name: filepath.Base(s.Source.Path)}
			if s.State == goose.StateApplied {
				m.AppliedAt = clock.Of(s.AppliedAt)
			}
			list = append(list, m)
		}
		return err
	})
	return list, err
}

// version is the newest file applied; 0 for a database without a schema.
func (d *DB) version(ctx context.Context, files fs.FS) (version int64, err error) {
	err = d.withGoose(files, func(p *goose.Provider) error {
		version, err = p.GetDBVersion(ctx)
		return err
	})
	return version, err
}

func (d *DB) withGoose(files fs.FS, do func(*goose.Provider) error) error {
	files = forEngine{files, d.engine}
	if d.engine == PostgreSQL {
		locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 300))
		if err != nil {
			return err
		}
		p, err := goose.NewProvider(goose.DialectPostgres, d.write, files, goose.WithSessionLocker(locker))
		if err != nil {
			return err
		}
		return do(p)
	}
	pool, err := sql.Open("sqlite", dsn(d.path)+forMigrating)
	if err != nil {
		return err
	}
	defer pool.Close()
	p, err := goose.NewProvider(goose.DialectSQLite3, pool, files)
	if err != nil {
		return err
	}
	return do(p)
}

// forMigrating waits for the disk once and not for each file: what a power cut takes
// back is applied again, and the first commit of the writer keeps what came before it.
const forMigrating = "&_pragma=synchronous(NORMAL)"

// lockMigrations keeps other processes from migrating the same SQLite file; on
// PostgreSQL goose holds an advisory lock.
func (d *DB) lockMigrations(ctx context.Context) (unlock func(), err error) {
	if d.engine == PostgreSQL {
		return func() {}, nil
	}
	return lockFolder(ctx, filepath.Dir(d.path))
}

// newest is the highest version among the files.
func newest(files fs.FS) (version int64, err error) {
	names, err := fs.Glob(files, "*.sql")
	for _, name := range names {
		if v, err := goose.NumericComponent(name); err == nil {
			version = max(version, v)
		}
	}
	return version, err
}

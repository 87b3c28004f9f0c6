package main

import (
	"context"
	"fmt"

	"github.com/foyerchat/foyer/app"
)

type migrate struct {
	Up     migrateUp     `cmd:"" help:"Apply what is missing; serve does it by itself."`
	Status migrateStatus `cmd:"" help:"Show which steps the database has."`
}

type migrateUp struct{ app.Storage }

// Run migrates.
func (c *migrateUp) Run(ctx context.Context, t terminal) error {
	if err := app.Migrate(ctx, c.Storage); err != nil {
		return err
	}
	fmt.Fprintln(t.out, "the database is up to date")
	return nil
}

type migrateStatus struct{ app.Storage }

// Run lists the steps.
func (c *migrateStatus) Run(ctx context.Context, t terminal) error {
	steps, err := app.MigrationStatus(ctx, c.Storage)
	for _, s := range steps {
		state := "pending"
		if s.Applied {
			state = "applied"
		}
		fmt.Fprintf(t.out, "%s  %s\n", state, s.Name)
	}
	return err
}

type backup struct {
	app.Storage
	File string `arg:"" type:"path" help:"File for the backup; one that is there is replaced when the new one is complete."`
}

// Run writes the backup.
func (c *backup) Run(ctx context.Context, t terminal) error {
	if err := app.Backup(ctx, c.Storage, c.File); err != nil {
		return err
	}
	fmt.Fprintln(t.out, "wrote", c.File)
	return nil
}

type restore struct {
	app.Storage
	File string `arg:"" type:"existingfile" help:"A file that foyer backup wrote."`
}

// Run reads the backup.
func (c *restore) Run(ctx context.Context, t terminal) error {
	if err := app.Restore(ctx, c.Storage, c.File); err != nil {
		return err
	}
	fmt.Fprintln(t.out, "restored", c.File)
	return nil
}

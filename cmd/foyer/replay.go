package main

import (
	"context"

	"github.com/foyerchat/foyer/app"
)

type replay struct {
	app.Storage
	From string `required:"" placeholder:"TIME" help:"First instant, such as 2026-11-21 or 2026-11-21T09:30:00Z."`
	To   string `placeholder:"TIME" help:"The instant after the last; empty: now."`
	With string `type:"existingfile" placeholder:"FILE" help:"Settings that would be otherwise: a JSON object from id to value."`
}

// Run replays and prints.
func (c *replay) Run(ctx context.Context, t terminal) error {
	return app.ReplayDecisions(ctx, c.Storage, app.Replay{From: c.From, To: c.To, With: c.With}, t.out)
}

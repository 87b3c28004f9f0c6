package app

import (
	"context"
	"io"
	"log/slog"
	"net/http"

	"github.com/foyerchat/foyer/features/agents"
	"github.com/foyerchat/foyer/features/inboxes"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/jobs"
	"github.com/foyerchat/foyer/platform/outbox"
)

// Inside is a server that nobody serves: it does not listen, and nothing happens
// by itself. Who holds it delivers its events and runs its jobs, one after the
// other, and so knows when everything is done that follows from an act.
type Inside struct {
	DB        *db.DB
	API       http.Handler
	Agents    *agents.Service  // connections of people come in here, there being no sockets
	Inboxes   *inboxes.Service // what comes into them is looked for when asked to
	Consumers []outbox.Consumer
	Jobs      []jobs.Kind
	app       *App
}

// NewInside opens the database, migrates it and ties the features, as New does.
func NewInside(ctx context.Context, c Config, o Options) (*Inside, error) {
	if o.Log == nil {
		o.Log = io.Discard
	}
	a := &App{config: c, options: o, log: slog.New(slog.NewTextHandler(o.Log, &slog.HandlerOptions{Level: slog.LevelWarn}))}
	var err error
	if a.db, err = openStorage(ctx, c.Storage, o.Clock, a.log); err != nil {
		return nil, err
	}
	if c.Data != "" {
		err = a.openFiles(ctx)
	}
	if err == nil {
		a.build()
		err = a.features.start(ctx)
	}
	if err != nil {
		a.Close()
		return nil, err
	}
	return &Inside{app: a, DB: a.db, API: a.api, Agents: a.features.agents, Inboxes: a.features.inboxes, Consumers: a.features.consumers(), Jobs: a.features.jobs()}, nil
}

// Close closes the database and the files, as the end of a process would: what is not delivered
// or run waits there.
func (i *Inside) Close() error { return i.app.Close() }

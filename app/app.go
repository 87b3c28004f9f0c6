package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"

	"github.com/gofrs/flock"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/foyerchat/foyer/features/webhooks"
	"github.com/foyerchat/foyer/migrations"
	"github.com/foyerchat/foyer/platform/blob"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/jobs"
	"github.com/foyerchat/foyer/platform/limit"
	"github.com/foyerchat/foyer/platform/logs"
	"github.com/foyerchat/foyer/platform/mail"
	"github.com/foyerchat/foyer/platform/metrics"
	"github.com/foyerchat/foyer/platform/outbox"
	"github.com/foyerchat/foyer/platform/realtime"
	"github.com/foyerchat/foyer/platform/rest"
)

// Options are what a server gets besides its configuration; only Version has no default.
type Options struct {
	Version string
	Clock   clock.Clock // default: the machine's
	Log     io.Writer   // where the log goes; default: nowhere
	Out     io.Writer   // where people are told things; default: nowhere

	TwilioAPI string // default: Twilio's own; tests have one of theirs
}

// App is one server process.
type App struct {
	config   Config
	options  Options
	log      *slog.Logger
	db       *db.DB
	files    blob.Store
	features *features
	hub      *realtime.Hub
	relay    *outbox.Relay
	runner   *jobs.Runner
	registry *prometheus.Registry
	proxies  rest.Proxies
	api      *rest.API
	listener net.Listener
	measures net.Listener // nil without --metrics-listen
	draining atomic.Bool
	locked   *flock.Flock // nil without an embedded database
}

// New opens the database, migrates it, ties the features and takes the
// addresses. Run must follow, or Close.
func New(ctx context.Context, c Config, o Options) (*App, error) {
	if err := c.check(); err != nil {
		return nil, err
	}
	if o.Clock == nil {
		o.Clock = clock.System
	}
	if o.Log == nil {
		o.Log = io.Discard
	}
	if o.Out == nil {
		o.Out = io.Discard
	}
	log, err := logs.New(o.Log, c.LogLevel, c.LogFormat)
	if err != nil {
		return nil, err
	}
	a := &App{config: c, options: o, log: log}
	if err := a.open(ctx); err != nil {
		a.Close()
		return nil, err
	}
	return a, nil
}

func (a *App) open(ctx context.Context) (err error) {
	if err := a.lock(); err != nil {
		return err
	}
	if a.db, err = openStorage(ctx, a.config.Storage, a.options.Clock, a.log); err != nil {
		return err
	}
	if err := a.openFiles(ctx); err != nil {
		return err
	}
	a.build()
	if err := a.features.start(ctx); err != nil {
		return err
	}
	return a.listen()
}

// openFiles opens where files are kept.
func (a *App) openFiles(ctx context.Context) (err error) {
	if a.config.Files != "" {
		if err := os.MkdirAll(a.config.Data, 0o700); err != nil { // for uploads while they come
			return err
		}
		a.files, err = blob.OpenS3(ctx, a.config.Files)
		return err
	}
	a.files, err = blob.OpenFiles(filepath.Join(a.config.Data, "files"))
	return err
}

// openStorage opens and migrates the database.
func openStorage(ctx context.Context, s Storage, c clock.Clock, log *slog.Logger) (*db.DB, error) {
	url, err := s.url()
	if err != nil {
		return nil, err
	}
	d, err := db.Open(ctx, url, db.Options{Clock: c, Log: log})
	if err != nil {
		return nil, err
	}
	if err := d.Migrate(ctx, migrations.Files); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return d, nil
}

// build ties everything; nothing runs yet.
func (a *App) build() {
	registerWords()
	a.proxies, _ = rest.ParseProxies(a.config.TrustedProxies...) // checked before
	a.registry = metrics.New(a.options.Version)
	a.hub = realtime.NewHub(a.broker(), a.hubOptions())
	a.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "foyer_realtime_connections", Help: "Open connections of visitors' and agents' screens."},
		func() float64 { return float64(a.hub.Connections()) }))
	g := ground{db: a.db, clock: a.options.Clock, log: a.log, version: a.options.Version, config: a.config, blobs: a.files, measure: a.registry, twilio: a.options.TwilioAPI}
	a.features = tie(g)
	a.features.goLive(g, a.hub)
	a.registry.MustRegister(waiting("foyer_webhooks_pending", "Webhook deliveries that wait to be sent, of all nodes.", a.features.webhooks.Count, webhooks.Pending),
		waiting("foyer_webhooks_dead", "Webhook deliveries that were given up and not sent again, of all nodes.", a.features.webhooks.Count, webhooks.Dead),
		waiting("foyer_mails_waiting", "Mails that wait to be sent, of all nodes.", a.features.mailer.Count, mail.Waiting),
		waiting("foyer_mails_dead", "Mails that were given up and not sent again, of all nodes.", a.features.mailer.Count, mail.Dead))
	a.relay = outbox.New(a.db, a.options.Clock, a.log)
	a.relay.Consume(a.features.consumers()...)
	a.runner = jobs.New(a.db, a.options.Clock, a.log)
	a.runner.Measure(a.registry)
	a.runner.Handle(a.features.jobs()...)
	a.api = rest.NewAPI(rest.Config{Auth: a.features, Limits: limit.New(a.options.Clock, a.config.limited()), Pace: a.features.pace, Log: a.log,
		Clock: a.options.Clock, Proxies: a.proxies, Registry: a.registry, RootURL: a.config.RootURL, Version: a.options.Version},
		a.features.rows())
}

// waiting measures how many things are in a state; -1: not known now.
func waiting[S any](name, help string, count func(context.Context, S) (int64, error), state S) prometheus.Collector {
	return prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help}, func() float64 {
		n, err := count(context.Background(), state)
		if err != nil {
			return -1
		}
		return float64(n)
	})
}

func (a *App) broker() realtime.Broker {
	if a.config.Redis == "" {
		return realtime.NewMemory()
	}
	address := a.config.Redis
	if !strings.Contains(address, "://") {
		address = "redis://" + address
	}
	return realtime.NewRedis(address)
}

func (a *App) hubOptions() realtime.Options {
	o := realtime.Options{Clock: a.options.Clock, Log: a.log,
		ClientIP: func(r *http.Request) string { return a.proxies.Meta(r).IP }}
	if a.config.limited() {
		o.PerAddress, o.PerMinute = 100, 600
	}
	return o
}

func (a *App) listen() (err error) {
	if a.listener, err = net.Listen("tcp", a.config.Listen); err != nil {
		return fmt.Errorf("cannot listen (--listen names another address): %w", err)
	}
	if a.config.MetricsListen != "" {
		if a.measures, err = net.Listen("tcp", a.config.MetricsListen); err != nil {
			return fmt.Errorf("cannot listen for metrics: %w", err)
		}
	}
	return nil
}

// URL is where the server answers on this machine.
func (a *App) URL() string { return "http://" + a.listener.Addr().String() }

// address is what people are told: the public address if it is known.
func (a *App) address() string {
	if a.config.RootURL != "" {
		return a.config.RootURL
	}
	return a.URL()
}

// Close gives back what New took. Run does so at its end.
func (a *App) Close() error {
	var errs []error
	for _, l := range []net.Listener{a.listener, a.measures} {
		if l == nil {
			continue
		}
		if err := l.Close(); err != nil && !errors.Is(err, net.ErrClosed) {
			errs = append(errs, err)
		}
	}
	if c, ok := a.files.(io.Closer); ok {
		errs = append(errs, c.Close())
	}
	if a.db != nil {
		errs = append(errs, a.db.Close())
	}
	if a.locked != nil {
		errs = append(errs, a.locked.Unlock())
	}
	return errors.Join(errs...)
}

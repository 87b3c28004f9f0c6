package app

import (
	"log"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/web"
)

// Handler answers everything under the server's address.
func (a *App) Handler() http.Handler {
	openAPI := sync.OnceValue(a.api.OpenAPI) // large, and seldom asked for
	framed := func() bool { return a.features.settings.Current().FrameEnabled }
	mux := http.NewServeMux()
	mux.Handle("/", bounded(a.api))
	mux.Handle("GET /{$}", http.RedirectHandler("/console/", http.StatusFound))
	mux.Handle("GET /console", http.RedirectHandler("/console/", http.StatusFound))
	mux.Handle("GET /console/", bounded(newSite(web.Console(), "/console/", consoleHeaders(framed))))
	mux.Handle("GET /demo", bounded(newSite(web.Demo(), "/demo", plainHeaders)))
	mux.Handle("GET /demo/", bounded(newSite(web.Demo(), "/demo/", plainHeaders)))
	for _, path := range []string{"GET /api", "GET /api/{$}", "GET /api/docs"} {
		mux.Handle(path, http.RedirectHandler("/api/docs/", http.StatusFound))
	}
	mux.Handle("GET /api/docs/", bounded(newSite(web.Reference(), "/api/docs/", consoleHeaders(func() bool { return false }))))
	mux.HandleFunc("GET /api/openapi.json", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Write(openAPI())
	})
	mux.HandleFunc("GET /health/live", func(w http.ResponseWriter, _ *http.Request) { health(w, nil) })
	mux.HandleFunc("GET /health/ready", func(w http.ResponseWriter, r *http.Request) { health(w, a.ready(r)) })
	sockets := unbounded(a.hub.Routes())
	mux.Handle("/realtime", sockets)
	mux.Handle("/realtime/", sockets)
	return mux
}

// How long a request may take to arrive and to be taken off our hands.
const (
	readWithin  = 30 * time.Second
	writeWithin = time.Minute
)

// bounded gives slow and stalling clients an end.
func bounded(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		now, c := clock.System.Now(), http.NewResponseController(w)
		c.SetReadDeadline(now.Add(readWithin).Time()) // best effort: a writer of tests has none
		c.SetWriteDeadline(now.Add(writeWithin).Time())
		h.ServeHTTP(w, r)
	})
}

// unbounded undoes what an earlier request on the same connection was given.
func unbounded(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c := http.NewResponseController(w)
		c.SetReadDeadline(time.Time{})
		c.SetWriteDeadline(time.Time{})
		h.ServeHTTP(w, r)
	})
}

// ready says why the server should get no requests; nil when it should.
func (a *App) ready(r *http.Request) error {
	if a.draining.Load() {
		return errDraining
	}
	if err := a.hub.Healthy(); err != nil {
		return err
	}
	return a.db.Writable(r.Context()) // migrated it is since New
}

type unready string

func (u unready) Error() string { return string(u) }

const errDraining = unready("draining")

func health(w http.ResponseWriter, err error) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	if err == nil {
		w.Write([]byte(`{"status":"ok"}`))
		return
	}
	w.WriteHeader(http.StatusServiceUnavailable)
	w.Write([]byte(`{"status":"unavailable"}`))
}

// serverLog keeps what net/http says about broken connections at level debug.
func serverLog(l *slog.Logger) *log.Logger { return slog.NewLogLogger(l.Handler(), slog.LevelDebug) }

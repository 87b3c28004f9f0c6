package app

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/foyerchat/foyer/platform/metrics"
)

// drainWithin is how long a stopping server takes at most.
const drainWithin = 20 * time.Second

// Run serves until ctx ends, then drains: readiness turns off, sockets are sent
// elsewhere, requests and running work end, the database closes. The first thing
// that fails by itself ends everything, too.
func (a *App) Run(ctx context.Context) error {
	defer a.Close()
	if err := a.welcome(ctx); err != nil {
		return err
	}
	defer tuneCollector()()
	work, stopWork := context.WithCancel(context.WithoutCancel(ctx))
	defer stopWork()
	failed := make(chan error, 8)
	var running sync.WaitGroup
	for _, run := range []func(context.Context) error{a.hub.Run, a.relay.Run, a.runner.Run,
		a.features.accounts.Run, a.features.settings.Run, a.features.live.Run, a.features.webhooks.Run, a.features.inboxes.Run} {
		running.Go(func() { report(failed, run(work)) })
	}
	servers := a.serve(failed)
	var err error
	select {
	case <-ctx.Done():
	case err = <-failed:
	}
	a.log.Info("draining")
	return errors.Join(err, a.drain(servers, stopWork, &running), a.Close())
}

func report(failed chan<- error, err error) {
	if err == nil || errors.Is(err, context.Canceled) || errors.Is(err, http.ErrServerClosed) {
		return
	}
	select {
	case failed <- err:
	default:
	}
}

// serve answers requests in the background.
func (a *App) serve(failed chan<- error) []*http.Server {
	type door struct {
		server *http.Server
		at     net.Listener
	}
	doors := []door{{a.newServer(a.Handler()), a.listener}}
	if a.measures != nil {
		mux := http.NewServeMux()
		mux.Handle("GET /metrics", metrics.Handler(a.registry))
		doors = append(doors, door{a.newServer(mux), a.measures})
	}
	var servers []*http.Server
	for _, d := range doors {
		servers = append(servers, d.server)
		go func() { report(failed, d.server.Serve(d.at)) }()
	}
	return servers
}

func (a *App) newServer(h http.Handler) *http.Server {
	return &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 32 << 10,
		ErrorLog: serverLog(a.log)}
}

func (a *App) drain(servers []*http.Server, stopWork func(), running *sync.WaitGroup) error {
	a.draining.Store(true)
	ctx, cancel := context.WithTimeout(context.Background(), drainWithin)
	defer cancel()
	a.hub.Drain(ctx)
	var errs []error
	for _, s := range servers {
		errs = append(errs, s.Shutdown(ctx))
	}
	stopWork()
	ended := make(chan struct{})
	go func() { running.Wait(); close(ended) }()
	select {
	case <-ended:
	case <-ctx.Done():
		errs = append(errs, fmt.Errorf("running work did not end within %s", drainWithin))
	}
	return errors.Join(errs...)
}

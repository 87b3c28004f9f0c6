package rest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"strings"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/limit"
)

// Config is what an API needs. Auth may be nil when all rows are public; Limits nil
// is no limits, Pace nil none for paced rows, Registry nil no metrics.
type Config struct {
	Auth     Authenticator
	Limits   *limit.Limiter
	Pace     func() int // calls a minute that paced rows allow; 0: any number
	Log      *slog.Logger
	Clock    clock.Clock
	Proxies  Proxies
	Registry prometheus.Registerer
	RootURL  string // the server's own address, "https://chat.example.com"; may be empty
	Version  string
}

// API serves rows.
type API struct {
	Config
	rows     []Endpoint
	tree     tree
	cross    *http.CrossOriginProtection
	measures *measures
	unseen   route // stands for requests without a row
}

// route is a row being served.
type route struct {
	Endpoint
	label string // in the measures
}

// NewAPI builds the handler. Two rows for one method and path, and a RootURL that is
// none, panic.
func NewAPI(c Config, rows []Endpoint) *API {
	a := &API{Config: c, rows: rows, cross: http.NewCrossOriginProtection()}
	if u, err := url.Parse(c.RootURL); c.RootURL != "" {
		if err == nil {
			err = a.cross.AddTrustedOrigin(u.Scheme + "://" + u.Host)
		}
		if err != nil {
			panic(fmt.Sprintf("rest: root URL: %v", err))
		}
	}
	a.measures = newMeasures(c.Registry)
	a.unseen = route{Endpoint: Endpoint{Path: "unknown"}, label: "unknown"}
	for _, e := range rows {
		a.tree.add(&route{Endpoint: e, label: e.Name()})
	}
	return a
}

// ServeHTTP answers one request.
func (a *API) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	x := &exchange{api: a, w: w, r: r, row: &a.unseen, began: a.Clock.Now()}
	x.meta = a.Proxies.Meta(r)
	defer x.end()
	w.Header().Set("X-Request-Id", x.meta.RequestID)
	row, params, methods := a.tree.find(r.Method, r.URL.EscapedPath())
	switch {
	case row != nil:
		x.row = row
		x.serve(params)
	case len(methods) > 0:
		w.Header().Set("Allow", strings.Join(methods, ", "))
		x.write(http.StatusMethodNotAllowed, failure{Error: "Method not allowed"})
	default:
		x.write(http.StatusNotFound, failure{Error: "API endpoint not found"})
	}
}

func (x *exchange) serve(params []param) {
	e := x.row
	if err := x.limited(e.options.limits); err != nil {
		x.fail(err)
		return
	}
	if err := x.api.authorize(x.r, e, &x.scope); err != nil {
		x.fail(err)
		return
	}
	x.scope.limited = x.limited
	ctx := context.WithValue(x.r.Context(), scopeKey{}, &x.scope)
	res, err := e.call(ctx, x.input(params))
	if err != nil {
		x.fail(err)
		return
	}
	x.answer(res)
}

func (x *exchange) input(params []param) *input {
	return &input{
		params:   params,
		rawQuery: x.r.URL.RawQuery,
		header:   x.r.Header.Get,
		cookie:   func(name string) string { return cookie(x.r, name) },
		body:     x.body,
		upload:   Upload{x},
		kind:     x.r.Header.Get("Content-Type"),
	}
}

// body reads the request's body into memory of its size.
func (x *exchange) body(most int64) ([]byte, error) {
	if x.r.ContentLength == 0 || x.r.Body == nil {
		return nil, nil
	}
	if x.r.ContentLength > most {
		return nil, tooLarge(most)
	}
	from := http.MaxBytesReader(x.w, x.r.Body, most)
	if n := x.r.ContentLength; n > 0 {
		b := make([]byte, n)
		_, err := io.ReadFull(from, b)
		return b, readFault(err, most)
	}
	b, err := io.ReadAll(from)
	return b, readFault(err, most)
}

func readFault(err error, most int64) error {
	var over *http.MaxBytesError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &over):
		return tooLarge(most)
	}
	return fault.New(fault.Invalid, "error-incomplete-body", "The request body did not arrive completely")
}

func tooLarge(most int64) error {
	return fault.New(fault.TooLarge, "error-too-large", fmt.Sprintf("The request body may have %d bytes", most))
}

// limited counts a call against limits.
func (x *exchange) limited(limits []limitRule) error {
	if x.api.Limits == nil {
		return nil
	}
	for _, l := range limits {
		n := l.n
		if n == 0 && x.api.Pace != nil {
			n = x.api.Pace()
		}
		if n == 0 {
			continue
		}
		if ok, wait := x.api.Limits.Allow(l.name+"|"+network(x.meta.IP), n, l.per); !ok {
			return &tooMany{wait}
		}
	}
	return nil
}

// network is what one client has: an IPv4 address or an IPv6 /64.
func network(ip string) string {
	a, err := netip.ParseAddr(ip)
	if err != nil || a.Is4() {
		return ip
	}
	p, err := a.Prefix(64)
	if err != nil {
		return ip
	}
	return p.String()
}

package rest

import (
	"log/slog"

	"github.com/prometheus/client_golang/prometheus"
)

// measures count and time requests by route and class of status.
type measures struct {
	requests *prometheus.CounterVec
	seconds  *prometheus.HistogramVec
}

var classes = [6]string{"other", "1xx", "2xx", "3xx", "4xx", "5xx"}

func newMeasures(r prometheus.Registerer) *measures {
	if r == nil {
		return nil
	}
	m := &measures{
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "foyer_http_requests_total", Help: "Requests answered, by route and class of status.",
		}, []string{"route", "status"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "foyer_http_request_seconds", Help: "Time until requests were answered, by route and class of status.",
			Buckets: []float64{.001, .002, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10},
		}, []string{"route", "status"}),
	}
	r.MustRegister(m.requests, m.seconds)
	return m
}

func (m *measures) add(route string, status int, seconds float64) {
	if m == nil {
		return
	}
	class := classes[0]
	if c := status / 100; c > 0 && c < len(classes) {
		class = classes[c]
	}
	m.requests.WithLabelValues(route, class).Inc()
	m.seconds.WithLabelValues(route, class).Observe(seconds)
}

// observe writes the request's one log line and measures it.
func (x *exchange) observe() {
	took := x.api.Clock.Now().Sub(x.began)
	x.api.measures.add(x.row.label, x.status, took.Seconds())
	ctx := x.r.Context()
	if !x.api.Log.Enabled(ctx, slog.LevelInfo) {
		return
	}
	x.api.Log.LogAttrs(ctx, slog.LevelInfo, "request",
		slog.String("method", x.r.Method), slog.String("route", x.row.Path), slog.Int("status", x.status),
		slog.Int64("ms", took.Milliseconds()), slog.String("request", x.meta.RequestID), slog.String("user", x.caller.UserID))
}

// Package metrics makes the registry that measurements are collected in and the
// page Prometheus reads. What is measured is declared by who measures it.
package metrics

import (
	"net/http"
	"net/netip"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// New makes a registry that already measures the Go runtime, the process and,
// as the label of a constant, the version that runs.
func New(version string) *prometheus.Registry {
	build := prometheus.NewGauge(prometheus.GaugeOpts{
		Name:        "foyer_build_info",
		Help:        "Always 1; the label tells the version.",
		ConstLabels: prometheus.Labels{"version": version},
	})
	build.Set(1)
	r := prometheus.NewRegistry()
	r.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}), build)
	return r
}

// Counter makes a counter of a registry. Without a registry it counts for nobody.
func Counter(r prometheus.Registerer, name, help string, labels ...string) *prometheus.CounterVec {
	c := prometheus.NewCounterVec(prometheus.CounterOpts{Name: name, Help: help}, labels)
	if r != nil {
		r.MustRegister(c)
	}
	return c
}

// Handler answers with everything in the registry in Prometheus' text format, to whoever
// asks from this machine or a private network.
func Handler(r *prometheus.Registry) http.Handler {
	page := promhttp.HandlerFor(r, promhttp.HandlerOpts{Registry: r})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !near(r.RemoteAddr) {
			http.Error(w, "metrics are read from private networks only", http.StatusForbidden)
			return
		}
		page.ServeHTTP(w, r)
	})
}

// shared are the addresses that providers hand out behind their own walls (RFC 6598).
var shared = netip.MustParsePrefix("100.64.0.0/10")

func near(remote string) bool {
	at, err := netip.ParseAddrPort(remote)
	if err != nil {
		return false
	}
	ip := at.Addr().Unmap()
	return ip.IsLoopback() || ip.IsPrivate() || ip.IsLinkLocalUnicast() || shared.Contains(ip)
}

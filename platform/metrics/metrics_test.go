package metrics_test

import (
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/foyerchat/foyer/platform/metrics"
)

func TestHandlerShowsTheRegistry(t *testing.T) {
	r := metrics.New("1.2.3")
	own := prometheus.NewCounter(prometheus.CounterOpts{Name: "foyer_own_total", Help: "h"})
	r.MustRegister(own)
	own.Inc()
	metrics.Counter(r, "foyer_things_total", "h", "kind").WithLabelValues("a").Inc()
	metrics.Counter(nil, "foyer_things_total", "h", "kind").WithLabelValues("a").Inc()
	w := ask(r, "127.0.0.1:4711")
	for _, want := range []string{`foyer_build_info{version="1.2.3"} 1`, "foyer_own_total 1", `foyer_things_total{kind="a"} 1`, "go_goroutines ", "process_start_time_seconds "} {
		if !strings.Contains(w.Body.String(), "\n"+want) {
			t.Errorf("%s is missing", want)
		}
	}
}

func ask(r *prometheus.Registry, from string) *httptest.ResponseRecorder {
	w, q := httptest.NewRecorder(), httptest.NewRequest("GET", "/metrics", nil)
	q.RemoteAddr = from
	metrics.Handler(r).ServeHTTP(w, q)
	return w
}

func TestTheOutsideWorldSeesNothing(t *testing.T) { // analytics 12
	r := metrics.New("1.2.3")
	for from, want := range map[string]int{"127.0.0.1:1": 200, "[::1]:1": 200, "10.1.2.3:1": 200, "[::ffff:192.168.1.1]:1": 200, "172.20.0.3:1": 200, "[fd00::1]:1": 200, "[fe80::1%eth0]:1": 200, "100.64.7.7:1": 200,
		"198.51.100.7:1": 403, "[2001:db8::1]:1": 403, "[::ffff:8.8.8.8]:1": 403, "100.128.0.1:1": 403, "": 403, "nowhere": 403} {
		if w := ask(r, from); w.Code != want || want == 403 && strings.Contains(w.Body.String(), "foyer_") {
			t.Errorf("%q: %d", from, w.Code)
		}
	}
}

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
	w := httptest.NewRecorder()
	metrics.Handler(r).ServeHTTP(w, httptest.NewRequest("GET", "/metrics", nil))
	for _, want := range []string{`foyer_build_info{version="1.2.3"} 1`, "foyer_own_total 1", "go_goroutines ", "process_start_time_seconds "} {
		if !strings.Contains(w.Body.String(), "\n"+want) {
			t.Errorf("%s is missing", want)
		}
	}
}

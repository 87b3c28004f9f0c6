package testkit

import (
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/foyerchat/foyer/platform/metrics"
)

// Measured are the lines of a registry's page that begin with a text.
func Measured(t *testing.T, r *prometheus.Registry, prefix string) (lines []string) {
	t.Helper()
	w, q := httptest.NewRecorder(), httptest.NewRequest("GET", "/metrics", nil)
	q.RemoteAddr = "127.0.0.1:1"
	metrics.Handler(r).ServeHTTP(w, q)
	if w.Code != 200 {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	for line := range strings.Lines(w.Body.String()) {
		if strings.HasPrefix(line, prefix) {
			lines = append(lines, strings.TrimSpace(line))
		}
	}
	return lines
}

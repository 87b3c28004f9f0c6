package rest_test

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/metrics"
	"github.com/foyerchat/foyer/platform/rest"
)

func TestOneLogLinePerRequest(t *testing.T) {
	var log bytes.Buffer
	c := clock.NewFake(0)
	slow := func(ctx context.Context, _ struct{}) (who, error) {
		c.Advance(7 * time.Millisecond)
		return who{rest.From(ctx).RequestID}, nil
	}
	h := rest.NewAPI(rest.Config{Auth: people{}, Clock: c, Log: slog.New(slog.NewJSONHandler(&log, nil))},
		[]rest.Endpoint{rest.Row("GET", "/visitor/{token}", rest.SignedIn, "", slow)})
	w := call(h, "GET", "/visitor/p-secret?token=q-secret", "b-secret", "X-User-Id: ann", "X-Auth-Token: a", "Cookie: foyer_session=c-secret")
	var line struct {
		Msg, Method, Route, Request, User string
		Status, MS                        int
	}
	if err := json.Unmarshal(log.Bytes(), &line); err != nil {
		t.Fatalf("want one line: %v: %s", err, log.String())
	}
	if line.Msg != "request" || line.Method != "GET" || line.Route != "/visitor/{token}" || line.User != "ann" || line.Status != 200 || line.MS != 7 {
		t.Errorf("%+v", line)
	}
	if line.Request == "" || line.Request != w.Header().Get("X-Request-Id") || !strings.Contains(w.Body.String(), line.Request) {
		t.Errorf("log, header and handler disagree about the request id: %q", line.Request)
	}
	if strings.Contains(log.String(), "secret") {
		t.Errorf("a secret in the log: %s", log.String())
	}
	log.Reset()
	call(h, "GET", "/unknown/p-secret", "")
	if out := log.String(); strings.Contains(out, "secret") || !strings.Contains(out, `"status":404`) {
		t.Errorf("unknown path: %s", out)
	}
}

func TestMeasures(t *testing.T) {
	c, reg := clock.NewFake(0), prometheus.NewRegistry()
	slow := func(context.Context, struct{}) (struct{}, error) {
		c.Advance(20 * time.Millisecond)
		return struct{}{}, nil
	}
	h := rest.NewAPI(rest.Config{Clock: c, Log: slog.New(slog.DiscardHandler), Registry: reg},
		[]rest.Endpoint{rest.Row("GET", "/x/{id}", rest.Public, "", slow)})
	call(h, "GET", "/x/1", "")
	call(h, "GET", "/x/2", "")
	call(h, "GET", "/nowhere", "")
	page := httptest.NewRecorder()
	near := httptest.NewRequest("GET", "/metrics", nil)
	near.RemoteAddr = "127.0.0.1:1"
	metrics.Handler(reg).ServeHTTP(page, near)
	for _, want := range []string{
		`foyer_http_requests_total{route="GET /x/{id}",status="2xx"} 2`,
		`foyer_http_requests_total{route="unknown",status="4xx"} 1`,
		`foyer_http_request_seconds_sum{route="GET /x/{id}",status="2xx"} 0.04`,
		`foyer_http_request_seconds_bucket{route="GET /x/{id}",status="2xx",le="0.01"} 0`,
	} {
		if !strings.Contains(page.Body.String(), want+"\n") {
			t.Errorf("%s is not in\n%s", want, page.Body)
		}
	}
}

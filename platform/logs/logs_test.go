package logs_test

import (
	"bytes"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/logs"
)

type message struct{ Msg string }

func TestSecretsAreNotWritten(t *testing.T) {
	for _, format := range []string{"text", "json"} {
		var out bytes.Buffer
		log, err := logs.New(&out, "info", format)
		if err != nil {
			t.Fatal(err)
		}
		m := message{"hidden"}
		log.With("authToken", "hidden").Info("hello", "password", "hidden", "X-Auth-Token", "hidden", "clientSecret", []string{"hidden"},
			"message", m, "pointer", &m, "list", []message{m}, "map", map[string]string{"a": "hidden"},
			slog.Group("group", "secret", "hidden", "any", any(m)), "Cookie", "hidden", "ticket", "hidden")
		if strings.Contains(out.String(), "hidden") || !strings.Contains(out.String(), "hello") {
			t.Errorf("%s: %s", format, out.String())
		}
	}
}

func TestPlainValuesAreWritten(t *testing.T) {
	var out bytes.Buffer
	log, err := logs.New(&out, "warn", "text")
	if err != nil {
		t.Fatal(err)
	}
	log.Info("quiet")
	log.Warn("w", "user", "ann", "n", 3, "took", time.Second, "at", clock.Instant(0), "error", errors.New("full"), "list", []string{"a"}, "nothing", nil)
	if got := out.String(); strings.Contains(got, "quiet") || !strings.Contains(got, "user=ann n=3 took=1s at=1970-01-01T00:00:00.000Z error=full list=[a] nothing=<nil>") {
		t.Error(got)
	}
}

func TestUnknownLevelAndFormat(t *testing.T) {
	for _, c := range [][2]string{{"loud", "text"}, {"info", "xml"}} {
		if _, err := logs.New(&bytes.Buffer{}, c[0], c[1]); err == nil || !strings.Contains(err.Error(), "want") {
			t.Errorf("%v: %v", c, err)
		}
	}
}

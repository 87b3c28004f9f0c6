package routing

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/outbound"
)

// foreign is somebody else's service. It answers as told, by the number of the question.
type foreign struct {
	*httptest.Server
	answer func(n int, w http.ResponseWriter)

	mu         sync.Mutex
	asked      []*http.Request
	busy, most int // questions at this moment, and the most there ever were
}

func newForeign(t *testing.T, answer func(n int, w http.ResponseWriter)) *foreign {
	t.Helper()
	f := &foreign{answer: answer}
	f.Server = httptest.NewServer(f)
	t.Cleanup(f.Close)
	return f
}

func (f *foreign) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.answer(f.begin(r), w)
	f.mu.Lock()
	defer f.mu.Unlock()
	f.busy--
}

func (f *foreign) begin(r *http.Request) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.asked = append(f.asked, r)
	f.busy++
	f.most = max(f.most, f.busy)
	return len(f.asked)
}

func (f *foreign) times() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.asked)
}

// asking is a client of the foreign service that knows who is available.
func asking(t *testing.T, f *foreign, o outbound.Options, available ...string) (*chat.Settings, func(Asked) string) {
	t.Helper()
	set := chat.DefaultSettings()
	set.RoutingMethod, set.ExternalQueueURL, set.ExternalQueueToken = chat.RoutingExternal, f.URL+"/next?team=7", "hush hush"
	client := outbound.New(o)
	t.Cleanup(client.Close)
	a := asker{out: client, settings: set, log: slog.New(slog.DiscardHandler),
		usable: func(_ context.Context, username string) bool { return slices.Contains(available, username) }}
	return set, func(q Asked) string { username, _ := a.ask(context.Background(), q); return username }
}

var private = outbound.Options{AllowPrivate: true}

// RQ-EXT-1, webhooks.md 3: what the service is sent; only the username of the answer counts.
func TestWhatTheExternalServiceIsAsked(t *testing.T) {
	f := newForeign(t, func(_ int, w http.ResponseWriter) {
		io.WriteString(w, `{"_id":"whatever","username":"bob","more":[1]}`)
	})
	set, ask := asking(t, f, private, "bob")
	if got := ask(Asked{Department: "sales & more", Ignore: "eve"}); got != "bob" {
		t.Fatalf("answered %q", got)
	}
	r := f.asked[0]
	if r.Method != "GET" || r.URL.Path != "/next" || r.URL.RawQuery != "team=7&departmentId=sales+%26+more&ignoreAgentId=eve" {
		t.Errorf("%s %s", r.Method, r.URL)
	}
	if h := r.Header; h.Get("X-RocketChat-Secret-Token") != "hush hush" || h.Get("Accept") != "application/json" || h.Get("User-Agent") != "RocketChat Server" {
		t.Errorf("%v", h)
	}
	set.ExternalQueueURL, set.ExternalQueueToken = f.URL, ""
	ask(Asked{})
	if r := f.asked[1]; r.URL.RawQuery != "" || len(r.Header.Values("X-RocketChat-Secret-Token")) != 0 {
		t.Errorf("%s %v", r.URL, r.Header)
	}
}

// RQ-EXT-2, RQ-EXT-3: one attempt after the other, the first usable answer ends it, ten are the most.
func TestTheExternalServiceIsAskedUntilSomebodyIsAvailable(t *testing.T) {
	f := newForeign(t, func(n int, w http.ResponseWriter) {
		io.WriteString(w, `{"username":"`+[]string{"gone", "stranger", "bob", "eve"}[n-1]+`"}`)
	})
	_, ask := asking(t, f, private, "bob", "eve")
	if got := ask(Asked{}); got != "bob" || f.times() != 3 || f.most != 1 {
		t.Errorf("%q after %d questions, %d at once", got, f.times(), f.most)
	}
	f = newForeign(t, func(_ int, w http.ResponseWriter) { io.WriteString(w, `{"username":"gone"}`) })
	_, ask = asking(t, f, private, "bob")
	if got := ask(Asked{}); got != "" || f.times() != 10 || f.most != 1 {
		t.Errorf("%q after %d questions, %d at once", got, f.times(), f.most)
	}
}

// RQ-EXT-3: whatever comes back instead of an answer is none, and never more than ten questions.
func TestHostileAnswers(t *testing.T) {
	for name, answer := range map[string]func(w http.ResponseWriter){
		"huge": func(w http.ResponseWriter) {
			io.WriteString(w, `{"username":"bob","x":"`+strings.Repeat("x", askBytes)+`"}`)
		},
		"endless": func(w http.ResponseWriter) { endless(w) },
		"redirect": func(w http.ResponseWriter) {
			w.Header().Set("Location", "http://169.254.169.254/")
			w.WriteHeader(302)
			io.WriteString(w, `{"username":"bob"}`)
		},
		"no JSON":     func(w http.ResponseWriter) { io.WriteString(w, `bob`) },
		"a list":      func(w http.ResponseWriter) { io.WriteString(w, `[{"username":"bob"}]`) },
		"a number":    func(w http.ResponseWriter) { io.WriteString(w, `{"username":7}`) },
		"an object":   func(w http.ResponseWriter) { io.WriteString(w, `{"username":{"$ne":""}}`) },
		"null":        func(w http.ResponseWriter) { io.WriteString(w, `null`) },
		"nothing":     func(http.ResponseWriter) {},
		"two answers": func(w http.ResponseWriter) { io.WriteString(w, `{"username":"bob"}{"username":"bob"}`) },
		"an error":    func(w http.ResponseWriter) { w.WriteHeader(500); io.WriteString(w, `{"username":"bob"}`) },
		"no content":  func(w http.ResponseWriter) { w.WriteHeader(204) },
		"created":     func(w http.ResponseWriter) { w.WriteHeader(201); io.WriteString(w, `{"username":"bob"}`) },
		"cut": func(w http.ResponseWriter) {
			w.Header().Set("Content-Length", "1000")
			io.WriteString(w, `{"username":"bob"}`)
		},
		"nobody's name": func(w http.ResponseWriter) { io.WriteString(w, `{"username":"bob' OR 1=1 --"}`) },
	} {
		t.Run(name, func(t *testing.T) {
			f := newForeign(t, func(_ int, w http.ResponseWriter) { answer(w) })
			_, ask := asking(t, f, private, "bob")
			if got := ask(Asked{}); got != "" || f.times() < 10 || f.times() > 20 { // a cut connection is tried again by the transport
				t.Errorf("%q after %d questions", got, f.times())
			}
		})
	}
}

func endless(w http.ResponseWriter) {
	for range 10_000 {
		if _, err := w.Write(make([]byte, 1000)); err != nil {
			return
		}
	}
}

// RQ-EXT-3: a slow service costs five seconds an attempt; here the caller's patience ends it sooner.
func TestASlowServiceIsGivenUp(t *testing.T) {
	never := make(chan struct{})
	f := newForeign(t, func(int, http.ResponseWriter) { <-never })
	defer close(never)
	client := outbound.New(private)
	defer client.Close()
	set := chat.DefaultSettings()
	set.ExternalQueueURL = f.URL
	a := asker{out: slow{client}, settings: set, log: slog.New(slog.DiscardHandler), usable: func(context.Context, string) bool { return true }}
	if got, hung := a.ask(context.Background(), Asked{}); got != "" || !hung || f.times() != askTimes {
		t.Errorf("%q after %d questions, hung: %t", got, f.times(), hung)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 300*time.Millisecond)
	defer cancel()
	a.out = client
	if got, _ := a.ask(ctx, Asked{}); got != "" || f.times() != askTimes+1 {
		t.Errorf("%q after %d questions", got, f.times())
	}
	if askTimes != 10 || askEach != 5*time.Second || askWithin != 30*time.Second {
		t.Error("not the limits of RQ-EXT-3")
	}
}

// slow shortens an attempt's patience fiftyfold.
type slow struct{ *outbound.Client }

func (s slow) Do(ctx context.Context, r outbound.Request) (outbound.Response, error) {
	r.Timeout /= 50
	return s.Client.Do(ctx, r)
}

// Private addresses are asked only where the operator allows it; without an address nobody is asked.
func TestWhoMayBeAsked(t *testing.T) {
	f := newForeign(t, func(_ int, w http.ResponseWriter) { io.WriteString(w, `{"username":"bob"}`) })
	set, ask := asking(t, f, outbound.Options{}, "bob")
	if got := ask(Asked{}); got != "" || f.times() != 0 {
		t.Errorf("%q, a private address was asked %d times", got, f.times())
	}
	set.ExternalQueueURL = ""
	if got := ask(Asked{}); got != "" {
		t.Errorf("%q from nowhere", got)
	}
	set, ask = asking(t, f, private, "bob")
	set.ExternalQueueToken = "two\r\nX-Evil: lines"
	if got := ask(Asked{}); got != "" || f.times() != 0 {
		t.Errorf("%q, a header was smuggled in", got)
	}
}

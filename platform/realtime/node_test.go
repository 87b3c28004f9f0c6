package realtime

import (
	"context"
	"net/http/httptest"
	"os"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/id"
)

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m, goleak.IgnoreTopFunction("net/http.(*persistConn).readLoop"),
		goleak.IgnoreTopFunction("net/http.(*persistConn).writeLoop"))
}

// patience for what must happen; nothing waits this long unless it fails.
const soon = 10 * time.Second

// node is a hub behind a real server, on a clock that stands still.
type node struct {
	*book
	url   string
	clock *clock.Fake
	kill  func()
	ended chan struct{}
}

func startNode(t testing.TB, b Broker, o Options, controls ...func(string, []byte)) *node {
	t.Helper()
	return startNodeOn(t, newBook(), b, o, controls...)
}

// startNodeOn starts a node of an installation whose database others use too.
func startNodeOn(t testing.TB, data *book, b Broker, o Options, controls ...func(string, []byte)) *node {
	t.Helper()
	n := &node{book: data, clock: clock.NewFake(1_700_000_000_000), ended: make(chan struct{})}
	o.Clock = n.clock
	hub := NewHub(b, o)
	n.hub = hub
	hub.Use(n.book)
	for _, c := range controls {
		hub.OnControl(c)
	}
	server := httptest.NewServer(hub.Routes())
	n.url = server.URL
	ctx, cancel := context.WithCancel(context.Background())
	n.kill = func() { cancel(); <-n.ended; server.CloseClientConnections() }
	go func() {
		defer close(n.ended)
		if err := hub.Run(ctx); err != nil {
			t.Error(err)
		}
	}()
	t.Cleanup(func() {
		cancel()
		<-n.ended
		server.CloseClientConnections()
		server.Close()
	})
	eventually(t, "the bus is connected", func() bool { return hub.Healthy() == nil })
	return n
}

// settle waits until everything that was sent has left.
func (n *node) settle(t testing.TB) {
	t.Helper()
	eventually(t, "all is written", func() bool {
		for _, c := range n.hub.all() {
			if c.busy() {
				return false
			}
		}
		return true
	})
}

func (c *client) busy() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.writing
}

// eventually polls for what has no channel to wait on.
func eventually(t testing.TB, what string, ok func() bool) {
	t.Helper()
	deadline := clock.System.Now().Add(soon)
	for !ok() {
		if clock.System.Now() > deadline {
			t.Fatalf("never: %s", what)
		}
		<-clock.System.After(2 * time.Millisecond)
	}
}

func next[T any](t testing.TB, what string, c <-chan T) T {
	t.Helper()
	select {
	case v, ok := <-c:
		if !ok {
			t.Fatalf("%s: ended", what)
		}
		return v
	case <-clock.System.After(soon):
		t.Fatalf("%s: nothing came", what)
		panic("unreachable")
	}
}

// brokers are the buses every test of the wire runs on.
var brokers = map[string]func(t testing.TB) Broker{
	"memory": func(testing.TB) Broker { return NewMemory() },
	"redis":  func(t testing.TB) Broker { return NewRedis(redisURL(t)) },
}

// redisURL is a bus of the test's own on the real server.
func redisURL(t testing.TB) string {
	t.Helper()
	addr := os.Getenv("FOYER_TEST_REDIS")
	if addr == "" {
		t.Fatal("FOYER_TEST_REDIS is not set: use make test")
	}
	return "redis://" + addr + "?channel=" + id.New()
}

// eachWay runs a test over both transports and both buses.
func eachWay(t *testing.T, o Options, f func(t *testing.T, n *node, dial dialer)) {
	for bus, broker := range brokers {
		for way, dial := range transports {
			t.Run(way+" over "+bus, func(t *testing.T) { f(t, startNode(t, broker(t), o), dial) })
		}
	}
}

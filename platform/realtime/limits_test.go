package realtime

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
)

func TestAHelloMustComeAndBeTrue(t *testing.T) {
	n := startNode(t, NewMemory(), Options{})
	n.ban("eve")
	cases := map[string]struct {
		frame, code string
		close       int
	}{
		"unknown secret":  {`{"t":"hello","v":1,"session":"eve"}`, "unknown-session", CloseUnknown},
		"no secret":       {`{"t":"hello","v":1}`, "unknown-session", CloseUnknown},
		"unknown version": {`{"t":"hello","v":2,"session":"ann"}`, "unknown-version", CloseUnknown},
		"no database":     {`{"t":"hello","v":1,"session":"broken"}`, "internal", CloseInternal},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			ws := socketTo(t, n.url)
			ws.say("%s", c.frame)
			ws.wantError(c.code)
			ws.wantClosed(c.close)
			res := request(t, ctxBackground, "POST", n.url+"/realtime/open", "", c.frame)
			defer res.Body.Close()
			body, err := io.ReadAll(res.Body)
			if err != nil || res.StatusCode < 400 || !strings.Contains(string(body), c.code) {
				t.Fatalf("%s %s %v", res.Status, body, err)
			}
		})
	}
	eventually(t, "nothing is left", func() bool { return n.hub.Connections() == 0 })
	if len(n.opened) > 0 {
		t.Fatal("somebody was let in")
	}
}

func TestNothingButAHelloComesFirst(t *testing.T) {
	n := startNode(t, NewMemory(), Options{})
	c := socketTo(t, n.url)
	c.say(`{"t":"join","room":"r1","after":0}`)
	c.wantError("hello-first")
	c.say(`{"t":"hello","v":1,"session":"ann"}`)
	c.want("welcome")
}

func TestWhoSaysNoHelloIsEndedAfterTenSeconds(t *testing.T) {
	n := startNode(t, NewMemory(), Options{})
	c := socketTo(t, n.url)
	c.quietBeforeHello()
	secret := openStream(t, n.url, "ann") // but its events are never asked for
	n.clock.Advance(helloWithin)
	n.hub.sweep(n.clock.Now())
	c.wantClosed(CloseHelloTimeout)
	eventually(t, "both are gone", func() bool { return n.hub.Connections() == 0 })
	res := request(t, ctxBackground, "GET", n.url+"/realtime/events", secret, "")
	res.Body.Close()
	if res.StatusCode != http.StatusNotFound {
		t.Fatal(res.Status)
	}
}

// quietBeforeHello proves that the server has the connection.
func (c *caller) quietBeforeHello() {
	c.say(`{"t":"ping"}`)
	c.want("pong")
}

// A session revoked while its hello is being answered must not slip through.
func TestASessionRevokedDuringItsHelloIsClosed(t *testing.T) {
	n := startNode(t, NewMemory(), Options{})
	slow := &slowDoor{book: n.book, entered: make(chan struct{}), go_on: make(chan struct{})}
	n.hub.gate = slow
	c := socketTo(t, n.url)
	c.say(`{"t":"hello","v":1,"session":"ann"}`)
	next(t, "hello", slow.entered)
	n.ban("ann")
	n.hub.Disconnect(func(p Peer) bool { return p.Session == "ann" })
	close(slow.go_on)
	c.wantClosed(CloseUnknown)
}

type slowDoor struct {
	*book
	entered, go_on chan struct{}
}

func (s *slowDoor) Hello(ctx context.Context, h Hello) (Peer, error) {
	p, err := s.book.Hello(ctx, h)
	s.entered <- struct{}{}
	<-s.go_on
	return p, err
}

func TestConnectionsPerAddressAreLimited(t *testing.T) {
	n := startNode(t, NewMemory(), Options{PerAddress: 2, ClientIP: func(r *http.Request) string { return r.Header.Get("X-From") }})
	dial := func(from string) (*websocket.Conn, *http.Response, error) {
		return websocket.Dial(ctxBackground, n.url+"/realtime", &websocket.DialOptions{HTTPHeader: http.Header{"X-From": {from}}})
	}
	var first *websocket.Conn
	for range 2 {
		ws, _, err := dial("1.1.1.1")
		if err != nil {
			t.Fatal(err)
		}
		defer ws.CloseNow()
		first = ws
	}
	if _, res, err := dial("1.1.1.1"); err == nil || res.StatusCode != http.StatusTooManyRequests {
		t.Fatalf("a third was let in: %v", err)
	}
	other, _, err := dial("2.2.2.2")
	if err != nil {
		t.Fatal(err)
	}
	defer other.CloseNow()
	first.CloseNow()
	eventually(t, "its place is free", func() bool {
		ws, _, err := dial("1.1.1.1")
		if err == nil {
			defer ws.CloseNow()
		}
		return err == nil
	})
}

func TestALargeFrameEndsTheConnection(t *testing.T) {
	n := startNode(t, NewMemory(), Options{})
	frame := `{"t":"idle","x":"` + strings.Repeat("x", maxFrame) + `"}`
	ws := dialSocket(t, n.url, "ann")
	ws.say("%s", frame)
	ws.wantClosed(CloseTooBig)
	stream := dialStream(t, n.url, "ann")
	if err := stream.send(frame); err == nil || !strings.Contains(err.Error(), "413") {
		t.Fatal(err)
	}
	fits := `{"t":"idle","on":true,"x":"` + strings.Repeat("x", maxFrame-1000) + `"}`
	dialSocket(t, n.url, "ann").say("%s", fits)
	next(t, "the largest frame", n.said)
}

func TestTheStreamsDoorsAreClosedToOthers(t *testing.T) {
	n := startNode(t, NewMemory(), Options{})
	c := dialStream(t, n.url, "ann")
	status := func(method, path, secret, body string) int {
		res := request(t, ctxBackground, method, n.url+path, secret, body)
		res.Body.Close()
		return res.StatusCode
	}
	for _, secret := range []string{"", "wrong"} {
		if got := status("GET", "/realtime/events", secret, ""); got != 404 {
			t.Errorf("events: %d", got)
		}
		if got := status("POST", "/realtime/send", secret, `{"t":"ping"}`); got != 404 {
			t.Errorf("send: %d", got)
		}
	}
	for _, body := range []string{"", "[]", `{"t":"join","room":"r1"}`} {
		if got := status("POST", "/realtime/open", "", body); got != 400 {
			t.Errorf("open %s: %d", body, got)
		}
	}
	if got := status("GET", "/realtime", "", ""); got != http.StatusUpgradeRequired {
		t.Errorf("no upgrade: %d", got)
	}
	secret := openStream(t, n.url, "bob")
	ctx, cancel := context.WithCancel(ctxBackground)
	defer cancel()
	request(t, ctx, "GET", n.url+"/realtime/events", secret, "").Body.Close()
	if got := status("GET", "/realtime/events", secret, ""); got != 400 && got != 404 {
		t.Errorf("taken twice: %d", got)
	}
	c.quiet()
}

// A reader that does not read is cut off with bounded memory (RT-54), and can
// resume from the database.
func TestASlowReaderIsCutOffAndResumes(t *testing.T) {
	n := startNode(t, NewMemory(), Options{})
	ws, _, err := websocket.Dial(ctxBackground, n.url+"/realtime", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer ws.CloseNow()
	for _, f := range []string{`{"t":"hello","v":1,"session":"slow"}`, `{"t":"join","room":"r1","after":0}`} {
		if err := ws.Write(ctxBackground, websocket.MessageText, []byte(f)); err != nil {
			t.Fatal(err)
		}
	}
	eventually(t, "joined", func() bool { return len(n.hub.topics.subs("room:r1")) == 1 })
	text := strings.Repeat("x", 100_000)
	said := int64(0)
	for c := n.hub.all()[0]; !c.isClosed(); said++ {
		n.say(t, "r1", text)
		if most := c.queuedBytes(); most > maxQueued+200_000 {
			t.Fatalf("%d bytes queued", most)
		}
	}
	c := dialSocket(t, n.url, "ann")
	n.mu.Lock()
	n.rooms["r1"] = n.rooms["r1"][:min(said, 20)]
	n.mu.Unlock()
	c.say(`{"t":"join","room":"r1","after":10}`)
	c.wantEvents(11, min(said, 20))
}

func (c *client) isClosed() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.closed
}

func (c *client) queuedBytes() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.queued
}

// stuck is a Conn whose writes block until it is aborted.
type stuck struct {
	*stream
	closed chan int
}

func (s stuck) Write([][]byte) error { <-s.done; return errEnded }
func (s stuck) Close(code int, _ string) {
	s.closed <- code
	s.Abort()
}

func TestAQueueIsBoundedInFramesAndInTime(t *testing.T) {
	for name, fill := range map[string]func(*node, *client){
		"frames": func(_ *node, c *client) {
			for range maxQueue + 1 {
				c.send(pong)
			}
		},
		"time": func(n *node, c *client) {
			c.send(pong)
			eventually(t, "written", func() bool { c.mu.Lock(); defer c.mu.Unlock(); return c.inFlight > 0 })
			n.clock.Advance(writeWithin)
			c.seen.Store(int64(n.clock.Now()))
			c.mu.Lock()
			c.greeted = true
			c.mu.Unlock()
			n.hub.sweep(n.clock.Now())
		},
	} {
		t.Run(name, func(t *testing.T) {
			n := startNode(t, NewMemory(), Options{})
			conn := stuck{newStream(""), make(chan int, 1)}
			c := newClient(n.hub, conn, "")
			n.hub.start(c)
			fill(n, c)
			if code := next(t, "close", conn.closed); code != CloseTooSlow {
				t.Fatalf("closed with %d", code)
			}
			c.mu.Lock()
			defer c.mu.Unlock()
			if len(c.out) > 0 {
				t.Fatalf("%d frames are kept", len(c.out))
			}
		})
	}
}

func TestADatabaseThatFailsDoesNotTakeTheRoomAway(t *testing.T) {
	n := startNode(t, NewMemory(), Options{})
	c := dialSocket(t, n.url, "ann")
	n.mu.Lock()
	n.broken = errors.New("no database")
	n.mu.Unlock()
	c.say(`{"t":"join","room":"r1","after":0}`)
	c.wantError("internal")
	if len(n.hub.topics.subs("room:r1")) != 0 {
		t.Fatal("half joined")
	}
	n.mu.Lock()
	n.broken = nil
	n.mu.Unlock()
	c.say(`{"t":"join","room":"r1","after":0}`)
	c.wantJoined(0)
	n.mu.Lock()
	n.broken = errors.New("no database")
	n.mu.Unlock()
	n.write(t, "r1", "lost")
	n.say(t, "r1", "shows the gap")
	c.wantClosed(CloseTooSlow) // connects again and resumes
}

// An idle socket holds no more than its reader and two small buffers.
func TestAnIdleSocketIsCheap(t *testing.T) {
	const sockets, limit = 500, 14 << 10
	n := startNode(t, NewMemory(), Options{})
	held := func() uint64 {
		runtime.GC()
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc + m.StackInuse
	}
	before := held()
	conns := make([]net.Conn, sockets)
	for i := range conns {
		conns[i] = rawSocket(t, n, fmt.Sprintf("visitor%d", i))
		defer conns[i].Close()
		<-n.opened
	}
	if each := (held() - min(before, held())) / sockets; each > limit {
		t.Fatalf("%d bytes for each idle socket", each)
	}
}

// rawSocket is a WebSocket client without goroutines and buffers of its own.
func rawSocket(t testing.TB, n *node, session string) net.Conn {
	t.Helper()
	c, err := net.DialTimeout("tcp", strings.TrimPrefix(n.url, "http://"), soon)
	if err != nil {
		t.Fatal(err)
	}
	if err := c.SetDeadline(time.Now().Add(soon)); err != nil {
		t.Fatal(err)
	}
	fmt.Fprint(c, "GET /realtime HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
	answer := make([]byte, 300)
	if k, err := c.Read(answer); err != nil || !strings.Contains(string(answer[:k]), " 101 ") {
		t.Fatalf("%s %v", answer[:k], err)
	}
	hello := fmt.Sprintf(`{"t":"hello","v":1,"session":%q}`, session)
	if _, err := c.Write(append([]byte{0x81, 0x80 | byte(len(hello)), 0, 0, 0, 0}, hello...)); err != nil {
		t.Fatal(err)
	}
	if k, err := c.Read(answer); err != nil || !strings.Contains(string(answer[:k]), "welcome") {
		t.Fatalf("%s %v", answer[:k], err)
	}
	return c
}

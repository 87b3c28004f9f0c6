package realtime

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/coder/websocket"

	"github.com/foyerchat/foyer/platform/clock"
)

// caller is a client on either transport.
type caller struct {
	t      testing.TB
	frames chan map[string]any
	closed chan int // the close code, or 0
	send   func(frame string) error
	drop   func()
}

type dialer func(t testing.TB, url, session string) *caller

var transports = map[string]dialer{"websocket": dialSocket, "event stream": dialStream}

// socketTo opens a WebSocket and says nothing yet.
func socketTo(t testing.TB, url string) *caller {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), soon)
	defer cancel()
	ws, _, err := websocket.Dial(ctx, url+"/realtime", &websocket.DialOptions{HTTPHeader: http.Header{"Origin": {"https://elsewhere.example"}}})
	if err != nil {
		t.Fatal(err)
	}
	ws.SetReadLimit(1 << 20)
	c := &caller{t: t, frames: make(chan map[string]any, 5000), closed: make(chan int, 1), drop: func() { ws.CloseNow() }}
	c.send = func(frame string) error { return ws.Write(ctxBackground, websocket.MessageText, []byte(frame)) }
	go func() {
		defer close(c.frames)
		for {
			_, b, err := ws.Read(ctxBackground)
			if err != nil {
				c.closed <- max(0, int(websocket.CloseStatus(err)))
				return
			}
			c.got(b)
		}
	}()
	t.Cleanup(c.drop)
	return c
}

var ctxBackground = context.Background()

func (c *caller) got(b []byte) {
	var f map[string]any
	if err := json.Unmarshal(b, &f); err != nil {
		c.t.Errorf("not JSON: %s", b)
	}
	c.frames <- f
}

func dialSocket(t testing.TB, url, session string) *caller {
	t.Helper()
	c := socketTo(t, url)
	c.say(`{"t":"hello","v":1,"session":%q}`, session)
	c.want("welcome")
	return c
}

func request(t testing.TB, ctx context.Context, method, url, secret, body string) *http.Response {
	t.Helper()
	r, err := http.NewRequestWithContext(ctx, method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set(connectionHeader, secret)
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	return res
}

func openStream(t testing.TB, url, session string) string {
	t.Helper()
	res := request(t, ctxBackground, "POST", url+"/realtime/open", "", fmt.Sprintf(`{"t":"hello","v":1,"session":%q}`, session))
	defer res.Body.Close()
	var answer struct{ Connection string }
	if err := json.NewDecoder(res.Body).Decode(&answer); err != nil || answer.Connection == "" {
		t.Fatalf("open: %s %v", res.Status, err)
	}
	return answer.Connection
}

func dialStream(t testing.TB, url, session string) *caller {
	t.Helper()
	secret := openStream(t, url, session)
	ctx, cancel := context.WithCancel(ctxBackground)
	res := request(t, ctx, "GET", url+"/realtime/events", secret, "")
	if got := res.Header.Get("Content-Type"); got != "text/event-stream" {
		t.Fatalf("content type %q", got)
	}
	c := &caller{t: t, frames: make(chan map[string]any, 5000), closed: make(chan int, 1), drop: cancel}
	c.send = func(frame string) error {
		res := request(t, ctxBackground, "POST", url+"/realtime/send", secret, frame)
		defer res.Body.Close()
		if res.StatusCode != http.StatusNoContent {
			return fmt.Errorf("send: %s", res.Status)
		}
		return nil
	}
	go c.readStream(res)
	t.Cleanup(cancel)
	c.want("welcome")
	return c
}

func (c *caller) readStream(res *http.Response) {
	defer close(c.frames)
	defer res.Body.Close()
	code := 0
	lines := bufio.NewScanner(res.Body)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		data, ok := bytes.CutPrefix(lines.Bytes(), []byte("data: "))
		if !ok {
			continue
		}
		var bye Closed
		if json.Unmarshal(data, &bye) == nil && bye.T == "closed" {
			code = bye.Code
			continue
		}
		c.got(data)
	}
	c.closed <- code
}

func (c *caller) say(format string, args ...any) {
	c.t.Helper()
	if err := c.send(fmt.Sprintf(format, args...)); err != nil {
		c.t.Fatal(err)
	}
}

// want is the next frame, which must be of this kind.
func (c *caller) want(kind string) map[string]any {
	c.t.Helper()
	f := next(c.t, kind, c.frames)
	if f["t"] != kind {
		c.t.Fatalf("wanted %s, got %v", kind, f)
	}
	return f
}

func (c *caller) wantError(code string) {
	c.t.Helper()
	if f := c.want("error"); f["code"] != code {
		c.t.Fatalf("wanted error %s, got %v", code, f)
	}
}

// wantEvents takes exactly these numbers of the room, in this order.
func (c *caller) wantEvents(from, to int64) {
	c.t.Helper()
	for n := from; n <= to; n++ {
		if f := c.want("event"); int64(f["seq"].(float64)) != n {
			c.t.Fatalf("wanted number %d, got %v", n, f)
		}
	}
}

func (c *caller) wantJoined(seq int64) {
	c.t.Helper()
	if f := c.want("joined"); int64(f["seq"].(float64)) != seq {
		c.t.Fatalf("wanted joined at %d, got %v", seq, f)
	}
}

// quiet proves that nothing else was sent before the answer to a ping.
func (c *caller) quiet() {
	c.t.Helper()
	c.say(`{"t":"ping"}`)
	c.want("pong")
}

func (c *caller) wantClosed(code int) {
	c.t.Helper()
	select {
	case got := <-c.closed:
		if got != code {
			c.t.Fatalf("closed with %d, wanted %d", got, code)
		}
	case <-clock.System.After(soon):
		c.t.Fatalf("not closed with %d", code)
	}
}

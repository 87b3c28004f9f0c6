package rest

import (
	"io"
	"net/http"
	"time"

	"github.com/foyerchat/foyer/platform/clock"
)

// Content is a response that is read while it is sent, in ranges if the client asks
// for them, and not at all if it has what Tag names.
type Content struct {
	Type   string // the exact Content-Type
	Tag    string
	Header http.Header
	Body   io.ReadSeekCloser
}

func (x *exchange) content(c Content) {
	defer c.Body.Close()
	h := x.w.Header()
	for name, values := range c.Header {
		h[name] = values
	}
	h.Set("Content-Type", c.Type)
	h.Set("X-Content-Type-Options", "nosniff")
	if c.Tag != "" {
		h.Set("Etag", `"`+c.Tag+`"`)
	}
	http.ServeContent(&going{x}, x.r, "", time.Time{}, c.Body)
}

// going gives a long answer more time as long as it is taken off our hands.
type going struct{ x *exchange }

func (g *going) Header() http.Header { return g.x.w.Header() }

func (g *going) WriteHeader(status int) {
	g.x.status = status
	g.x.w.WriteHeader(status)
}

func (g *going) Write(b []byte) (int, error) {
	http.NewResponseController(g.x.w).SetWriteDeadline(clock.System.Now().Add(2 * stillFor).Time())
	n, err := g.x.w.Write(b)
	if err != nil {
		g.x.status = 499 // the client went away
	}
	return n, err
}

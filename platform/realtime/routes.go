package realtime

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"time"

	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/id"
)

// connectionHeader carries the secret of an event stream's connection.
const connectionHeader = "X-Foyer-Connection"

var (
	errUnavailable = fault.New(fault.Unavailable, "unavailable", "")
	errAddress     = fault.New(fault.TooMany, "too-many-connections", "")
	errConnection  = fault.New(fault.NotFound, "unknown-connection", "")
	errTaken       = fault.New(fault.Invalid, "stream-taken", "")
	errTooLarge    = fault.New(fault.TooLarge, "too-large", "")
)

// Routes serves the socket and its fallback under /realtime.
func (h *Hub) Routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /realtime", h.serveSocket)
	mux.HandleFunc("POST /realtime/open", h.serveOpen)
	mux.HandleFunc("GET /realtime/events", h.serveEvents)
	mux.HandleFunc("POST /realtime/send", h.serveSend)
	return mux
}

// serveSocket upgrades and returns: the reader has its own goroutine, so that the
// handler's stack is given back.
func (h *Hub) serveSocket(w http.ResponseWriter, r *http.Request) {
	addr := h.opt.ClientIP(r)
	if err := h.admit(addr); err != nil {
		fail(w, err)
		return
	}
	conn, err := accept(w, r)
	if err != nil {
		h.discharge(addr)
		return
	}
	h.start(newClient(h, conn, addr))
}

func (h *Hub) serveOpen(w http.ResponseWriter, r *http.Request) {
	var f ClientFrame
	body, err := read(w, r)
	if err == nil && (json.Unmarshal(body, &f) != nil || f.T != "hello") {
		err = errFrame
	}
	if err != nil {
		fail(w, err)
		return
	}
	secret, err := h.open(h.opt.ClientIP(r), f)
	if err != nil {
		fail(w, err)
		return
	}
	respond(w, http.StatusOK, map[string]string{"connection": secret})
}

// open makes a connection whose events wait until its stream is asked for.
func (h *Hub) open(addr string, f ClientFrame) (string, error) {
	if err := h.admit(addr); err != nil {
		return "", err
	}
	secret := id.Secret()
	s := newStream(id.Hash(secret))
	s.client = newClient(h, s, addr)
	s.client.paused = true
	h.mu.Lock()
	h.streams[s.key] = s
	h.mu.Unlock()
	h.start(s.client)
	if err := s.client.greet(f); err != nil {
		s.Abort()
		return "", err
	}
	return secret, nil
}

func (h *Hub) serveEvents(w http.ResponseWriter, r *http.Request) {
	s := h.stream(r)
	if s == nil {
		fail(w, errConnection)
	} else if !s.run(w, r) {
		fail(w, errTaken)
	}
}

func (h *Hub) serveSend(w http.ResponseWriter, r *http.Request) {
	s := h.stream(r)
	if s == nil {
		fail(w, errConnection)
		return
	}
	body, err := read(w, r)
	if err == nil && s.post(body) != nil {
		err = errConnection
	}
	if err != nil {
		fail(w, err)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

func (h *Hub) stream(r *http.Request) *stream {
	key := id.Hash(r.Header.Get(connectionHeader))
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.streams[key]
}

// read takes the one frame of a post, which may neither be large nor trickle in.
func read(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	c := http.NewResponseController(w)
	c.SetReadDeadline(clock.System.Now().Add(helloWithin).Time())
	defer c.SetReadDeadline(time.Time{})
	b, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxFrame))
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return nil, errTooLarge
	} else if err != nil {
		return nil, errFrame
	}
	return b, nil
}

// fail answers with an error frame; what is not a fault is nobody's business.
func fail(w http.ResponseWriter, err error) {
	f, ok := fault.Of(err)
	if !ok {
		f = fault.New(fault.Unavailable, "internal", "")
	}
	respond(w, statuses[f.Kind], Error{T: "error", Code: f.Code})
}

var statuses = map[fault.Kind]int{
	fault.Invalid: http.StatusBadRequest, fault.Unauthenticated: http.StatusUnauthorized,
	fault.Forbidden: http.StatusForbidden, fault.NotFound: http.StatusNotFound,
	fault.TooLarge: http.StatusRequestEntityTooLarge, fault.TooMany: http.StatusTooManyRequests,
	fault.Unavailable: http.StatusServiceUnavailable,
}

func respond(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	w.Write(marshal(body))
}

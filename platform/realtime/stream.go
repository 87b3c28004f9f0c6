package realtime

import (
	"errors"
	"net/http"
	"sync"
	"time"

	"github.com/foyerchat/foyer/platform/clock"
)

// stream is a Conn whose frames leave on an event stream and arrive by posts.
type stream struct {
	client *client
	key    string // hash of its secret
	in     chan []byte
	done   chan struct{}
	once   sync.Once

	mu  sync.Mutex // one writer
	res response
}

// goodbyeWithin is how long a last event may take to leave.
const goodbyeWithin = 2 * time.Second

var errEnded = errors.New("realtime: the connection has ended")

func newStream(key string) *stream {
	return &stream{key: key, in: make(chan []byte), done: make(chan struct{})}
}

// Read waits for a posted frame.
func (s *stream) Read() ([]byte, error) {
	select {
	case b := <-s.in:
		return b, nil
	case <-s.done:
		return nil, errEnded
	}
}

// post hands a frame to the reader.
func (s *stream) post(b []byte) error {
	select {
	case s.in <- b:
		return nil
	case <-s.done:
		return errEnded
	}
}

// Write sends frames as events.
func (s *stream) Write(frames [][]byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	w := s.res.writer()
	if w == nil {
		return errEnded
	}
	for _, f := range frames {
		for _, part := range [...][]byte{[]byte("data: "), f, []byte("\n\n")} {
			if _, err := w.Write(part); err != nil {
				return err
			}
		}
	}
	return http.NewResponseController(w).Flush()
}

// Close says goodbye in a last event.
func (s *stream) Close(code int, reason string) {
	s.res.hurry()
	s.Write([][]byte{marshal(Closed{T: "closed", Code: code, Reason: reason})})
	s.Abort()
}

// Abort ends the stream.
func (s *stream) Abort() { s.once.Do(func() { close(s.done) }) }

// run writes to w until the connection or the request ends; false if another
// request has done so before.
func (s *stream) run(w http.ResponseWriter, r *http.Request) bool {
	if !s.res.begin(w) {
		return false
	}
	s.client.resume()
	select {
	case <-s.done:
	case <-r.Context().Done():
		s.Abort()
	}
	s.res.hurry()
	s.mu.Lock() // after the last write
	defer s.mu.Unlock()
	s.res.end()
	return true
}

// response is the one answer a stream writes to, usable while its handler runs.
type response struct {
	mu    sync.Mutex
	w     http.ResponseWriter
	taken bool
}

func (a *response) begin(w http.ResponseWriter) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.taken {
		return false
	}
	a.taken, a.w = true, w
	h := w.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("Cache-Control", "no-store, no-transform")
	h.Set("X-Accel-Buffering", "no")
	c := http.NewResponseController(w)
	c.SetReadDeadline(time.Time{}) // the server's time-outs are not for streams
	c.SetWriteDeadline(time.Time{})
	w.WriteHeader(http.StatusOK)
	c.Flush()
	return true
}

func (a *response) writer() http.ResponseWriter {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.w
}

// hurry gives what is being written a short time.
func (a *response) hurry() {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.w != nil {
		http.NewResponseController(a.w).SetWriteDeadline(clock.System.Now().Add(goodbyeWithin).Time())
	}
}

func (a *response) end() {
	a.mu.Lock()
	defer a.mu.Unlock()
	http.NewResponseController(a.w).SetWriteDeadline(time.Time{})
	a.w = nil
}

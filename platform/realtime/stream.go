package realtime

import (
	"errors"
	"net/http"
	"sync"

	"github.com/foyerchat/foyer/platform/clock"
)

// stream is a Conn whose frames leave on an event stream and arrive by posts.
type stream struct {
	client *client
	key    string // hash of its secret
	in     chan []byte
	done   chan struct{}
	once   sync.Once

	mu     sync.Mutex // the response
	out    *http.ResponseController
	w      http.ResponseWriter
	taken  bool
	closed bool
}

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

// Write sends frames as events.
func (s *stream) Write(frames [][]byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.out == nil || s.closed {
		return errEnded
	}
	if err := s.out.SetWriteDeadline(clock.System.Now().Add(writeWithin).Time()); err != nil {
		return err
	}
	for _, f := range frames {
		for _, part := range [...][]byte{[]byte("data: "), f, []byte("\n\n")} {
			if _, err := s.w.Write(part); err != nil {
				return err
			}
		}
	}
	return s.out.Flush()
}

// Close says goodbye in a last event. Whatever is being written is given its time.
func (s *stream) Close(code int, reason string) {
	s.Write([][]byte{marshal(Closed{T: "closed", Code: code, Reason: reason})})
	s.Abort()
}

// Abort ends the stream.
func (s *stream) Abort() { s.once.Do(func() { close(s.done) }) }

// post hands a frame to the reader.
func (s *stream) post(b []byte) error {
	select {
	case s.in <- b:
		return nil
	case <-s.done:
		return errEnded
	}
}

// run writes to w until the connection or the request ends; only one may.
func (s *stream) run(w http.ResponseWriter, r *http.Request) bool {
	if !s.attach(w) {
		return false
	}
	s.client.resume()
	select {
	case <-s.done:
	case <-r.Context().Done():
		s.Abort()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true // w must not be used from here on
	return true
}

func (s *stream) attach(w http.ResponseWriter) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.taken {
		return false
	}
	s.taken = true
	h := w.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("Cache-Control", "no-store, no-transform")
	h.Set("X-Accel-Buffering", "no")
	s.w, s.out = w, http.NewResponseController(w)
	w.WriteHeader(http.StatusOK)
	return s.out.Flush() == nil
}

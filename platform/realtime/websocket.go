package realtime

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"net"
	"net/http"

	"github.com/coder/websocket"
)

// socket is a Conn on a WebSocket. Only this file knows the library.
type socket struct{ ws *websocket.Conn }

// accept upgrades a request. Any origin may: a cookie proves nothing here.
func accept(w http.ResponseWriter, r *http.Request) (Conn, error) {
	ws, err := websocket.Accept(slim{w}, r, &websocket.AcceptOptions{
		InsecureSkipVerify: true, CompressionMode: websocket.CompressionDisabled})
	if err != nil {
		return nil, err
	}
	ws.SetReadLimit(maxFrame)
	return socket{ws}, nil
}

func (s socket) Read() ([]byte, error) {
	_, b, err := s.ws.Read(context.Background())
	return b, err
}

func (s socket) Write(frames [][]byte) error {
	for _, f := range frames {
		if err := s.ws.Write(context.Background(), websocket.MessageText, f); err != nil {
			return err
		}
	}
	return nil
}

func (s socket) Close(code int, reason string) { s.ws.Close(websocket.StatusCode(code), reason) }

func (s socket) Abort() { s.ws.CloseNow() }

// slim replaces the two 4 KiB buffers of net/http, which the library would keep
// for as long as the connection lives.
type slim struct{ http.ResponseWriter }

const (
	readBuffer  = 512
	writeBuffer = 1024
)

// Hijack takes the connection over, with small buffers.
func (s slim) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	conn, old, err := http.NewResponseController(s.ResponseWriter).Hijack()
	if err != nil {
		return nil, nil, err
	}
	early, err := old.Reader.Peek(old.Reader.Buffered())
	if err != nil {
		return nil, nil, err
	}
	// bufio would hand back a larger reader instead of wrapping it, hence io.Reader.
	r := bufio.NewReaderSize(io.MultiReader(bytes.NewReader(bytes.Clone(early)), conn), max(readBuffer, len(early)))
	if _, err := r.Peek(len(early)); err != nil { // the library takes from r only what r has
		return nil, nil, err
	}
	return conn, bufio.NewReadWriter(r, bufio.NewWriterSize(conn, writeBuffer)), nil
}

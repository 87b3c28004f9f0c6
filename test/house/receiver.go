package house

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"testing"
)

// Request is one that a server of others got.
type Request struct {
	Method, Path string
	Query        url.Values
	Header       http.Header
	Body         string
}

// Receiver is a server of others: it keeps what it gets and answers as it is told.
type Receiver struct {
	*httptest.Server
	mu     sync.Mutex
	all    []Request
	answer http.HandlerFunc
}

// NewReceiver starts one that answers 200 with this text. Who comes after its end finds nobody.
func NewReceiver(t *testing.T, text string) *Receiver {
	p := &Receiver{}
	p.Says(200, text)
	p.Server = httptest.NewServer(p)
	p.Config.SetKeepAlivesEnabled(false)
	t.Cleanup(p.Close)
	return p
}

// ServeHTTP keeps a request and answers it.
func (p *Receiver) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	p.mu.Lock()
	p.all = append(p.all, Request{r.Method, r.URL.Path, r.URL.Query(), r.Header, string(body)})
	answer := p.answer
	p.mu.Unlock()
	answer(w, r)
}

// Got is what came since it was asked last.
func (p *Receiver) Got() []Request {
	p.mu.Lock()
	defer p.mu.Unlock()
	all := p.all
	p.all = nil
	return all
}

// Answers has it answer so from now on.
func (p *Receiver) Answers(with http.HandlerFunc) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.answer = with
}

// Says has it answer with a status and a text from now on.
func (p *Receiver) Says(status int, text string) {
	p.Answers(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		io.WriteString(w, text)
	})
}

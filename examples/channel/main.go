// Command channel is an example of a channel of one's own: it carries chats between
// Foyer and anything else that can send and show text, here a text protocol over HTTP.
// Whoever writes to /say?from=NAME becomes a visitor with a chat; what agents answer
// comes by webhook and is read at /heard?from=NAME.
//
//	channel -foyer https://chat.example.org -token hush
//
// The CRM webhook, or a webhook of its own with the event "agent's message", points to
// /webhook and carries the token.
package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/url"
	"sync"
	"time"
)

func main() {
	listen := flag.String("listen", "127.0.0.1:9096", "address to listen on")
	foyer := flag.String("foyer", "http://127.0.0.1:8080", "address of Foyer")
	token := flag.String("token", "", "the webhook's token")
	flag.Parse()
	log.Fatal(http.ListenAndServe(*listen, newChannel(*foyer, *token)))
}

// channel carries texts.
type channel struct {
	foyer, token string
	client       http.Client
	mux          *http.ServeMux

	mu    sync.Mutex
	seen  map[string]bool     // deliveries taken
	heard map[string][]string // by visitor token
}

func newChannel(foyer, token string) *channel {
	c := &channel{foyer: foyer, token: token, client: http.Client{Timeout: 10 * time.Second}, mux: http.NewServeMux(),
		seen: map[string]bool{}, heard: map[string][]string{}}
	c.mux.HandleFunc("POST /say", c.say)
	c.mux.HandleFunc("GET /heard", c.hear)
	c.mux.HandleFunc("POST /webhook", c.webhook)
	return c
}

// ServeHTTP serves the three paths.
func (c *channel) ServeHTTP(w http.ResponseWriter, r *http.Request) { c.mux.ServeHTTP(w, r) }

// visitor is the token of whoever writes: only this channel can make it, and the same
// person is the same visitor.
func (c *channel) visitor(from string) string {
	h := sha256.Sum256([]byte(c.token + "\n" + from))
	return "channel-" + hex.EncodeToString(h[:16])
}

func (c *channel) call(ctx context.Context, method, path string, body, answer any) error {
	var reader io.Reader
	if body != nil {
		text, err := json.Marshal(body)
		if err != nil {
			return err
		}
		reader = bytes.NewReader(text)
	}
	r, err := http.NewRequestWithContext(ctx, method, c.foyer+"/api/v1/"+path, reader)
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/json")
	res, err := c.client.Do(r)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		said, _ := io.ReadAll(io.LimitReader(res.Body, 1000))
		return fmt.Errorf("%s: status %d: %s", path, res.StatusCode, said)
	}
	return json.NewDecoder(res.Body).Decode(answer)
}

const longest = 1 << 20 // bytes of a request

// say registers whoever writes, opens the chat or finds the open one, and sends the text.
func (c *channel) say(w http.ResponseWriter, r *http.Request) {
	text, err := io.ReadAll(http.MaxBytesReader(w, r.Body, longest))
	from := r.URL.Query().Get("from")
	if err != nil || from == "" {
		http.Error(w, "who says what?", http.StatusBadRequest)
		return
	}
	token := c.visitor(from)
	var known struct{ Visitor struct{ Token string } }
	var open struct {
		Room struct {
			ID string `json:"_id"`
		}
	}
	var sent struct{ Success bool }
	err = c.call(r.Context(), "POST", "livechat/visitor", map[string]any{"visitor": map[string]string{"token": token, "name": from}}, &known)
	if err == nil {
		err = c.call(r.Context(), "GET", "livechat/room?token="+url.QueryEscape(known.Visitor.Token), nil, &open)
	}
	if err == nil {
		err = c.call(r.Context(), "POST", "livechat/message", map[string]string{"token": known.Visitor.Token, "rid": open.Room.ID, "msg": string(text)}, &sent)
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
	}
}

// hear shows what agents answered somebody.
func (c *channel) hear(w http.ResponseWriter, r *http.Request) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, text := range c.heard[c.visitor(r.URL.Query().Get("from"))] {
		fmt.Fprintln(w, text)
	}
}

// webhook takes what agents say, each delivery once.
func (c *channel) webhook(w http.ResponseWriter, r *http.Request) {
	if subtle.ConstantTimeCompare([]byte(r.Header.Get("X-RocketChat-Livechat-Token")), []byte(c.token)) != 1 {
		http.Error(w, "wrong token", http.StatusForbidden)
		return
	}
	var e struct {
		Type     string
		Visitor  struct{ Token string }
		Messages []struct{ Msg, AgentID string }
	}
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, longest)).Decode(&e); err != nil {
		http.Error(w, "no JSON", http.StatusBadRequest)
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	delivery := r.Header.Get("X-Livechat-Delivery")
	if e.Type != "Message" || len(e.Messages) == 0 || e.Messages[0].AgentID == "" || c.seen[delivery] {
		return
	}
	c.seen[delivery] = true
	c.heard[e.Visitor.Token] = append(c.heard[e.Visitor.Token], e.Messages[0].Msg)
}

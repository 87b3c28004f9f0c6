// Command crm-receiver is an example of a server that a webhook of Foyer's tells of
// chats. It checks who sends, takes each delivery once, and answers with a line that
// Foyer keeps with the room and repeats as crmData. A real one would look the
// customer up.
//
//	crm-receiver -token hush -secret whsec_…
//
// The token is that of the settings, the secret that of the webhooks page; either
// may be left out and is then not checked. Several secrets, separated by commas,
// are all accepted, as they must be while one replaces the other.
//
// receiver.mjs, receiver.py and receiver.php do the same in Node, Python and PHP.
//
// It keeps nothing: after a restart a delivery that is sent again is taken again.
package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"log"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

func main() {
	listen := flag.String("listen", "127.0.0.1:9091", "address to listen on")
	token := flag.String("token", "", "the secret token of the settings")
	secrets := flag.String("secret", "", "signing secrets, separated by commas")
	flag.Parse()
	log.Fatal(http.ListenAndServe(*listen, newReceiver(*token, *secrets)))
}

// event is what the receiver reads of a request; there is more.
type event struct {
	Type    string `json:"type"`
	Room    string `json:"_id"`
	Visitor struct {
		Name string `json:"name"`
	} `json:"visitor"`
	Messages []struct {
		Username string `json:"username"`
		Msg      string `json:"msg"`
	} `json:"messages"`
}

// receiver takes deliveries.
type receiver struct {
	token   string
	secrets []string
	age     func(time.Time) time.Duration

	mu     sync.Mutex
	seen   map[string]bool // ids of deliveries taken
	events []event
}

func newReceiver(token, secrets string) *receiver {
	r := &receiver{token: token, age: time.Since, seen: map[string]bool{}}
	if secrets != "" {
		r.secrets = strings.Split(secrets, ",")
	}
	return r
}

const (
	longest = 16 << 20        // bytes of a request
	lateBy  = 5 * time.Minute // an older signature may be a replay of somebody else's
)

// ServeHTTP takes one delivery. Any answer but 200 has it sent again.
func (s *receiver) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, longest))
	if err != nil {
		http.Error(w, "too long", http.StatusRequestEntityTooLarge)
		return
	}
	if !s.trusts(r.Header, body) {
		http.Error(w, "wrong token or signature", http.StatusForbidden)
		return
	}
	var e event
	if err := json.Unmarshal(body, &e); err != nil {
		http.Error(w, "no JSON", http.StatusBadRequest)
		return
	}
	if s.first(r.Header.Get("X-Livechat-Delivery"), e) {
		log.Printf("%s in %s of %s", e.Type, e.Room, e.Visitor.Name)
	}
	fmt.Fprintf(w, "known as %s", e.Visitor.Name)
}

// first takes a delivery, unless it was taken before: one may arrive more than once.
func (s *receiver) first(id string, e event) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if id != "" && s.seen[id] {
		return false
	}
	s.seen[id] = true
	s.events = append(s.events, e)
	return true
}

func (s *receiver) trusts(h http.Header, body []byte) bool {
	if s.token != "" && subtle.ConstantTimeCompare([]byte(h.Get("X-RocketChat-Livechat-Token")), []byte(s.token)) != 1 {
		return false
	}
	if len(s.secrets) == 0 {
		return true
	}
	sent, err := strconv.ParseInt(h.Get("webhook-timestamp"), 10, 64)
	if err != nil || s.age(time.Unix(sent, 0)).Abs() > lateBy {
		return false
	}
	for _, secret := range s.secrets {
		if signed(secret, h, body) {
			return true
		}
	}
	return false
}

// signed reports whether one of the signatures is that of the secret
// (https://www.standardwebhooks.com).
func signed(secret string, h http.Header, body []byte) bool {
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, "whsec_"))
	if err != nil {
		return false
	}
	mac := hmac.New(sha256.New, key)
	fmt.Fprintf(mac, "%s.%s.%s", h.Get("webhook-id"), h.Get("webhook-timestamp"), body)
	want := "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))
	for signature := range strings.FieldsSeq(h.Get("webhook-signature")) {
		if hmac.Equal([]byte(signature), []byte(want)) {
			return true
		}
	}
	return false
}

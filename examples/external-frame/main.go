// Command external-frame is an example of the page that agents see beside a chat. It
// reads the token it is called with, asks Foyer whose it is, and shows a greeting with
// the chat's visitor. A real one would show the customer's orders.
//
//	external-frame -foyer https://chat.example.org -key '{"kty":"oct",…}'
//
// The key is the one that the settings show once when it is generated.
package main

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"encoding/base64"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"html/template"
	"log"
	"net/http"
	"net/url"
	"time"
)

func main() {
	listen := flag.String("listen", "127.0.0.1:9092", "address to listen on")
	foyer := flag.String("foyer", "http://127.0.0.1:8080", "address of Foyer")
	key := flag.String("key", "", "the key of the settings")
	flag.Parse()
	p, err := newPage(*foyer, *key)
	if err != nil {
		log.Fatal(err)
	}
	log.Fatal(http.ListenAndServe(*listen, p))
}

// page shows who looks at which chat.
type page struct {
	foyer  string
	cipher cipher.AEAD
	client http.Client
}

// The token is sealed with AES-256-GCM under a nonce of 16 bytes.
const nonceBytes = 16

func newPage(foyer, jwk string) (*page, error) {
	var k struct{ K string }
	if err := json.Unmarshal([]byte(jwk), &k); err != nil {
		return nil, fmt.Errorf("the key is no JSON Web Key: %w", err)
	}
	key, err := base64.RawURLEncoding.DecodeString(k.K)
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	c, err := cipher.NewGCMWithNonceSize(block, nonceBytes)
	return &page{foyer: foyer, cipher: c, client: http.Client{Timeout: 10 * time.Second}}, err
}

// open reads the parameter t, which the query decoded once: it is decoded once more,
// and is then base64 of nonce, sealed text and tag.
func (p *page) open(t string) (string, error) {
	text, err := url.QueryUnescape(t)
	if err != nil {
		return "", err
	}
	b, err := base64.StdEncoding.DecodeString(text)
	if err != nil || len(b) < nonceBytes {
		return "", errors.New("no token")
	}
	plain, err := p.cipher.Open(nil, b[:nonceBytes], b[nonceBytes:], nil)
	return string(plain), err
}

var look = template.Must(template.New("").Parse(`<!doctype html><meta charset="utf-8"><title>CRM</title>
<h1>{{.Visitor}}</h1><p>Hello {{.Agent}}, this is what we know.</p>`))

// ServeHTTP shows the page to whoever proves that he may see the chat.
func (p *page) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	token, err := p.open(q.Get("t"))
	if err != nil {
		http.Error(w, "wrong token", http.StatusForbidden)
		return
	}
	var me struct{ Username string }
	var room struct{ Room struct{ Fname string } }
	user := q.Get("uid")
	for path, answer := range map[string]any{"/api/v1/me": &me, "/api/v1/foyer/rooms/" + url.PathEscape(q.Get("rid")): &room} {
		if err := p.ask(r.Context(), path, user, token, answer); err != nil {
			http.Error(w, "not for you", http.StatusForbidden)
			return
		}
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	look.Execute(w, map[string]string{"Agent": me.Username, "Visitor": room.Room.Fname})
}

// ask asks Foyer as the agent who looks.
func (p *page) ask(ctx context.Context, path, user, token string, answer any) error {
	r, err := http.NewRequestWithContext(ctx, "GET", p.foyer+path, nil)
	if err != nil {
		return err
	}
	r.Header.Set("X-User-Id", user)
	r.Header.Set("X-Auth-Token", token)
	res, err := p.client.Do(r)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("status %d", res.StatusCode)
	}
	return json.NewDecoder(res.Body).Decode(answer)
}

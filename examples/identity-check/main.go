// Command identity-check is an example of the service of a website that Foyer asks who
// is signed in there. The page passes on its session's id as "custom"; whoever is
// signed in under it is named. A real one would look the session up.
//
//	identity-check -token hush -sessions abc=ana:ana@example.org
//
// The token is that of the settings, sent as X-RocketChat-Livechat-Token; empty: not
// checked. api_url.php does the same in PHP, for a site that keeps PHP's own sessions.
package main

import (
	"crypto/subtle"
	"encoding/json"
	"flag"
	"log"
	"mime"
	"net/http"
	"strings"
)

func main() {
	listen := flag.String("listen", "127.0.0.1:9093", "address to listen on")
	token := flag.String("token", "", "the secret token of the settings")
	sessions := flag.String("sessions", "", "session=name:address, separated by commas")
	flag.Parse()
	log.Fatal(http.ListenAndServe(*listen, newService(*token, *sessions)))
}

// service knows who is signed in under which session.
type service struct {
	token string
	known map[string]answer
}

// answer is what agents read beside the chat.
type answer struct {
	LoggedIn bool   `json:"logged_in"`
	Name     string `json:"name,omitempty"`
	Email    string `json:"email,omitempty"`
}

func newService(token, sessions string) *service {
	s := &service{token: token, known: map[string]answer{}}
	for one := range strings.SplitSeq(sessions, ",") {
		if session, who, ok := strings.Cut(one, "="); ok {
			name, email, _ := strings.Cut(who, ":")
			s.known[session] = answer{true, name, email}
		}
	}
	return s
}

const longest = 64 << 10 // bytes of a question

// ServeHTTP answers one question, in either form.
func (s *service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if s.token != "" && subtle.ConstantTimeCompare([]byte(r.Header.Get("X-RocketChat-Livechat-Token")), []byte(s.token)) != 1 {
		http.Error(w, "wrong token", http.StatusForbidden)
		return
	}
	r.Body = http.MaxBytesReader(w, r.Body, longest)
	var question struct{ Custom string }
	if kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); kind == "application/json" {
		if err := json.NewDecoder(r.Body).Decode(&question); err != nil {
			http.Error(w, "no JSON", http.StatusBadRequest)
			return
		}
	} else {
		question.Custom = r.PostFormValue("custom")
	}
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(s.known[question.Custom])
}

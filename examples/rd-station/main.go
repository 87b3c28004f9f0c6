// Command rd-station stands in for RD Station: it takes the leads that Foyer sends, in
// the old form and in the present one, checks the token and prints them. Set it as
// Livechat_RDStation_URL to look at what would be sent.
//
//	rd-station -token hush
//
// The old form is the one whose path has /api/1.3/ in it.
package main

import (
	"encoding/json"
	"flag"
	"log"
	"net/http"
	"strings"
	"sync"
)

func main() {
	listen := flag.String("listen", "127.0.0.1:9094", "address to listen on")
	token := flag.String("token", "", "the token of the settings")
	flag.Parse()
	log.Fatal(http.ListenAndServe(*listen, &station{token: *token}))
}

// lead is what both forms have in common.
type lead struct {
	Conversion, Email, Name, Phone string
	Tags                           []string
}

// station takes leads.
type station struct {
	token string

	mu    sync.Mutex
	leads []lead
}

// classic is the body of the conversions API 1.3.
type classic struct {
	Token      string   `json:"token_rdstation"`
	Conversion string   `json:"identificador"`
	Email      string   `json:"email"`
	Name       string   `json:"nome"`
	Phone      string   `json:"telefone"`
	Tags       []string `json:"tags"`
}

// conversion is the body of the present conversions API.
type conversion struct {
	Type    string `json:"event_type"`
	Family  string `json:"event_family"`
	Payload struct {
		Conversion string   `json:"conversion_identifier"`
		Email      string   `json:"email"`
		Name       string   `json:"name"`
		Phone      string   `json:"personal_phone"`
		Tags       []string `json:"tags"`
	} `json:"payload"`
}

const longest = 1 << 20 // bytes of a lead

// ServeHTTP takes one lead.
func (s *station) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	d := json.NewDecoder(http.MaxBytesReader(w, r.Body, longest))
	var l lead
	var token string
	var err error
	if strings.Contains(r.URL.Path, "/api/1.3/") {
		var c classic
		err = d.Decode(&c)
		token, l = c.Token, lead{c.Conversion, c.Email, c.Name, c.Phone, c.Tags}
	} else {
		var c conversion
		err = d.Decode(&c)
		token, l = r.URL.Query().Get("api_key"), lead{c.Payload.Conversion, c.Payload.Email, c.Payload.Name, c.Payload.Phone, c.Payload.Tags}
	}
	switch {
	case err != nil || l.Email == "" || l.Conversion == "":
		http.Error(w, "no lead", http.StatusBadRequest)
	case token != s.token:
		http.Error(w, "wrong token", http.StatusUnauthorized)
	default:
		log.Printf("%s: %s <%s> %v", l.Conversion, l.Name, l.Email, l.Tags)
		s.mu.Lock()
		defer s.mu.Unlock()
		s.leads = append(s.leads, l)
	}
}

// taken are the leads so far.
func (s *station) taken() []lead {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]lead(nil), s.leads...)
}

// Command trigger-service is an example of the external service of a trigger: it is
// told what the page knows about a visitor and answers what to say to him. A real one
// would look into a shop's basket or a customer's contract.
//
//	trigger-service -token secret
//
// greets by the name in the page's metadata, and offers help with a full basket.
package main

import (
	"crypto/subtle"
	"encoding/json"
	"flag"
	"log"
	"net/http"
	"strconv"
)

func main() {
	listen := flag.String("listen", "127.0.0.1:9097", "address to listen on")
	token := flag.String("token", "", "the secret of Livechat_secret_token")
	flag.Parse()
	log.Fatal(http.ListenAndServe(*listen, service(*token)))
}

// question is what a trigger asks.
type question struct {
	VisitorToken string `json:"visitorToken"`
	Metadata     []struct {
		Key   string `json:"key"`
		Value string `json:"value"`
	} `json:"metadata"`
}

// content is one text to show; smaller orders come first.
type content struct {
	Msg   string `json:"msg"`
	Order int    `json:"order"`
}

// service answers whoever knows the secret.
type service string

func (s service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if subtle.ConstantTimeCompare([]byte(r.Header.Get("X-RocketChat-Livechat-Token")), []byte(s)) != 1 {
		http.Error(w, "wrong secret", http.StatusUnauthorized)
		return
	}
	var q question
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 64<<10)).Decode(&q); err != nil {
		http.Error(w, "not understood", http.StatusBadRequest)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(map[string][]content{"contents": say(q)})
}

func say(q question) []content {
	known := map[string]string{}
	for _, m := range q.Metadata {
		known[m.Key] = m.Value
	}
	greeting := "Hello!"
	if known["name"] != "" {
		greeting = "Hello " + known["name"] + "!"
	}
	all := []content{{greeting, 1}}
	if n, err := strconv.Atoi(known["basket"]); err == nil && n > 0 {
		all = append(all, content{"May I help you with your order?", 2})
	}
	return all
}

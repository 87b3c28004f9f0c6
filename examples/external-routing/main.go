// Command external-routing is an example of a service for the routing method
// External Service: whenever a chat needs an agent it is asked, and names the next
// one of the department's list. A real one would look at shifts, skills or another
// system's queue.
//
//	external-routing -token secret bob,eve sales=ann:QxH7,bob
//
// lists bob and eve for chats without a department and ann and bob for the
// department with the id sales. What follows the colon is the agent's id, by which
// the server says whom not to name.
//
// It will not watch who is there: the server asks again, up to ten times, until
// the answer is somebody who is.
package main

import (
	"crypto/subtle"
	"encoding/json"
	"flag"
	"log"
	"net/http"
	"strings"
	"sync"
)

func main() {
	listen := flag.String("listen", "127.0.0.1:9090", "address to listen on")
	token := flag.String("token", "", "the secret of Livechat_External_Queue_Token")
	flag.Parse()
	log.Fatal(http.ListenAndServe(*listen, newService(*token, flag.Args()...)))
}

// agent is one that may be named.
type agent struct{ username, id string }

// service names agents in turn.
type service struct {
	token string

	mu    sync.Mutex
	lists map[string][]agent // by department, "" is none; the next one is first
}

func newService(token string, lists ...string) *service {
	s := &service{token: token, lists: map[string][]agent{}}
	for _, list := range lists {
		department, names, ok := strings.Cut(list, "=")
		if !ok {
			department, names = "", list
		}
		for name := range strings.SplitSeq(names, ",") {
			username, id, _ := strings.Cut(name, ":")
			s.lists[department] = append(s.lists[department], agent{username, id})
		}
	}
	return s
}

// ServeHTTP answers who is next, or an empty object.
func (s *service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if subtle.ConstantTimeCompare([]byte(r.Header.Get("X-RocketChat-Secret-Token")), []byte(s.token)) != 1 {
		http.Error(w, "wrong secret", http.StatusUnauthorized)
		return
	}
	answer := map[string]string{}
	if username := s.next(r.FormValue("departmentId"), r.FormValue("ignoreAgentId")); username != "" {
		answer["username"] = username
	}
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(answer)
}

// next takes the first of the list who is not to be ignored and puts him last.
func (s *service) next(department, ignore string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	list := s.lists[department]
	for i, a := range list {
		if ignore != "" && a.id == ignore {
			continue
		}
		s.lists[department] = append(append(append([]agent{}, list[:i]...), list[i+1:]...), a)
		return a.username
	}
	return ""
}

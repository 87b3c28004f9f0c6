// Package stage lets people, known by their names alone, call the endpoints of one
// feature on a real database.
package stage

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/rest"
	"github.com/foyerchat/foyer/platform/testkit"
)

// Stage is a database and what is served from it.
type Stage struct {
	T   *testing.T
	DB  *db.DB
	API http.Handler
	// Below is the path all calls are below of, with a slash at its end.
	Below string
}

// Serve makes the API of some rows, whose answers are held against their document.
func (s *Stage) Serve(who rest.Authenticator, c clock.Clock, rows []rest.Endpoint) {
	s.T.Helper()
	s.API = testkit.API(s.T, rest.Config{Auth: who, Clock: c, Log: slog.New(slog.DiscardHandler)}, rows)
}

// Must ends the test at an error.
func (s *Stage) Must(err error) {
	s.T.Helper()
	if err != nil {
		s.T.Fatal(err)
	}
}

// InTx does something in a transaction.
func (s *Stage) InTx(do func(tx *db.Tx) error) {
	s.T.Helper()
	s.Must(s.DB.InTx(context.Background(), do))
}

// Exec changes the database behind the feature's back.
func (s *Stage) Exec(sql string, args ...any) {
	s.T.Helper()
	s.InTx(func(tx *db.Tx) error {
		_, err := tx.Exec(context.Background(), sql, args...)
		return err
	})
}

// Words are the rows of one column, with spaces between.
func (s *Stage) Words(sql string, args ...any) string {
	s.T.Helper()
	all, err := db.All(context.Background(), s.DB, func(r db.Row) (text string, err error) { return text, r.Scan(&text) }, sql, args...)
	s.Must(err)
	return strings.Join(all, " ")
}

// Answer is what a call came back with.
type Answer struct {
	Status int
	Body   map[string]any
	Text   string
}

// Call asks as somebody, or as nobody when there is no name.
func (s *Stage) Call(as, method, path, body string) Answer {
	s.T.Helper()
	if as == "" {
		return s.ask(http.Header{}, method, path, body)
	}
	return s.ask(http.Header{"X-User-Id": {as}, "X-Auth-Token": {"t"}}, method, path, body)
}

// Guest asks as the guest with this secret.
func (s *Stage) Guest(secret, method, path, body string) Answer {
	s.T.Helper()
	return s.ask(http.Header{rest.GuestHeader: {secret}}, method, path, body)
}

func (s *Stage) ask(who http.Header, method, path, body string) Answer {
	s.T.Helper()
	var from io.Reader
	if body != "" {
		from = strings.NewReader(body)
	}
	r := httptest.NewRequest(method, s.Below+path, from)
	r.Header = who
	w := httptest.NewRecorder()
	s.API.ServeHTTP(w, r)
	a := Answer{Status: w.Code, Text: w.Body.String()}
	var read any // some rows answer a bare number
	if err := json.Unmarshal(w.Body.Bytes(), &read); err != nil {
		s.T.Fatalf("%s %s answered %q", method, path, a.Text)
	}
	a.Body, _ = read.(map[string]any)
	return a
}

// Names joins one field of the objects in a list of the answer.
func (a Answer) Names(list, field string) string {
	var all []string
	objects, _ := a.Body[list].([]any)
	for _, o := range objects {
		all = append(all, o.(map[string]any)[field].(string))
	}
	return strings.Join(all, " ")
}

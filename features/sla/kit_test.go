package sla

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/rest"
	"github.com/foyerchat/foyer/platform/testkit"
)

// kit is the feature on a real database, with its endpoints served.
type kit struct {
	*Service
	t   *testing.T
	api http.Handler
}

var rights = map[string][]chat.Permission{"nobody": nil, "agent": {chat.ViewLRoom}, "boss": {chat.ManageLivechatPriorities, chat.ManageLivechatSLA}}

func each(t *testing.T, run func(k *kit)) {
	t.Helper()
	c := clock.NewFake(1_790_000_000_000)
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) {
		k := &kit{t: t, Service: New(Deps{DB: d})}
		k.api = testkit.API(t, rest.Config{Auth: k, Clock: c, Log: slog.New(slog.DiscardHandler)}, k.Rows())
		run(k)
	}, c)
}

// User knows the people of rights; their tokens are not looked at.
func (k *kit) User(_ context.Context, c rest.Credentials) (rest.Caller, error) {
	held, ok := rights[c.UserID]
	if !ok {
		return rest.Caller{}, fault.New(fault.Unauthenticated, "", "")
	}
	a := chat.Actor{User: chat.UserID(c.UserID), Permissions: map[chat.Permission]bool{}}
	for _, p := range held {
		a.Permissions[p] = true
	}
	return rest.Caller{Identity: a, Permissions: func(id string) bool { return a.May(chat.Permission(id)) }}, nil
}

func (k *kit) Guest(context.Context, string) (rest.Caller, error) {
	return rest.Caller{}, fault.New(fault.Unauthenticated, "", "")
}

type answer struct {
	status int
	body   map[string]any
	text   string
}

func (k *kit) call(as, method, path, body string) answer {
	k.t.Helper()
	var from io.Reader
	if body != "" {
		from = strings.NewReader(body)
	}
	r := httptest.NewRequest(method, "/api/v1/livechat/"+path, from)
	if as != "" {
		r.Header.Set("X-User-Id", as)
		r.Header.Set("X-Auth-Token", "t")
	}
	w := httptest.NewRecorder()
	k.api.ServeHTTP(w, r)
	a := answer{status: w.Code, text: w.Body.String()}
	if err := json.Unmarshal(w.Body.Bytes(), &a.body); err != nil {
		k.t.Fatalf("%s %s answered %q", method, path, a.text)
	}
	return a
}

// names joins one field of the objects in a list of an answer.
func (a answer) names(list, field string) string {
	var all []string
	objects, _ := a.body[list].([]any)
	for _, o := range objects {
		all = append(all, o.(map[string]any)[field].(string))
	}
	return strings.Join(all, " ")
}

func (k *kit) texts(sql string, args ...any) string {
	k.t.Helper()
	all, err := db.All(context.Background(), k.DB, func(r db.Row) (s string, err error) { return s, r.Scan(&s) }, sql, args...)
	if err != nil {
		k.t.Fatal(err)
	}
	return strings.Join(all, " ")
}

// told are the payloads of the events so far.
func (k *kit) told() string {
	return k.texts(`SELECT name || payload FROM outbox ORDER BY at, name, payload`)
}

// state is all that a refused call must leave as it was.
func (k *kit) state() string {
	return k.told() + k.texts(`SELECT id || name || weight || '@' || updated_at FROM priorities ORDER BY id`) + k.texts(`SELECT id || name || description || minutes FROM sla_policies ORDER BY id`)
}

package visitors

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
	t        *testing.T
	clock    *clock.Fake
	settings *chat.Settings
	rooms    *forgetter
	api      http.Handler
}

type fixed struct{ s *chat.Settings }

func (f fixed) Current() *chat.Settings { return f.s }

// forgetter stands where rooms will: it notes whom it was asked to forget.
type forgetter struct{ asked []chat.VisitorID }

func (f *forgetter) Forget(ctx context.Context, tx *db.Tx, v chat.VisitorID) error {
	f.asked = append(f.asked, v)
	_, err := tx.Exec(ctx, `DELETE FROM rooms WHERE visitor_id = $1`, v)
	return err
}

// undefined stands where custom fields will: there are none.
type undefined struct{}

func (undefined) Fill(_ context.Context, _ db.Querier, w chat.FieldWrites) (map[string]string, error) {
	return w.Stored, nil
}

// noContacts stands where contacts will: nobody has one.
type noContacts struct{}

func (noContacts) For(context.Context, *db.Tx, chat.Visitor) (chat.ContactID, error) { return "", nil }

func (noContacts) Erased(context.Context, *db.Tx, chat.VisitorID, chat.ContactID) error { return nil }

const start clock.Instant = 1_790_000_000_000

func each(t *testing.T, run func(k *kit)) {
	t.Helper()
	c := clock.NewFake(start)
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) {
		k := &kit{t: t, clock: c, settings: chat.DefaultSettings(), rooms: &forgetter{}}
		k.Service = New(Deps{DB: d, Clock: c, Settings: fixed{k.settings}, Sites: k, Rooms: k.rooms, Fields: undefined{}, Contacts: noContacts{}})
		k.api = testkit.API(t, rest.Config{Auth: k, Clock: c, Log: slog.New(slog.DiscardHandler)}, k.Rows())
		run(k)
	}, c)
}

func (k *kit) For(context.Context, chat.SiteID) (*chat.Settings, error) { return k.settings, nil }

// User knows "agent" (view-l-room), "manager" (all that is asked here), "monitor" (the
// same rights, in his units) and "nobody" (no right).
func (k *kit) User(_ context.Context, c rest.Credentials) (rest.Caller, error) {
	rights := map[string][]chat.Permission{"agent": {chat.ViewLRoom}, "nobody": nil,
		"manager": {chat.ViewLRoom, chat.ViewLivechatRooms, chat.ViewLivechatManager, chat.EditOmnichannelContact},
		"monitor": {chat.ViewLRoom, chat.ViewLivechatRooms, chat.ViewLivechatManager}}
	held, ok := rights[c.UserID]
	if !ok {
		return rest.Caller{}, fault.New(fault.Unauthenticated, "", "")
	}
	a := chat.Actor{User: chat.UserID(c.UserID), Permissions: map[chat.Permission]bool{}}
	for _, p := range held {
		a.Permissions[p] = true
	}
	if c.UserID == "monitor" {
		a.Roles = []string{chat.RoleMonitor}
	}
	return rest.Caller{Identity: a, Permissions: func(id string) bool { return a.May(chat.Permission(id)) }}, nil
}

// answer is what came back: the status and the decoded object.
type answer struct {
	status int
	body   map[string]any
	text   string
}

func (k *kit) call(as, method, path, body string, headers ...string) answer {
	k.t.Helper()
	var from io.Reader
	if body != "" {
		from = strings.NewReader(body)
	}
	r := httptest.NewRequest(method, "/api/v1/"+path, from)
	r.Header.Set("User-Agent", "Browser/1")
	if as != "" {
		r.Header.Set("X-User-Id", as)
		r.Header.Set("X-Auth-Token", "t")
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	k.api.ServeHTTP(w, r)
	a := answer{status: w.Code, text: w.Body.String()}
	if err := json.Unmarshal(w.Body.Bytes(), &a.body); err != nil {
		k.t.Fatalf("%s %s answered %q", method, path, a.text)
	}
	return a
}

func (k *kit) must(err error) {
	k.t.Helper()
	if err != nil {
		k.t.Fatal(err)
	}
}

func (k *kit) exec(sql string, args ...any) {
	k.t.Helper()
	k.must(k.DB.InTx(context.Background(), func(tx *db.Tx) error {
		_, err := tx.Exec(context.Background(), sql, args...)
		return err
	}))
}

func (k *kit) number(sql string, args ...any) int64 {
	k.t.Helper()
	n, err := db.One(context.Background(), k.DB, number, sql, args...)
	k.must(err)
	return n
}

// events are the names of what was announced so far.
func (k *kit) events() string {
	k.t.Helper()
	names, err := db.All(context.Background(), k.DB, text, `SELECT name FROM outbox ORDER BY id`)
	k.must(err)
	return strings.Join(names, " ")
}

// state counts all that a refused call must leave as it was.
func (k *kit) state() int64 {
	return k.number(`SELECT (SELECT count(*) FROM visitors) + 1000 * (SELECT count(*) FROM pages) + 1000000 * (SELECT count(*) FROM outbox)
		+ 1000000000 * (SELECT count(*) FROM visitor_sessions) + (SELECT coalesce(max(updated_at), 0) FROM visitors)`)
}

func (k *kit) visitor(token string) chat.Visitor {
	k.t.Helper()
	v, err := k.Register(context.Background(), Registration{Token: token})
	k.must(err)
	return v
}

// room puts an open room of the visitor into the database.
func (k *kit) room(id string, v chat.Visitor, more ...string) {
	k.t.Helper()
	served := ""
	if len(more) > 0 {
		served = more[0]
	}
	k.exec(`INSERT INTO rooms (id, site_id, code, fname, ts, lm, open, visitor_id, v, source_type, source, served_by, served_by_username, updated_at)
		VALUES ($1, 'default', 1, 'Ann', $2, $2, true, $3, $4, 'api', '{"type":"api"}', $5, $5, $2)`, id, k.clock.Now(), v.ID, db.JSON(v.View()), served)
}

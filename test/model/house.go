package model

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"
	"sync/atomic"
	"time"

	"github.com/foyerchat/foyer/app"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/id"
)

// House is the real thing on a database of its own, on a clock that only the story
// moves.
type House struct {
	ctx    context.Context
	url    string
	clock  *clock.Fake
	inside *app.Inside

	departments map[string]*Department // as they were founded
	policies    map[string]string      // ids of SLA policies
	service     *httptest.Server       // the external one
	named       atomic.Value           // whom it names
	twice       bool                   // what happens now is delivered and run twice
}

// noon is when every story begins.
const noon = clock.Instant(1_767_268_800_000) // 2026-01-01T12:00:00Z

// OpenHouse opens a house on a migrated database, which is empty.
func OpenHouse(ctx context.Context, url string) (*House, error) {
	h := &House{ctx: ctx, url: url, clock: clock.NewFake(noon), departments: map[string]*Department{}, policies: map[string]string{}}
	h.named.Store("")
	if err := h.begin(); err != nil {
		return nil, err
	}
	return h, h.hire("boss", "admin")
}

func (h *House) begin() (err error) {
	c := app.Config{Storage: app.Storage{Database: h.url}, RateLimits: "off", Listen: "127.0.0.1:0", AllowPrivateOutbound: true}
	h.inside, err = app.NewInside(h.ctx, c, app.Options{Version: "test", Clock: h.clock})
	return err
}

// Close ends it as a power cut would.
func (h *House) Close() error {
	if h.service != nil {
		h.service.Close()
	}
	return h.inside.Close()
}

// restart is a process that ends and another that begins.
func (h *House) restart() error {
	if err := h.inside.Close(); err != nil {
		return err
	}
	return h.begin()
}

// names has the external service name somebody, or nobody. The changed setting makes
// the queues be looked at.
func (h *House) names(agent string) error {
	h.named.Store(agent)
	if h.service == nil {
		h.service = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			_ = json.NewEncoder(w).Encode(object{"username": h.named.Load()})
		}))
		if err := h.call("boss", "POST", "settings/Livechat_External_Queue_URL", object{"value": h.service.URL}, nil); err != nil {
			return err
		}
	}
	return h.call("boss", "POST", "settings/Livechat_External_Queue_Token", object{"value": id.New()}, nil)
}

func (h *House) exec(sql string, args ...any) error {
	return h.inside.DB.InTx(h.ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(h.ctx, sql, args...)
		return err
	})
}

// hire makes a user whose id is his name and who is signed in with the token "t-name".
func (h *House) hire(name string, roles ...string) error {
	now := h.clock.Now()
	err := h.exec(`INSERT INTO users (id, username, username_lower, name, created_at, updated_at) VALUES ($1, $1, $1, $1, $2, $2)`, name, now)
	for _, role := range roles {
		if err == nil {
			err = h.exec(`INSERT INTO user_roles (user_id, role) VALUES ($1, $2)`, name, role)
		}
	}
	if err == nil {
		err = h.signIn(name)
	}
	return err
}

// signIn gives a user the session whose token is "t-name".
func (h *House) signIn(name string) error {
	now := h.clock.Now()
	return h.exec(`INSERT INTO sessions (id, user_id, token_hash, created_at, last_used_at, expires_at) VALUES ($1, $2, $3, $4, $4, $5)`,
		"s-"+name, name, id.Hash("t-"+name), now, now.Add(80*24*time.Hour))
}

// refusal is an answer other than 200.
type refusal struct {
	status int
	code   string
	body   string
}

func (r *refusal) Error() string { return fmt.Sprintf("status %d: %s", r.status, r.body) }

var bracketed = regexp.MustCompile(`\[([\w-]+)\]$`)

// call sends a request as a user, "" for visitors, and decodes the answer.
func (h *House) call(who, method, path string, body, answer any) error {
	text, err := json.Marshal(body)
	if err != nil {
		return err
	}
	r := httptest.NewRequestWithContext(h.ctx, method, "/api/v1/"+path, bytes.NewReader(text))
	if method != http.MethodGet {
		r.Header.Set("Content-Type", "application/json")
	}
	if who != "" {
		r.Header.Set("X-Auth-Token", "t-"+who)
		r.Header.Set("X-User-Id", who)
	}
	w := httptest.NewRecorder()
	h.inside.API.ServeHTTP(w, r)
	if w.Code != http.StatusOK {
		return refusedWith(w)
	}
	if answer == nil {
		return nil
	}
	return json.Unmarshal(w.Body.Bytes(), answer)
}

func refusedWith(w *httptest.ResponseRecorder) error {
	var said struct{ Error, ErrorType string }
	_ = json.Unmarshal(w.Body.Bytes(), &said)
	code := said.ErrorType
	if code == "" {
		code = said.Error
		if found := bracketed.FindStringSubmatch(said.Error); found != nil {
			code = found[1]
		}
	}
	return &refusal{w.Code, code, w.Body.String()}
}

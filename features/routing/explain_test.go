package routing

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/rest"
	"github.com/foyerchat/foyer/platform/testkit"
)

// Visible lets only meg see rooms.
func (l *line) Visible(_ context.Context, a chat.Actor, rid chat.RoomID) (chat.Room, chat.Can, error) {
	if a.User != "meg" || rid == "gone" {
		return chat.Room{}, chat.Can{}, fault.Text(fault.Invalid, "error-invalid-room")
	}
	return chat.Room{ID: rid}, chat.Can{}, nil
}

// User knows meg and bob, who may chat, and nobody, who may not.
func (l *line) User(_ context.Context, c rest.Credentials) (rest.Caller, error) {
	if c.Token == "" {
		return rest.Caller{}, fault.New(fault.Unauthenticated, "", "")
	}
	return rest.Caller{Identity: chat.Actor{User: chat.UserID(c.Token)}, Permissions: func(p string) bool { return c.Token != "nobody" && p == string(chat.ViewLRoom) }}, nil
}

func (l *line) Guest(context.Context, string) (rest.Caller, error) { return rest.Caller{}, nil }

func (l *line) explained(t *testing.T, who, rid string) (status int, body string) {
	l.routing.Sight = l
	api := testkit.API(t, rest.Config{Auth: l, Clock: l.clock, Log: slog.New(slog.DiscardHandler)}, l.routing.Rows())
	r := httptest.NewRequest("GET", "/api/v1/livechat/rooms/"+rid+"/explain", nil)
	if who != "" {
		r.Header.Set("X-Auth-Token", who)
		r.Header.Set("X-User-Id", who)
	}
	w := httptest.NewRecorder()
	api.ServeHTTP(w, r)
	return w.Code, w.Body.String()
}

// Every decision of a room is told in its order: who could have had it, what ruled out the others, what decided.
func TestARoomsWayIsExplained(t *testing.T) {
	lines(t, func(l *line) {
		l.room("r1")
		l.exec(`INSERT INTO departments (id, site_id, name, enabled, show_on_registration, show_on_offline_form, updated_at) VALUES ('sales', 'default', 'Sales', true, true, true, 1)`)
		for _, name := range []string{"bob", "eve"} {
			l.exec(`INSERT INTO users (id, username, username_lower, name, created_at, updated_at) VALUES ($1, $1, $1, $2, 1, 1)`, name, strings.ToUpper(name))
		}
		c := Case{Kind: KindQueue, At: 5, Department: "sales", Queue: "sales", Rules: rulesOf(chat.DefaultSettings()),
			Departments: []Department{{ID: "sales", Name: "Sales", Usable: true, Available: true}},
			Agents: []Agent{{ID: "bob", Username: "bob", Name: "BOB", Load: 2, Local: 1, Count: 4}, {ID: "eve", Username: "eve", Out: OutIdle},
				{ID: "kim", Username: "kim", Load: 3, Count: 5, Order: 1}, {ID: "zoe", Username: "zoe", Load: 9, Limit: 9}}}
		c.Rules.WaitingQueue = true
		l.decide("r1", c)
		l.clock.Advance(1)
		l.decided(Decision{RID: "r1", Kind: KindAssign, Verdict: Verdict{Agent: "eve", Department: "sales", Rule: RuleGiven, Reason: "Meg gave it to EVE"},
			By: chat.UserRef{ID: "meg", Username: "meg", Name: "Meg"}})
		l.exec(`INSERT INTO decisions (id, room_id, agent, method, reason, at) VALUES ('old', 'r1', 'bob', 'Auto_Selection', 'the fewest open chats', 1)`)

		status, body := l.explained(t, "meg", "r1")
		var answer struct{ Decisions []json.RawMessage }
		if err := json.Unmarshal([]byte(body), &answer); err != nil || status != 200 || len(answer.Decisions) != 3 {
			t.Fatalf("%d %s", status, body)
		}
		for i, wants := range [][]string{
			{`"_id":"old"`, `"agent":{"_id":"bob","username":"bob","name":"BOB"}`, `"reason":"the fewest open chats"`, `"candidates":[]`},
			{`"kind":"queue"`, `"method":"Auto_Selection"`, `"department":{"_id":"sales","name":"Sales"}`, `"agent":{"_id":"bob","username":"bob","name":"BOB"}`,
				`"rule":"method"`, `"tie":"count"`, `"among":2`,
				`{"agent":{"_id":"bob","username":"bob","name":"BOB"},"load":2,"local":1,"count":4,"order":0}`,
				`"username":"eve"},"out":"idle"`, `"username":"kim"},"load":3,"local":0,"count":5,"order":1`, `"username":"zoe"},"out":"full","has":9,"limit":9`,
				`"rules":{"method":"Auto_Selection","waitingQueue":true`},
			{`"kind":"assign"`, `"rule":"assigned"`, `"by":{"_id":"meg","username":"meg","name":"Meg"}`, `"agent":{"_id":"eve","username":"eve","name":"EVE"}`, `"candidates":[]`},
		} {
			for _, want := range wants {
				if !strings.Contains(string(answer.Decisions[i]), want) {
					t.Errorf("decision %d: %s is missing in %s", i, want, answer.Decisions[i])
				}
			}
		}
		for who, want := range map[string]int{"": 401, "nobody": 403, "bob": 400} { // who may not see a room learns nothing of it
			if status, body := l.explained(t, who, "r1"); status != want || strings.Contains(body, "decisions") {
				t.Errorf("%q: %d %s", who, status, body)
			}
		}
		if status, _ := l.explained(t, "meg", "gone"); status != 400 {
			t.Error(status)
		}
	})
}

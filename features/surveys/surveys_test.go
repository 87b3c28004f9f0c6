package surveys

import (
	"context"
	"encoding/json"
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

// kit has Ann, whose room r1 is served by bob for sales, and Zoe with a closed r2.
type kit struct {
	*Service
	t   *testing.T
	api http.Handler
}

func each(t *testing.T, run func(k *kit)) {
	t.Helper()
	c := clock.NewFake(1_790_000_000_000)
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) {
		k := &kit{t: t}
		k.Service = New(Deps{DB: d, Guests: k})
		k.api = testkit.API(t, rest.Config{Auth: k, Clock: c, Log: slog.New(slog.DiscardHandler)}, k.Rows())
		for _, v := range []struct{ id, room, agent, department string }{{"ann", "r1", "bob", "sales"}, {"zoe", "r2", "", ""}} {
			k.exec(`INSERT INTO visitors (id, site_id, username, token, token_opens, ts, updated_at) VALUES ($1, 'default', $1, $1, true, 1, 1)`, v.id)
			k.exec(`INSERT INTO rooms (id, site_id, code, fname, ts, lm, open, visitor_id, v, source_type, source, served_by, department_id, updated_at)
				VALUES ($1, 'default', 1, '', 1, 1, $2, $3, '{}', 'api', '{}', $4, $5, 1)`, v.room, v.id == "ann", v.id, v.agent, v.department)
		}
		run(k)
	}, c)
}

func (k *kit) ByToken(_ context.Context, token string) (chat.Visitor, error) {
	if token != "ann" && token != "zoe" {
		return chat.Visitor{}, fault.New(fault.Invalid, "invalid-token", "")
	}
	return chat.Visitor{ID: chat.VisitorID(token)}, nil
}

func (k *kit) User(context.Context, rest.Credentials) (rest.Caller, error) {
	return rest.Caller{}, fault.New(fault.Unauthenticated, "", "")
}

func (k *kit) Guest(_ context.Context, secret string) (rest.Caller, error) {
	v, err := k.ByToken(context.Background(), secret)
	if err != nil {
		return rest.Caller{}, fault.New(fault.Unauthenticated, "", "")
	}
	return rest.Caller{Identity: chat.Actor{Visitor: v.ID}}, nil
}

func (k *kit) exec(sql string, args ...any) {
	k.t.Helper()
	if err := k.DB.InTx(context.Background(), func(tx *db.Tx) error {
		_, err := tx.Exec(context.Background(), sql, args...)
		return err
	}); err != nil {
		k.t.Fatal(err)
	}
}

func (k *kit) call(path, body, session string) (int, string) {
	r := httptest.NewRequest("POST", "/api/v1/"+path, strings.NewReader(body))
	r.Header.Set("X-Foyer-Session", session)
	w := httptest.NewRecorder()
	k.api.ServeHTTP(w, r)
	return w.Code, strings.TrimSpace(w.Body.String())
}

// stored is what is kept of a room: the stars, who served it for whom, and the answers.
func (k *kit) stored(room string) string {
	k.t.Helper()
	s, err := db.One(context.Background(), k.DB, func(r db.Row) (string, error) {
		var stars int64
		var agent, department, answers string
		err := r.Scan(&stars, &agent, &department, &answers)
		b, _ := json.Marshal([]any{stars, agent, department, json.RawMessage(answers)})
		return string(b), err
	}, `SELECT COALESCE(max(satisfaction), 0), COALESCE(max(agent_id), ''), COALESCE(max(department_id), ''), COALESCE(max(answers), 'null') FROM surveys WHERE room_id = $1`, room)
	if err != nil {
		k.t.Fatal(err)
	}
	return s
}

// told are the rooms whose rating was told of.
func (k *kit) told() string {
	k.t.Helper()
	all, err := db.All(context.Background(), k.DB, func(r db.Row) (s string, err error) { return s, r.Scan(&s) }, `SELECT payload FROM outbox WHERE name = 'room.rated' ORDER BY id`)
	if err != nil {
		k.t.Fatal(err)
	}
	return strings.Join(all, "")
}

func TestAnswersAreUnderstood(t *testing.T) { // LC-SUR-1, LC-SUR-2
	for _, one := range []struct{ name, value, want string }{
		{"satisfaction", "5", `{"satisfaction":"5"}`}, {"agentKnowledge", "1", `{"agentKnowledge":"1"}`}, {"agentFriendliness", "3", `{"agentFriendliness":"3"}`},
		{"agentResposiveness", "2", `{"agentResposiveness":"2"}`}, {"agentResponsiveness", "2", `{"agentResposiveness":"2"}`},
		{"satisfaction", "6", `{}`}, {"satisfaction", "0", `{}`}, {"satisfaction", "55", `{}`}, {"satisfaction", "", `{}`}, {"satisfaction", "４", `{}`},
		{"Satisfaction", "5", `{}`}, {"other", "5", `{}`},
		{"additionalFeedback", " <b>good</b> ", `{"additionalFeedback":"<b>good</b>"}`}, {"additionalFeedback", " \n ", `{}`},
		{"additionalFeedback", strings.Repeat("é", 3000), `{"additionalFeedback":"` + strings.Repeat("é", 2000) + `"}`},
	} {
		var got strings.Builder
		e := json.NewEncoder(&got)
		e.SetEscapeHTML(false)
		if err := e.Encode(understood([]Answer{{one.name, one.value}})); err != nil || strings.TrimSpace(got.String()) != one.want {
			t.Errorf("%s %.20q: %.60s", one.name, one.value, got.String())
		}
	}
}

func TestAVisitorRatesHisRooms(t *testing.T) { // LC-SUR-3, LC-SUR-4, LC-SUR-5
	each(t, func(k *kit) {
		status, text := k.call("livechat/room.survey", `{"rid":"r1","token":"ann","data":[{"name":"satisfaction","value":"4"},{"name":"x","value":"1"}]}`, "")
		if status != 200 || text != `{"data":{"satisfaction":"4"},"rid":"r1","success":true}` && text != `{"rid":"r1","data":{"satisfaction":"4"},"success":true}` {
			t.Errorf("%d %s", status, text)
		}
		if got := k.stored("r1"); got != `[4,"bob","sales",{"satisfaction":"4"}]` {
			t.Error(got)
		}
		if status, text := k.call("foyer/widget/survey", `{"rid":"r1","data":[{"name":"additionalFeedback","value":"Kind!"}]}`, "ann"); status != 200 {
			t.Errorf("%d %s", status, text)
		}
		if got := k.stored("r1"); got != `[4,"bob","sales",{"additionalFeedback":"Kind!","satisfaction":"4"}]` {
			t.Errorf("a repeated answer replaces the same items only: %s", got)
		}
		if status, text := k.call("livechat/room.survey", `{"rid":"r2","token":"zoe","data":[{"name":"agentKnowledge","value":"1"}]}`, ""); status != 200 || k.stored("r2") != `[0,"","",{"agentKnowledge":"1"}]` {
			t.Errorf("after the end: %d %s %s", status, text, k.stored("r2"))
		}
		if got := k.told(); got != `{"room":"r1"}{"room":"r1"}{"room":"r2"}` {
			t.Errorf("told: %s", got)
		}
	})
}

func TestNobodyRatesWhatIsNotHis(t *testing.T) {
	each(t, func(k *kit) {
		stars := `"data":[{"name":"satisfaction","value":"1"}]`
		for _, one := range []struct {
			path, body, session, want string
			status                    int
		}{
			{"livechat/room.survey", `{"rid":"r1","token":"zoe",` + stars + `}`, "", "[invalid-room]", 400},
			{"livechat/room.survey", `{"rid":"nope","token":"ann",` + stars + `}`, "", "[invalid-room]", 400},
			{"livechat/room.survey", `{"rid":"r1","token":"nobody",` + stars + `}`, "", "[invalid-token]", 400},
			{"livechat/room.survey", `{"rid":"r1","token":"ann","data":[{"name":"x","value":"1"}]}`, "", "[invalid-data]", 400},
			{"livechat/room.survey", `{"rid":"r1",` + stars + `}`, "", "must have required property 'token' [invalid-params]", 400},
			{"foyer/widget/survey", `{"rid":"r1",` + stars + `}`, "zoe", "[invalid-room]", 400},
			{"foyer/widget/survey", `{"rid":"r1",` + stars + `}`, "", "", 401},
		} {
			if status, text := k.call(one.path, one.body, one.session); status != one.status || !strings.Contains(text, one.want) {
				t.Errorf("%s %s: %d %s", one.path, one.body, status, text)
			}
		}
		if got := k.stored("r1") + k.told(); got != `[0,"","",null]` {
			t.Error(got)
		}
	})
}

package departments

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

// people is an Authenticator that knows who may see departments, and who only chats.
type people struct{}

func (people) User(_ context.Context, c rest.Credentials) (rest.Caller, error) {
	held := map[string]chat.Permission{"manager": chat.ViewLivechatDepartments, "agent": chat.ViewLRoom, "nobody": ""}
	p, ok := held[c.UserID]
	if !ok {
		return rest.Caller{}, fault.New(fault.Unauthenticated, "", "")
	}
	a := chat.Actor{User: chat.UserID(c.UserID), Permissions: map[chat.Permission]bool{p: true}}
	return rest.Caller{Identity: a, Permissions: func(id string) bool { return a.May(chat.Permission(id)) }}, nil
}

func (people) Guest(context.Context, string) (rest.Caller, error) {
	return rest.Caller{}, fault.New(fault.Unauthenticated, "", "")
}

func engines(t *testing.T, run func(t *testing.T, s *Service, get func(as, path string) (int, string))) {
	t.Helper()
	testkit.EachEngine(t, func(t *testing.T, d *db.DB) {
		fill(t, d)
		s := New(Deps{DB: d})
		api := rest.NewAPI(rest.Config{Auth: people{}, Clock: clock.NewFake(1), Log: slog.New(slog.DiscardHandler)}, s.Rows())
		run(t, s, func(as, path string) (int, string) {
			r := httptest.NewRequest(http.MethodGet, "/api/v1/livechat/department"+path, nil)
			r.Header.Set("X-User-Id", as)
			r.Header.Set("X-Auth-Token", "t")
			w := httptest.NewRecorder()
			api.ServeHTTP(w, r)
			return w.Code, w.Body.String()
		})
	})
}

// fill adds four departments and two agents of one of them.
func fill(t *testing.T, d *db.DB) {
	t.Helper()
	err := d.InTx(context.Background(), func(tx *db.Tx) error {
		for _, sql := range []string{
			`INSERT INTO departments (id, site_id, name, email, enabled, archived, show_on_registration, show_on_offline_form, updated_at) VALUES
				('d1', 'default', 'Sales', 's@x.y', true, false, true, true, 1), ('d2', 'default', 'Support_1', '', true, false, true, true, 1),
				('d3', 'default', 'Closed', '', false, false, true, true, 1), ('d4', 'default', 'Archived', '', true, true, true, true, 1)`,
			`INSERT INTO users (id, username, username_lower, created_at, updated_at) VALUES ('bob', 'Bob', 'bob', 1, 1), ('ann', 'ann', 'ann', 1, 1)`,
			`INSERT INTO department_agents (department_id, agent_id, position, updated_at) VALUES ('d1', 'bob', 2, 1), ('d1', 'ann', 1, 1), ('d2', 'bob', 1, 1)`,
		} {
			if _, err := tx.Exec(context.Background(), sql); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func ids(t *testing.T, text string) string {
	t.Helper()
	var list struct {
		Departments []struct {
			ID string `json:"_id"`
		} `json:"departments"`
	}
	if err := json.Unmarshal([]byte(text), &list); err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, d := range list.Departments {
		all = append(all, d.ID)
	}
	return strings.Join(all, " ")
}

func TestListFiltersSortsAndPages(t *testing.T) { // rest-api.md 12 and 1.7
	engines(t, func(t *testing.T, _ *Service, get func(as, path string) (int, string)) {
		for query, want := range map[string]string{
			"": "d3 d1 d2", "?enabled=true": "d1 d2", "?enabled=false": "d3", "?showArchived=true": "d4 d3 d1 d2",
			"?text=S": "d3 d1 d2", "?text=sales": "d1", "?text=_": "d2", "?text=%25": "", "?excludeDepartmentId=d1": "d3 d2",
			"?count=1&offset=1": "d1", "?count=0": "d3 d1 d2", `?sort={"name":-1}`: "d2 d1 d3", `?sort={"1;--":1}`: "",
			`?sort={"(SELECT":1}`: "d3 d1 d2",
		} {
			status, text := get("agent", query)
			if strings.Contains(query, ";") {
				if status != 400 {
					t.Errorf("%s: %d", query, status)
				}
				continue
			}
			if got := ids(t, text); status != 200 || got != want {
				t.Errorf("%s: %d %q, want %q", query, status, got, want)
			}
		}
		if _, text := get("agent", "?text=sales"); !strings.Contains(text, `"numAgents":2`) || !strings.Contains(text, `"type":"d"`) || !strings.Contains(text, `"offset":0,"count":1,"total":1`) {
			t.Error(text)
		}
	})
}

func TestOneDepartmentAndItsAgents(t *testing.T) {
	engines(t, func(t *testing.T, _ *Service, get func(as, path string) (int, string)) {
		status, text := get("manager", "/d1")
		if status != 200 || !strings.Contains(text, `"_id":"d1"`) || strings.Index(text, `"username":"ann"`) > strings.Index(text, `"username":"Bob"`) || !strings.Contains(text, `"username":"ann"`) {
			t.Errorf("%d %s", status, text)
		}
		for as, path := range map[string]string{"manager": "/d1?includeAgents=false", "agent": "/d1"} { // permissions.md 4
			if _, text := get(as, path); strings.Contains(text, `"agents"`) || !strings.Contains(text, "Sales") {
				t.Errorf("%s %s: %s", as, path, text)
			}
		}
		if status, text := get("agent", "/unknown"); status != 200 || text != `{"department":null,"success":true}` {
			t.Errorf("%d %s", status, text)
		}
	})
}

func TestBadQuestionsAreRefused(t *testing.T) {
	engines(t, func(t *testing.T, _ *Service, get func(as, path string) (int, string)) {
		for _, path := range []string{"?count=x", "?offset=-1", "?enabled=perhaps", "?text[]=x", "?text=" + strings.Repeat("x", 300), "?sort=x", "?text=%00", "/%00", "/d1?includeAgents=x"} {
			if status, text := get("manager", path); status != 400 {
				t.Errorf("%s: %d %s", path, status, text)
			}
		}
		for as, want := range map[string]int{"": 401, "nobody": 403} {
			for _, path := range []string{"?count=x", "/d1"} {
				if status, text := get(as, path); status != want {
					t.Errorf("%q %s: %d %s", as, path, status, text)
				}
			}
		}
	})
}

func TestLeaveEndsAllMemberships(t *testing.T) { // lifecycle 2.3
	engines(t, func(t *testing.T, s *Service, _ func(as, path string) (int, string)) {
		ctx := context.Background()
		if err := s.db.InTx(ctx, func(tx *db.Tx) error { return s.Leave(ctx, tx, "bob") }); err != nil {
			t.Fatal(err)
		}
		for id, want := range map[chat.DepartmentID]int{"d1": 1, "d2": 0} {
			if _, members, err := s.Find(ctx, id); err != nil || len(members) != want {
				t.Errorf("%s: %v %v", id, members, err)
			}
		}
	})
}

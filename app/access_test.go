package app

import (
	"encoding/json"
	"flag"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/rest"
	"github.com/foyerchat/foyer/platform/testkit"
)

var updateAccess = flag.Bool("update-access", false, "write the table of who may do what anew; read the difference")

// callers are the columns of the table. The world they act on: Ann chats in
// department inside and bob serves her; oda is an agent of another department, mona
// monitors the unit of inside, max manages, boss administers. ben is another visitor.
var callers = []string{"nobody", "ann", "ben", "bob", "oda", "mona", "max", "boss"}

// Every row, asked by everybody about Ann's conversation, her department and her
// agent. The table is read by people: a row without a line, or a line that is no
// longer true, fails.
func TestAccessOfEveryRow(t *testing.T) {
	doc := readDocument(t, rest.OpenAPI(Rows(), ""))
	w := buildWorld(t, doc)
	var table strings.Builder
	for _, o := range doc.operations {
		fmt.Fprintf(&table, "%s %s (%s)\n", o.method, o.path, o.access)
		var before string
		var who []string
		for _, caller := range callers {
			if !w.sensible(o, caller) {
				continue
			}
			answer := w.ask(o, caller)
			if answer != before && before != "" {
				fmt.Fprintf(&table, "\t%s: %s\n", strings.Join(who, " "), before)
				who = nil
			}
			before, who = answer, append(who, caller)
		}
		fmt.Fprintf(&table, "\t%s: %s\n", strings.Join(who, " "), before)
	}
	file := filepath.Join("testdata", "access.txt")
	if *updateAccess {
		if err := os.WriteFile(file, []byte(table.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got := table.String(); got != string(want) {
		t.Errorf("who may do what has changed; if that is meant, run `go test ./app -run AccessOfEveryRow -update-access` and read the difference:\n%s", firstDifference(got, string(want)))
	}
}

func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range g {
		if i >= len(w) || g[i] != w[i] {
			return fmt.Sprintf("line %d\n got %s\nwant %s", i+1, strings.Join(g[max(0, i-2):min(len(g), i+3)], "\n"), strings.Join(w[max(0, i-2):min(len(w), i+3)], "\n"))
		}
	}
	return "lines are missing"
}

// world is a filled database that every request finds as it was.
type world struct {
	*still
	doc     *document
	tokens  map[string]string // of visitors
	content []byte
}

func buildWorld(t *testing.T, doc *document) *world {
	t.Helper()
	address := testkit.URL(t, db.SQLite)
	d, err := db.Open(t.Context(), address, db.Options{})
	if err != nil {
		t.Fatal(err)
	}
	w := &world{still: stand(t, d), doc: doc, tokens: map[string]string{"ann": "ann-token-123", "ben": "ben-token-456"}}
	w.person("boss", chat.RoleAdmin)
	w.person("max", chat.RoleManager)
	w.person("mona", chat.RoleMonitor)
	w.person("bob", chat.RoleAgent)
	w.person("oda", chat.RoleAgent)
	w.must("boss", "POST", "/api/v1/settings/Livechat_Routing_Method", `{"value":"Manual_Selection"}`, nil)
	w.must("boss", "POST", "/api/v1/settings/Livechat_accept_chats_with_no_agents", `{"value":true}`, nil)
	var in struct{ Session string }
	w.must("nobody", "POST", "/api/v1/foyer/widget/visitor", `{"name":"Ann"}`, &in)
	w.as["guest"] = http.Header{rest.GuestHeader: {in.Session}}
	w.must("guest", "POST", "/api/v1/foyer/widget/room", `{}`, nil)
	inside, outside := w.department("inside", "bob"), w.department("outside", "oda")
	w.must("boss", "POST", "/api/v1/livechat/units", fmt.Sprintf(`{"unitData":{"name":"unit","visibility":"public"},"unitMonitors":[{"monitorId":"mona","username":"mona"}],"unitDepartments":[{"departmentId":%q}]}`, inside), nil)
	for _, agent := range []string{"bob", "oda"} {
		if err := w.agents.Connected(t.Context(), "connection of "+agent, chat.UserID(agent), ""); err != nil {
			t.Fatal(err)
		}
		w.must(agent, "POST", "/api/v1/livechat/agent.status", `{"status":"available"}`, nil)
	}
	ann, room, inquiry, message := w.chat("ann", inside, "bob")
	w.chat("ben", outside, "oda")
	for name, v := range map[string]any{
		"rid": room, "roomId": room, "inquiryId": inquiry, "visitorId": ann, "contactId": ann, "department": inside, "departmentId": inside,
		"userId": "bob", "agentId": "bob", "username": "bob", "messageId": message, "type": "agent",
	} {
		doc.known[name] = v
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	if w.content, err = os.ReadFile(strings.TrimPrefix(address, "sqlite:")); err != nil {
		t.Fatal(err)
	}
	w.restore()
	return w
}

func (w *world) department(name, agent string) string {
	w.t.Helper()
	var made struct {
		Department struct {
			ID string `json:"_id"`
		}
	}
	w.must("boss", "POST", "/api/v1/livechat/department", fmt.Sprintf(`{"department":{"enabled":true,"name":%q,"showOnRegistration":true,"email":"d@example.com","showOnOfflineForm":true},"agents":[{"agentId":%q,"username":%q}]}`, name, agent, agent), &made)
	return made.Department.ID
}

// chat lets a visitor begin and an agent take it.
func (w *world) chat(visitor, department, agent string) (id, room, inquiry, message string) {
	w.t.Helper()
	token := w.tokens[visitor]
	var v struct {
		Visitor struct {
			ID string `json:"_id"`
		}
	}
	w.must("nobody", "POST", "/api/v1/livechat/visitor", fmt.Sprintf(`{"visitor":{"token":%q,"name":%q,"department":%q}}`, token, visitor, department), &v)
	var r struct {
		Room struct {
			ID string `json:"_id"`
		}
	}
	w.must("nobody", "GET", "/api/v1/livechat/room?token="+token, "", &r)
	var m struct {
		Message struct {
			ID string `json:"_id"`
		}
	}
	w.must("nobody", "POST", "/api/v1/livechat/message", fmt.Sprintf(`{"token":%q,"rid":%q,"msg":"hello"}`, token, r.Room.ID), &m)
	var i struct {
		Inquiry struct {
			ID string `json:"_id"`
		}
	}
	w.must(agent, "GET", "/api/v1/livechat/inquiries.getOne?roomId="+r.Room.ID, "", &i)
	w.must(agent, "POST", "/api/v1/livechat/inquiries.take", fmt.Sprintf(`{"inquiryId":%q}`, i.Inquiry.ID), nil)
	return v.Visitor.ID, r.Room.ID, i.Inquiry.ID, m.Message.ID
}

// restore puts everything back to how it was.
func (w *world) restore() {
	w.t.Helper()
	file := filepath.Join(w.t.TempDir(), "foyer.db")
	if err := os.WriteFile(file, w.content, 0o600); err != nil {
		w.t.Fatal(err)
	}
	signedIn := w.as
	w.still = stand(w.t, testkit.OpenURL(w.t, "sqlite:"+file))
	w.as = signedIn
}

// sensible leaves out who is the same as nobody: visitors on rows for users, users on
// rows for visitors.
func (w *world) sensible(o operation, caller string) bool {
	visitor := w.tokens[caller] != ""
	switch o.access {
	case "public":
		return caller == "nobody" || visitor
	case "guest":
		return caller == "nobody" || caller == "ann"
	}
	return !visitor
}

// ask sends the row's smallest request about Ann's world and words the answer.
func (w *world) ask(o operation, caller string) string {
	w.t.Helper()
	w.doc.known["token"] = "unknown-token"
	if token := w.tokens[caller]; token != "" {
		w.doc.known["token"] = token
	}
	w.doc.known["_id"] = w.idFor(o.path)
	as := caller
	switch {
	case o.access == "guest" && caller == "ann":
		as = "guest"
	case w.tokens[caller] != "":
		as = "nobody"
	}
	r := w.doc.base(o, false).request(o, "")
	rec := w.send(as, o.method, r.target, r.body)
	var body struct{ Error, Message string }
	_ = json.Unmarshal(rec.Body.Bytes(), &body) // what is not JSON has no error to show
	if rec.Code == http.StatusOK && (o.method != "GET" || strings.Contains(o.path, "join")) {
		w.restore()
	}
	if text := body.Error; text != "" {
		return fmt.Sprintf("%d %s", rec.Code, text)
	}
	return fmt.Sprint(rec.Code)
}

// idFor is what {_id} means on a path.
func (w *world) idFor(path string) any {
	switch {
	case strings.Contains(path, "/department"):
		return w.doc.known["departmentId"]
	case strings.Contains(path, "/message/"):
		return w.doc.known["messageId"]
	case strings.Contains(path, "/visitors/"):
		return w.doc.known["visitorId"]
	}
	return "bob"
}

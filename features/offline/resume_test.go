package offline

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/foyerchat/foyer/chat"
)

// widget is a call of our own widget, as ann if signed says so.
func (k *kit) widget(signed bool, path, body string) (status int, answer map[string]any) {
	k.t.Helper()
	r := httptest.NewRequest("POST", "/api/v1/foyer/widget/"+path, strings.NewReader(body))
	if signed {
		r.Header.Set("X-Foyer-Session", "ann's secret")
	}
	w := httptest.NewRecorder()
	k.api.ServeHTTP(w, r)
	b, _ := io.ReadAll(w.Body)
	if err := json.Unmarshal(b, &answer); err != nil {
		k.t.Fatalf("%s: %s", path, b)
	}
	return w.Code, answer
}

// LC-OFF-8: what a browser left goes on in its chat, once, unless somebody has dealt with it.
func TestAMessageGoesOnInAChat(t *testing.T) {
	each(t, func(t *testing.T, k *kit) {
		k.exec(`INSERT INTO agents (user_id, status_livechat, updated_at) VALUES ('bob', 'available', 1)`)
		leave := func(text, more string) string {
			t.Helper()
			status, answer := k.widget(false, "offline", fmt.Sprintf(`{"name":"Ann","email":"ann@example.com","message":%q%s}`, text, more))
			claim, _ := answer["claim"].(string)
			if status != 200 || claim == "" {
				t.Fatal(status, answer)
			}
			k.clock.Advance(time.Minute)
			return claim
		}
		claim := leave("First", `,"agentId":"bob"`)
		if again := leave("Second", fmt.Sprintf(`,"claim":%q,"agentId":"boss"`, claim)); again != claim {
			t.Error("a browser that has a claim keeps it:", again)
		}
		leave("Another's", "")
		leave("Dealt with", fmt.Sprintf(`,"claim":%q`, claim))
		dealt := k.told()[3].ID
		if status, _, text := k.call("boss", "POST", "/api/v1/foyer/offline.mark", `{"_id":"`+dealt+`","state":"handled"}`); status != 200 {
			t.Fatal(text)
		}
		if facts := k.mails[0].Letter.Parts[1].Facts; facts[len(facts)-1].Value != "Bob" || len(k.mails[1].Letter.Parts[1].Facts) != 2 {
			t.Errorf("%+v: an agent who was chosen is told, who is none is not", facts)
		}
		resume := func(rid, with string) (int, map[string]any) {
			return k.widget(true, "offline.resume", fmt.Sprintf(`{"rid":%q,"claim":%q}`, rid, with))
		}
		if status, _ := k.widget(false, "offline.resume", `{"rid":"r1","claim":"`+claim+`"}`); status != 401 {
			t.Error("nobody:", status)
		}
		for rid, want := range map[string]string{"r2": "[invalid-room]", "closed": "[room-closed]"} {
			if status, answer := resume(rid, claim); status != 400 || answer["error"] != want {
				t.Error(rid, status, answer)
			}
		}
		for _, with := range []string{strings.Repeat("x", 43), claim, claim} { // one that opens nothing, the claim, the same again
			if status, answer := resume("r1", with); status != 200 {
				t.Error(status, answer)
			}
		}
		if len(k.said) != 2 || !strings.HasSuffix(k.said[0].Msg, " UTC:\nFirst") || !strings.HasSuffix(k.said[1].Msg, "\nSecond") {
			t.Errorf("%+v", k.said)
		}
		all, _, fresh, err := k.List(t.Context(), people["boss"], Filter{Limit: 9})
		if err != nil || fresh != 1 || all[3].Room != "r1" || all[3].State != chat.OfflineHandled || all[3].HandledBy != nil || all[3].Agent == nil || all[3].Agent.Username != "bob" ||
			all[2].Agent != nil || all[1].Room != "" || all[0].Room != "" {
			t.Errorf("%v %d %+v", err, fresh, all)
		}
		if status, _ := resume("r1", "short"); status != 400 {
			t.Error(status)
		}
		// A chat's limit is the message's.
		k.set.EnableMessageCharacterLimit, k.set.MessageCharacterLimit = true, 50
		long := leave(strings.Repeat("ö", 60), "")
		if status, _ := resume("r1", long); status != 200 || len([]rune(k.said[2].Msg)) != 50 || !strings.HasSuffix(k.said[2].Msg, "ö…") {
			t.Error(status, k.said[2:])
		}
	})
}

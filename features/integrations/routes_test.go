package integrations

import (
	"context"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/rest"
	"github.com/foyerchat/foyer/test/stage"
)

// people are users of rights, and guests whose secret is their id.
type people struct{ stage.Rights }

func (people) Guest(_ context.Context, secret string) (rest.Caller, error) {
	if !strings.HasPrefix(secret, "v") {
		return rest.Caller{}, fault.New(fault.Unauthenticated, "", "")
	}
	return rest.Caller{Identity: chat.Actor{Visitor: chat.VisitorID(secret)}}, nil
}

func TestTheEndpoints(t *testing.T) { // webhooks.md 4 and 10, permissions.md 5
	each(t, func(k *kit) {
		s := &stage.Stage{T: k.t, DB: k.DB, Below: "/api/v1/foyer/"}
		s.Serve(people{stage.Rights{"bea": {chat.ViewLRoom}, "boss": {chat.EditPrivilegedSetting}, "plain": nil}}, k.clock, k.Rows())
		f := newReceiver(k.t)
		f.answer = func(w http.ResponseWriter) { io.WriteString(w, "yes") }
		expect := func(a stage.Answer, status int, want string) {
			k.t.Helper()
			if a.Status != status || !strings.Contains(a.Text, want) {
				k.t.Errorf("%d %s, want %d %s", a.Status, a.Text, status, want)
			}
		}
		const claim = `{"rid":"r1","custom":"PHPSESSID=1"}`
		expect(s.Call("bea", "POST", "rooms/r1/frame", ""), 400, "There is no external frame [error-external-frame-disabled]")
		expect(s.Call("bea", "POST", "rooms/r1/identity", ""), 400, "The page says nothing about this visitor [error-no-identity-claim]")
		k.set.FrameEnabled, k.set.FrameURL, k.set.IdentityURL = true, "https://crm.example/", f.URL
		expect(s.Guest("v1", "POST", "widget/identity", claim), 200, `{"success":true}`)
		expect(s.Call("bea", "POST", "rooms/r1/identity", ""), 200, `"text":"yes"`)
		expect(s.Call("bea", "GET", "rooms/r1/identity", ""), 200, `"mayVerify":true`)
		expect(s.Call("bea", "POST", "rooms/r1/frame", ""), 200, `"url":"https://crm.example/?rid=r1&uid=bea"`)
		expect(s.Call("boss", "POST", "external-frame/key", ""), 200, `"key":"{`)

		asked, key := len(f.body), k.set.FrameKey
		expect(s.Guest("v2", "POST", "widget/identity", claim), 400, `"[invalid-room]"`) // another visitor's
		expect(s.Guest("nobody", "POST", "widget/identity", claim), 401, "")
		for _, row := range []string{"POST rooms/%s/frame", "GET rooms/%s/identity", "POST rooms/%s/identity"} {
			method, path, _ := strings.Cut(row, " ")
			at := func(as, rid string) stage.Answer {
				return s.Call(as, method, strings.Replace(path, "%s", rid, 1), "")
			}
			expect(at("", "r1"), 401, "")
			expect(at("plain", "r1"), 403, "error-unauthorized")
			expect(at("bea", "r2"), 400, `"error-invalid-room"`) // one she does not see
		}
		expect(s.Call("bea", "POST", "external-frame/key", ""), 403, "error-unauthorized")
		if len(f.body) != asked || k.set.FrameKey != key {
			k.t.Error("what was refused did something")
		}
	})
}

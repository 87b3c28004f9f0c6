package conversation

import (
	"testing"

	"github.com/foyerchat/foyer/chat"
)

func TestVideoCalls(t *testing.T) { // rest-api.md 6 and 22: webrtc.call, visitor.callStatus
	online(t, func(t *testing.T, w *wire) {
		bob, ann, eve := w.staffed(), w.visitor("ann"), w.agent("eve")
		w.signedIn(eve)
		w.department("sales", bob)
		r := w.open(ann)
		rid := string(r.ID)
		ask, told := "livechat/webrtc.call?rid="+rid, "livechat/visitor.callStatus"
		w.refused(t, 401, noLogin, "", "GET", ask, "")
		w.refused(t, 400, "invalid-webRTC-config", "bob", "GET", ask, "")
		w.settings.set(func(s *chat.Settings) { s.WebRTC = true })
		w.refused(t, 400, "invalid-webRTC-config", "bob", "GET", ask, "")
		w.settings.set(func(s *chat.Settings) { s.CallProvider = chat.CallsWebRTC })
		w.refused(t, 400, "error-invalid-room", "bob", "GET", "livechat/webrtc.call?rid=x", "")
		theirs := string(w.open(w.in(w.visitor("cat"), "sales")).ID) // of bob's department
		w.refused(t, 400, "error-invalid-room", "eve", "GET", "livechat/webrtc.call?rid="+theirs, "")
		w.refused(t, 400, "error-invalid-room", "eve", "PUT", "livechat/webrtc.call/x", `{"rid":"`+theirs+`","status":"x"}`)
		w.refused(t, 400, "Not allowed [error-not-allowed]", "boss", "GET", ask, "") // he is no member
		w.ok("bob", "GET", "livechat/room.join?roomId="+rid, "")

		want := `{"videoCall":{"rid":"` + rid + `","provider":"webrtc","callStatus":"ringing"},"success":true}`
		for range 2 { // the second joins the first
			if got := w.ok("bob", "GET", ask, ""); got.text != want {
				t.Error(got.text)
			}
		}
		call := w.callIn(rid, "ringing", 1)

		put := "livechat/webrtc.call/" + call
		w.refused(t, 401, noLogin, "", "PUT", put, `{"rid":"`+rid+`","status":"x"}`)
		w.refused(t, 400, "must have required property 'status' [invalid-params]", "bob", "PUT", put, `{"rid":"`+rid+`"}`)
		w.refused(t, 400, "error-invalid-room", "bob", "PUT", put, `{"rid":"x","status":"x"}`)
		w.refused(t, 400, "invalid-callId", "bob", "PUT", "livechat/webrtc.call/nothing", `{"rid":"`+rid+`","status":"x"}`)
		spoken := w.ok("bob", "POST", "chat.sendMessage", `{"message":{"rid":"`+rid+`","msg":"a word"}}`).at("message._id").(string)
		w.refused(t, 400, "invalid-callId", "bob", "PUT", "livechat/webrtc.call/"+spoken, `{"rid":"`+rid+`","status":"x"}`)
		if got := w.ok("bob", "PUT", put, `{"rid":"`+rid+`","status":"inProgress"}`); got.text != `{"status":"inProgress","success":true}` {
			t.Error(got.text)
		}
		w.callIn(rid, "inProgress", 1)

		w.visitor("ben")
		body := func(token, room, id string) string {
			return `{"token":"` + token + `","rid":"` + room + `","callStatus":"ended","callId":"` + id + `"}`
		}
		w.refused(t, 400, "[invalid-token]", "", "POST", told, body("nobody's", rid, call))
		w.refused(t, 400, "[invalid-room]", "", "POST", told, body("token of ben", rid, call))
		w.refused(t, 400, "must have required property 'callId' [invalid-params]", "", "POST", told, `{"token":"token of ann","rid":"`+rid+`","callStatus":"ended"}`)
		w.ok("", "POST", told, body("token of ann", rid, "no call"))
		w.callIn(rid, "inProgress", 1)
		if got := w.ok("", "POST", told, body("token of ann", rid, call)); got.text != `{"token":"token of ann","callStatus":"ended","success":true}` {
			t.Error(got.text)
		}
		w.callIn(rid, "ended", 1)
		w.ok("bob", "GET", ask, "") // a new one
		w.callIn(rid, "ringing", 2)
		w.ok("bob", "POST", "livechat/room.closeByUser", `{"rid":"`+rid+`","comment":"x"}`)
		w.refused(t, 400, "[room-closed]", "boss", "GET", ask, "")
	})
}

// callIn is the latest call of a room, which must stand like this.
func (w *wire) callIn(rid, status string, calls int) (id string) {
	w.t.Helper()
	now, n := "", 0
	for _, v := range w.ok("boss", "GET", "foyer/rooms/"+rid+"/history?count=100", "").body["messages"].([]any) {
		if m := v.(map[string]any); m["t"] == string(chat.MessageCall) {
			id, now, n = m["_id"].(string), m["callStatus"].(string), n+1
			if ended := m["webRtcCallEndTs"] != nil; ended != (now == "ended") {
				w.t.Errorf("the end of the call: %v", m)
			}
		}
	}
	if now != status || n != calls {
		w.t.Errorf("%d calls, the latest %q, want %d and %q", n, now, calls, status)
	}
	return id
}

package conversation

import (
	"testing"

	"github.com/foyerchat/foyer/chat"
)

// asked is a call and the text it is refused with.
type asked struct{ want, who, method, target, body string }

// refusedAll sends calls that must each be refused with 400, and change nothing.
func (w *wire) refusedAll(t *testing.T, all ...asked) {
	t.Helper()
	for _, c := range all {
		w.refused(t, 400, c.want, c.who, c.method, c.target, c.body)
	}
}

func TestWhatAVisitorIsRefused(t *testing.T) { // LC-MSG-9, LC-FWD-4, LC-TOK-3, rest-api.md 7, 8
	online(t, func(t *testing.T, w *wire) {
		bob, ann, bea := w.staffed(), w.visitor("ann"), w.visitor("bea")
		w.signedIn(ann, bea)
		w.department("sales", bob)
		w.department("third", bob)
		r, hers := w.open(w.in(ann, "sales")), w.open(bea)
		w.exec(`UPDATE departments SET forward_to = '["support"]' WHERE id = 'sales'`)
		w.take(bob, r)
		said, replied, other := w.say(ann, r, "hi"), w.answer(bob, r, "hello"), w.say(bea, hers, "hi")
		rid := string(r.ID)
		own := `{"token":"token of ann","rid":"` + rid + `","msg":"x"}`
		message := func(m chat.Message) string { return "livechat/message/" + string(m.ID) }
		to := `{"token":"token of ann","rid":"` + rid + `","department":"third"}`
		const transfer = "livechat/visitor/department.transfer"
		for _, method := range []string{"PUT", "DELETE"} {
			w.refusedAll(t, asked{"invalid-message", "", method, "livechat/message/nothing", own},
				asked{"invalid-message", "", method, message(other), own},
				asked{"[error-action-not-allowed]", "", method, message(replied), own})
		}
		w.refusedAll(t, asked{"The chat's department may not forward to that department [error-forwarding-department-target-not-allowed]", "", "POST", transfer, to})
		w.settings.set(func(s *chat.Settings) {
			s.MessageAllowEditing, s.MessageAllowDeleting, s.VisitorsMayClose, s.AllowSwitchingDepartments = false, false, false, false
		})
		w.refusedAll(t, asked{"[error-action-not-allowed]", "", "PUT", message(said), own},
			asked{"[error-action-not-allowed]", "", "DELETE", message(said), own},
			asked{"Not allowed [error-not-allowed]", "", "POST", transfer, to},
			asked{"[error-not-allowed-to-close-conversation]", "", "POST", "livechat/room.close", own},
			asked{"[error-not-allowed-to-close-conversation]", "ann", "POST", "foyer/widget/close", `{"rid":"` + rid + `"}`})
		w.close(bob, r)
		w.refusedAll(t, asked{"[room-closed]", "", "POST", transfer, to}, asked{"[room-closed]", "", "PUT", message(said), own}, asked{"[room-closed]", "", "DELETE", message(said), own})
	})
}

func TestWhatStaffIsRefused(t *testing.T) { // LC-FWD-2, LC-HOLD-3, LC-HOLD-7, LC-MSG-11, rest-api.md 7, 10
	online(t, func(t *testing.T, w *wire) {
		bob, ann, bea, mona := w.mover("bob"), w.visitor("ann"), w.visitor("bea"), w.user("mona", chat.RoleMonitor)
		boss, away := w.user("boss", chat.RoleManager), w.agent("away")
		w.disconnect(away)
		delete(mona.Permissions, chat.OnHoldOthersLivechatRoom)
		w.signedIn(bob, mona, boss)
		w.department("sales", bob)
		w.department("empty", away)
		r := w.open(w.in(ann, "sales"))
		w.take(bob, r)
		w.say(ann, r, "hi")
		w.answer(bob, r, "hello")
		w.settings.set(func(s *chat.Settings) { s.AllowManualOnHold, s.AcceptChatsWithNoAgents = true, false })
		rid := string(r.ID)
		body := func(more string) string { return `{"roomId":"` + rid + `"` + more + `}` }
		const forward, hold, resume, back = "livechat/room.forward", "livechat/room.onHold", "livechat/room.resumeOnHold", "livechat/inquiries.returnAsInquiry"
		w.refusedAll(t, asked{"The agent is not available [error-user-is-offline]", "bob", "POST", forward, body(`,"userId":"u-away"`)},
			asked{"The chat is in that department already [error-forwarding-chat-same-department]", "bob", "POST", forward, body(`,"departmentId":"sales"`)},
			asked{"Not_authorized", "mona", "POST", hold, body("")},
			asked{"Invalid visitor [error-invalid-visitor]", "bob", "POST", "livechat/room.saveInfo", `{"roomData":{"_id":"` + rid + `"},"guestData":{"_id":"v-bea"}}`})
		w.settings.set(func(s *chat.Settings) { s.RoutingMethod = chat.RoutingAuto })
		w.refusedAll(t, asked{"Nobody is available there or in its fallback departments, since nobody was there in empty [error-no-agents-online-in-department]", "bob", "POST", forward, body(`,"departmentId":"empty"`)})
		w.ok("bob", "POST", hold, body(""))
		w.refusedAll(t, asked{"Not_authorized", "mona", "POST", resume, body("")})

		w.open(bea)
		w.ok("bob", "POST", "omnichannel/contacts.block", `{"visitor":{"visitorId":"v-bea","source":{"type":"api"}}}`)
		w.refusedAll(t, asked{"[error-contact-channel-blocked]", "bob", "PUT", "livechat/room.visitor", `{"rid":"` + rid + `","oldVisitorId":"v-ann","newVisitorId":"v-bea"}`})

		w.close(boss, r)
		w.refusedAll(t, asked{"[room-closed]", "boss", "POST", back, body("")})
		w.disconnect(bob)
		w.refusedAll(t, asked{"Sorry, no online agents [no-agent-online]", "bob", "POST", "livechat/messages", `{"visitor":{"token":"token of ann"},"messages":[{"msg":"x"}]}`})
	})
}

// Whoever finds a room open, and closed when it is his turn, is told to try again.
func TestOneIsFasterAtClosing(t *testing.T) { // LC-CLOSE-2
	online(t, func(t *testing.T, w *wire) {
		bob := w.staffed()
		r := w.open(w.visitor("ann"))
		w.take(bob, r)
		body := `{"rid":"` + string(r.ID) + `","comment":"x"}`
		w.settings.onNextRead(func() { w.close(bob, r) }) // the rules are read after the room
		if a := w.call("boss", "POST", "livechat/room.closeByUser", body); a.status != 400 || a.body["error"] != "error-room-cannot-be-closed-try-again" {
			t.Errorf("%d %s", a.status, a.text)
		}
		w.refusedAll(t, asked{"error-room-already-closed", "boss", "POST", "livechat/room.closeByUser", body})
	})
}

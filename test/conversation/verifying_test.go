package conversation

import (
	"strings"
	"testing"
	"time"

	"github.com/foyerchat/foyer/chat"
)

// verifying is online where agents take chats from the queue and somebody verifies.
func verifying(t *testing.T, required string, f func(t *testing.T, w *wire)) {
	t.Helper()
	online(t, func(t *testing.T, w *wire) {
		w.staffed()
		w.settings.set(func(s *chat.Settings) {
			s.RoutingMethod, s.AcceptChatsWithNoAgents, s.RequireVerification, s.ContactVerifier = chat.RoutingManual, true, required, chat.VerifierManual
		})
		f(t, w)
	})
}

// begun opens the room of a new visitor.
func (w *wire) begun(token string) (visitor string, r chat.Room) {
	w.t.Helper()
	visitor, _ = w.registered(token, "")
	return visitor, w.room(chat.Room{ID: chat.RoomID(w.opened(token))})
}

// verify says by hand that a channel is verified, and hands on what follows.
func (w *wire) verify(visitor, value string) {
	w.t.Helper()
	w.ok("bob", "POST", "foyer/contacts.verify", `{`+channel(visitor)+`,"field":"email","value":"`+value+`"}`)
	w.told("channel.verified")
}

func TestAChatWaitsUntilItsChannelIsVerified(t *testing.T) { // lifecycle 2.1, 2.2, 15.2, LC-TAKE-4, RQ-Q-10
	verifying(t, "once", func(t *testing.T, w *wire) {
		ann, r := w.begun("t1")
		i := w.inquiry(r)
		if i.Status != chat.StatusVerifying || !r.Verifying || r.Verified {
			t.Fatalf("%+v %+v", i, r)
		}
		if names := strings.Join(w.events(r), " "); strings.Contains(names, "inquiry.queued") {
			t.Error(names)
		}
		if q := w.ok("bob", "GET", "livechat/inquiries.queuedForUser", ""); q.at("total") != 0.0 {
			t.Error("an agent's queue:", q.text)
		}
		rooms := func(filter string) float64 {
			return w.ok("boss", "GET", "livechat/rooms?"+filter, "").at("total").(float64)
		}
		if rooms("verifying=true") != 1 || rooms("queued=true") != 0 || rooms("open=true") != 0 {
			t.Error("managers have a list of them, which is no queue")
		}
		detail := w.ok("boss", "GET", "foyer/rooms/"+string(r.ID), "")
		for _, act := range []string{"take", "join", "write", "return", "forward"} {
			if detail.at("can."+act) != false {
				t.Errorf("%s: %v", act, detail.at("can."+act))
			}
		}
		if detail.at("can.close") != true || detail.at("room.verifying") != true {
			t.Error(detail.text)
		}
		w.ok("", "POST", "livechat/message", `{"token":"t1","rid":"`+string(r.ID)+`","msg":"hello?"}`) // stored
		before := w.snapshot()
		w.refused(t, 400, "[error-unverified-contact]", "bob", "POST", "livechat/inquiries.take", `{"inquiryId":"`+string(i.ID)+`"}`)
		w.refused(t, 400, "[error-unverified-contact]", "boss", "POST", "livechat/room.forward", `{"roomId":"`+string(r.ID)+`","userId":"u-bob"}`)
		w.refused(t, 400, "[error-unverified-contact]", "boss", "GET", "livechat/room.join?roomId="+string(r.ID), "")
		w.settings.set(func(s *chat.Settings) { s.RoutingMethod = chat.RoutingAuto })
		w.sweep()
		w.unchanged(t, before)
		w.settings.set(func(s *chat.Settings) { s.RoutingMethod = chat.RoutingManual })

		w.clock.Advance(time.Minute)
		w.verify(ann, "ann@x.org")
		r = w.room(r)
		if i := w.inquiry(r); i.Status != chat.StatusQueued || i.QueuedAt < w.clock.Now() || r.Verifying || !r.Verified || rooms("verifying=true") != 0 || rooms("queued=true") != 1 {
			t.Errorf("%+v %+v", i, r)
		}
		events := w.events(r)
		if tail := strings.Join(events[len(events)-2:], " "); tail != "room.changed inquiry.queued" {
			t.Error(tail)
		}
		w.ok("bob", "POST", "livechat/inquiries.take", `{"inquiryId":"`+string(i.ID)+`"}`)
		w.told("channel.verified") // heard twice
		w.ok("", "POST", "livechat/room.close", `{"rid":"`+string(r.ID)+`","token":"t1"}`)
		if next := w.room(chat.Room{ID: chat.RoomID(w.opened("t1"))}); next.Verifying || w.inquiry(next).Status != chat.StatusQueued {
			t.Errorf("once is for ever: %+v", next)
		}
	})
}

func TestEveryChatWaitsForAProofOfItsOwn(t *testing.T) { // lifecycle 15.2
	verifying(t, "always", func(t *testing.T, w *wire) {
		ann, first := w.begun("t1")
		w.verify(ann, "ann@x.org")
		if r := w.room(first); r.Verifying || !r.Verified {
			t.Errorf("%+v", r)
		}
		w.clock.Advance(time.Minute)
		w.ok("", "POST", "livechat/room.close", `{"rid":"`+string(first.ID)+`","token":"t1"}`)
		second := chat.Room{ID: chat.RoomID(w.opened("t1"))}
		w.told("channel.verified") // the first one's, once more
		if r := w.room(second); !r.Verifying {
			t.Errorf("what proved one chat proves another: %+v", r)
		}
		w.verify(ann, "ann@x.org")
		if r := w.room(second); r.Verifying || !r.Verified {
			t.Errorf("%+v", r)
		}
	})
}

func TestAVerifiedChatIsRoutedAsANewOne(t *testing.T) { // lifecycle 2.2, 15.2
	verifying(t, "once", func(t *testing.T, w *wire) {
		w.settings.set(func(s *chat.Settings) { s.RoutingMethod, s.AcceptChatsWithNoAgents = chat.RoutingAuto, false })
		ann, r := w.begun("t1")
		bea, other := w.begun("t2")
		if w.room(r).ServedBy != nil {
			t.Fatal("given to an agent")
		}
		w.verify(ann, "ann@x.org")
		if w.room(r).ServedBy == nil {
			t.Errorf("waits: %+v", w.inquiry(r))
		}
		w.exec(`DELETE FROM presence`)
		w.registered("t3", "")
		w.refused(t, 400, "Sorry, no online agents [no-agent-online]", "", "GET", "livechat/room?token=t3", "")
		w.verify(bea, "bea@x.org") // he has been let in: he waits
		if i := w.inquiry(other); i.Status != chat.StatusQueued {
			t.Errorf("%+v", i)
		}
	})
}

func TestWhoVerifies(t *testing.T) { // Livechat_Contact_Verification_App
	verifying(t, "once", func(t *testing.T, w *wire) {
		w.settings.set(func(s *chat.Settings) { s.ContactVerifier = "" })
		if _, r := w.begun("t1"); r.Verifying {
			t.Error("waits, and nobody verifies")
		}
		w.settings.set(func(s *chat.Settings) { s.ContactVerifier = chat.VerifierIdentity })
		if _, r := w.begun("t2"); r.Verifying {
			t.Error("waits for the answer of a site that is not asked")
		}
		w.settings.set(func(s *chat.Settings) { s.IdentityURL = "https://site.example/who" })
		_, r := w.begun("t3")
		signed := chat.IdentityChecked{RID: r.ID, Email: "ann@x.org"}
		w.settings.set(func(s *chat.Settings) { s.ContactVerifier = chat.VerifierManual })
		consume(w.house, "contacts.identity", signed)
		w.told("channel.verified")
		if !w.room(r).Verifying {
			t.Error("only people verify, and the site did")
		}
		w.settings.set(func(s *chat.Settings) { s.ContactVerifier = chat.VerifierIdentity })
		consume(w.house, "contacts.identity", chat.IdentityChecked{RID: r.ID}) // not signed in
		w.told("channel.verified")
		if !w.room(r).Verifying {
			t.Error("let in without a proof")
		}
		consume(w.house, "contacts.identity", signed)
		w.told("channel.verified")
		if r := w.room(r); r.Verifying || !r.Verified {
			t.Errorf("%+v", r)
		}
	})
}

func TestAChatWaitsNoMoreForAProofNobodyWants(t *testing.T) { // lifecycle 15.2
	verifying(t, "once", func(t *testing.T, w *wire) {
		_, r := w.begun("t1")
		told := func(id string) { consume(w.house, "rooms.setting", chat.SettingChanged{ID: id}) }
		told("Livechat_Require_Contact_Verification")
		if !w.room(r).Verifying {
			t.Error("still required")
		}
		w.settings.set(func(s *chat.Settings) { s.RequireVerification = chat.VerifyNever })
		told("Livechat_Require_Contact_Verification")
		if r := w.room(r); r.Verifying || r.Verified || w.inquiry(r).Status != chat.StatusQueued {
			t.Errorf("%+v", r)
		}
	})
}

func TestOnlyVerifiedChannelsAreServed(t *testing.T) { // LC-START-7, LC-TAKE-4, Livechat_Block_Unverified_Contacts
	verifying(t, "never", func(t *testing.T, w *wire) {
		ann, r := w.begun("t1")
		i := string(w.inquiry(r).ID)
		bea, other := w.begun("t2")
		w.settings.set(func(s *chat.Settings) { s.BlockUnverifiedContacts, s.ContactVerifier = true, "" })
		w.registered("t3", "")
		before := w.snapshot()
		w.refused(t, 400, "[error-unverified-contact]", "", "GET", "livechat/room?token=t3", "")
		w.refused(t, 400, "[error-unverified-contact]", "bob", "POST", "livechat/inquiries.take", `{"inquiryId":"`+i+`"}`)
		w.settings.set(func(s *chat.Settings) { s.RoutingMethod = chat.RoutingAuto })
		w.sweep()
		w.unchanged(t, before)
		w.verify(bea, "bea@x.org")
		w.sweep()
		if w.room(r).ServedBy != nil || w.room(other).ServedBy == nil {
			t.Error("the verified one is served and nobody else")
		}
		w.settings.set(func(s *chat.Settings) { s.RoutingMethod, s.ContactVerifier = chat.RoutingManual, chat.VerifierManual })
		if r := w.room(chat.Room{ID: chat.RoomID(w.opened("t3"))}); !r.Verifying { // not sent away where somebody verifies
			t.Errorf("%+v", r)
		}
		w.verify(ann, "ann@x.org")
		w.ok("bob", "POST", "livechat/inquiries.take", `{"inquiryId":"`+i+`"}`)
	})
}

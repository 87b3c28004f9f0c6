package conversation

import (
	"testing"

	"github.com/foyerchat/foyer/chat"
)

func TestOnlyKnownContactsChat(t *testing.T) { // LC-START-7, LC-TAKE-4
	online(t, func(t *testing.T, w *wire) {
		w.staffed()
		w.settings.set(func(s *chat.Settings) { s.RoutingMethod, s.AcceptChatsWithNoAgents = chat.RoutingManual, true })
		_, contact := w.registered("t1", `,"name":"Ann"`)
		rid := w.opened("t1")
		waits := string(w.inquiry(chat.Room{ID: chat.RoomID(rid)}).ID)
		w.registered("t2", "")
		w.settings.set(func(s *chat.Settings) { s.BlockUnknownContacts = true })
		before := w.snapshot()
		w.refused(t, 400, "[error-unknown-contact]", "", "GET", "livechat/room?token=t2", "")
		w.refused(t, 400, "[error-unknown-contact]", "bob", "POST", "livechat/inquiries.take", `{"inquiryId":"`+waits+`"}`)
		w.unchanged(t, before)
		if again := w.opened("t1"); again != rid {
			t.Errorf("his open chat goes on: %s, not %s", again, rid)
		}
		w.settings.set(func(s *chat.Settings) { s.RoutingMethod = chat.RoutingAuto })
		w.sweep()
		if r := w.room(chat.Room{ID: chat.RoomID(rid)}); r.ServedBy != nil {
			t.Errorf("given to %s", r.ServedBy.Username)
		}
		w.ok("bob", "POST", "omnichannel/contacts.update", `{"contactId":"`+contact+`","name":"Ann"}`)
		w.sweep()
		if r := w.room(chat.Room{ID: chat.RoomID(rid)}); r.ServedBy == nil {
			t.Error("a saved contact still waits")
		}
		w.exec(`UPDATE rooms SET contact_id = 'nobody'`)
		w.settings.set(func(s *chat.Settings) { s.RoutingMethod = chat.RoutingManual })
		w.ok("bob", "POST", "livechat/inquiries.returnAsInquiry", `{"roomId":"`+rid+`"}`)
		w.refused(t, 400, "[error-invalid-contact]", "bob", "POST", "livechat/inquiries.take", `{"inquiryId":"`+waits+`"}`)
		w.settings.set(func(s *chat.Settings) { s.BlockUnknownContacts = false })
		w.ok("bob", "POST", "livechat/inquiries.take", `{"inquiryId":"`+waits+`"}`)
		w.opened("t2")
	})
}

func TestStaffSeeWhatAVisitorAgreedTo(t *testing.T) { // LC-REG-12
	online(t, func(t *testing.T, w *wire) {
		w.staffed()
		w.registered("t1", `,"consent":"Old words"`)
		w.registered("t1", `,"consent":"Keep *it*"`)
		rid := w.opened("t1")
		if a := w.ok("bob", "GET", "foyer/rooms/"+rid, ""); a.at("visitor.consent.text") != "Keep *it*" || a.at("visitor.consent.at") != "2026-01-01T12:00:00.000Z" {
			t.Error(a.text)
		}
		if a := w.ok("", "GET", "livechat/visitor/t1", ""); a.at("visitor.consent") != nil {
			t.Error(a.text)
		}
	})
}

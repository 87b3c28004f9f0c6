package conversation

import (
	"strings"
	"testing"
	"time"

	"github.com/foyerchat/foyer/chat"
)

// shop and desk are two inboxes of the same people.
const (
	shop = "shop@example.org"
	desk = "desk@example.org"
)

// mailed brings a mail of a visitor's to an inbox, which may belong into an old room.
func (w *wire) mailed(visitor, inbox string, old chat.RoomID) chat.Room {
	w.t.Helper()
	r, err := w.rooms.Reach(w.ctx, chat.Reaching{Visitor: chat.VisitorID(visitor), Room: old,
		Source: chat.Source{Type: chat.SourceEmail, ID: inbox}, Email: chat.RoomEmail{Inbox: inbox, Thread: []string{"1@example.com"}}})
	if err != nil {
		w.t.Fatal(err)
	}
	return w.room(r)
}

// proven says by hand that somebody's mails to an inbox are his.
func (w *wire) proven(visitor, inbox string) {
	w.t.Helper()
	w.ok("bob", "POST", "foyer/contacts.verify", `{"visitor":{"visitorId":"`+visitor+`","source":{"type":"email","id":"`+inbox+`"}},"field":"email","value":"ann@x.org"}`)
	w.told("channel.verified")
}

// done takes a room and closes it.
func (w *wire) done(by chat.Actor, r chat.Room) {
	w.t.Helper()
	w.take(by, r)
	w.clock.Advance(time.Minute)
	w.close(by, r)
	w.clock.Advance(time.Minute)
}

func TestAReopenedChatWaitsForAProofOfItsOwn(t *testing.T) { // LC-REO-2, LC-REO-3, lifecycle 15.2
	verifying(t, "always", func(t *testing.T, w *wire) {
		bob := w.users["bob"]
		ann, _ := w.registered("t1", "")
		r := w.mailed(ann, shop, "")
		w.proven(ann, shop)
		w.done(bob, r)
		r = w.mailed(ann, shop, r.ID)
		if i := w.inquiry(r); !r.Open || !r.Verifying || r.Verified || i.Status != chat.StatusVerifying || i.QueuedAt != 0 {
			t.Fatalf("%+v %+v", i, r)
		}
		names := w.events(r)
		if tail := strings.Join(names[len(names)-2:], " "); tail != "room.changed room.reopened" {
			t.Error(tail)
		}
		w.told("channel.verified") // the one of before, once more
		if !w.room(r).Verifying {
			t.Error("what proved it before proves it again")
		}
		w.proven(ann, shop)
		r = w.room(r)
		if i := w.inquiry(r); r.Verifying || !r.Verified || i.Status != chat.StatusQueued || i.DefaultAgent == nil || i.DefaultAgent.AgentID != bob.User {
			t.Errorf("%+v %+v", i, r)
		}
	})
}

func TestOnlyVerifiedChatsAreOpenedAgain(t *testing.T) { // Livechat_Block_Unverified_Contacts, LC-START-7
	verifying(t, "never", func(t *testing.T, w *wire) {
		ann, _ := w.registered("t1", "")
		r := w.mailed(ann, shop, "")
		w.done(w.users["bob"], r)
		w.settings.set(func(s *chat.Settings) { s.BlockUnverifiedContacts = true })
		if r = w.mailed(ann, shop, r.ID); !r.Verifying {
			t.Fatalf("%+v", r)
		}
		w.proven(ann, shop)
		w.done(w.users["bob"], r)
	})
}

func TestAChatClosedWhileItWaitsForAProofWaitsNoMore(t *testing.T) { // LC-REO-2, lifecycle 15.2
	verifying(t, "once", func(t *testing.T, w *wire) {
		ann, _ := w.registered("t1", "")
		r := w.mailed(ann, shop, "")
		closes := func() {
			t.Helper()
			w.clock.Advance(time.Minute)
			w.ok("boss", "POST", "livechat/room.closeByUser", `{"rid":"`+string(r.ID)+`","comment":"done"}`)
			w.clock.Advance(time.Minute)
		}
		closes()
		if r = w.room(r); r.Verifying {
			t.Errorf("%+v", r)
		}
		if r = w.mailed(ann, shop, r.ID); !r.Verifying {
			t.Errorf("%+v", r)
		}
		closes()
		w.settings.set(func(s *chat.Settings) { s.RequireVerification = chat.VerifyNever })
		if r = w.mailed(ann, shop, r.ID); r.Verifying || w.inquiry(r).Status != chat.StatusQueued {
			t.Errorf("%+v", r)
		}
	})
}

func TestAProofIsOfOneInbox(t *testing.T) { // lifecycle 15.2, 15.4
	verifying(t, "once", func(t *testing.T, w *wire) {
		ann, contact := w.registered("t1", "")
		one, other := w.mailed(ann, shop, ""), w.mailed(ann, desk, "")
		w.proven(ann, shop)
		if one, other = w.room(one), w.room(other); one.Verifying || !one.Verified || !other.Verifying || other.Verified {
			t.Errorf("%+v %+v", one, other)
		}
		w.ok("boss", "POST", "livechat/room.closeByUser", `{"rid":"`+string(other.ID)+`","comment":"done"}`)
		w.done(w.users["bob"], one)
		if h := w.ok("bob", "GET", "omnichannel/contacts.history?contactId="+contact, ""); strings.Count(h.text, `"verified":true`) != 1 {
			t.Error(h.text)
		}
	})
}

// A reopened room is not its channel's last chat.
func TestAnEarlierChatOfAVerifiedChannelIsServed(t *testing.T) { // LC-TAKE-4, LC-REO-2
	verifying(t, "never", func(t *testing.T, w *wire) {
		bob := w.users["bob"]
		ann, _ := w.registered("t1", "")
		r := w.mailed(ann, shop, "")
		w.proven(ann, shop)
		w.done(bob, r)
		w.done(bob, w.mailed(ann, shop, ""))
		other := w.mailed(ann, desk, "")
		w.disconnect(bob)
		w.settings.set(func(s *chat.Settings) { s.BlockUnverifiedContacts, s.RoutingMethod = true, chat.RoutingAuto })
		if r = w.mailed(ann, shop, r.ID); r.ServedBy != nil {
			t.Fatalf("%+v", r)
		}
		w.connect(bob, chat.Online)
		w.sweep()
		if w.room(r).ServedBy == nil || w.room(other).ServedBy != nil {
			t.Errorf("%+v %+v", w.room(r), w.room(other))
		}
	})
}

func TestASitesAnswerVerifiesTheChannelOfItsChat(t *testing.T) { // LT-SEC-3, LC-REO-2
	verifying(t, "never", func(t *testing.T, w *wire) {
		ann, _ := w.registered("t1", "")
		r := w.mailed(ann, shop, "")
		w.done(w.users["bob"], r)
		w.done(w.users["bob"], w.mailed(ann, shop, ""))
		w.mailed(ann, desk, "")
		w.settings.set(func(s *chat.Settings) {
			s.ContactVerifier, s.IdentityURL = chat.VerifierIdentity, "https://site.example/who"
		})
		r = w.mailed(ann, shop, r.ID)
		consume(w.house, "contacts.identity", chat.IdentityChecked{RID: r.ID, Email: "ann@x.org"})
		if w.count(`SELECT count(*) FROM contact_channels WHERE verified AND source_id = $1`, shop) != 1 || w.count(`SELECT count(*) FROM contact_channels WHERE verified`) != 1 {
			t.Error("another channel was verified")
		}
	})
}

func TestTheFormerAgentIsNotAskedFor(t *testing.T) { // LC-REO-3
	verifying(t, "never", func(t *testing.T, w *wire) {
		bob := w.users["bob"]
		ann, _ := w.registered("t1", "")
		r := w.mailed(ann, shop, "")
		w.done(bob, r)
		w.settings.set(func(s *chat.Settings) { s.RoutingMethod, s.AcceptChatsWithNoAgents = chat.RoutingAuto, false })
		r = w.mailed(ann, shop, r.ID)
		if n := w.count(`SELECT count(*) FROM decisions WHERE room_id = $1 AND agent = $2 AND reason = 'Mx bob is the agent preferred for this chat'`, r.ID, bob.User); n != 1 || r.ServedBy == nil {
			t.Errorf("%d %+v", n, r)
		}
		w.clock.Advance(time.Minute)
		w.close(bob, r)
		eve := w.agent("eve")
		w.settings.set(func(s *chat.Settings) { s.RequireVerification = chat.VerifyAlways })
		r = w.mailed(ann, shop, r.ID)
		w.disconnect(bob)
		w.proven(ann, shop)
		if r = w.room(r); r.ServedBy == nil || r.ServedBy.ID != eve.User {
			t.Errorf("%+v", r)
		}
	})
}

// Whom the visitor was shown is still only preferred after a proof was waited for.
func TestWhoeverSpokeIsPreferredAfterAProof(t *testing.T) { // LT-PRO-3, RQ-AUTO-4, LC-START-4
	verifying(t, "once", func(t *testing.T, w *wire) {
		eve := w.agent("eve")
		w.settings.set(func(s *chat.Settings) { s.RoutingMethod, s.AcceptChatsWithNoAgents = chat.RoutingAuto, false })
		opens := func(name, more string) chat.Room {
			v := w.visitor(name)
			w.signedIn(v)
			rid, _ := w.ok(name, "POST", "foyer/widget/room", `{"agentId":"`+string(eve.User)+`"`+more+`}`).at("room._id").(string)
			return chat.Room{ID: chat.RoomID(rid)}
		}
		proves := func(name string, r chat.Room) chat.Room {
			w.ok("bob", "POST", "foyer/contacts.verify", `{"visitor":{"visitorId":"v-`+name+`","source":{"type":"widget"}},"field":"email","value":"`+name+`@x.org"}`)
			w.told("channel.verified")
			return w.room(r)
		}
		there, shown, asked := opens("ann", `,"shown":true`), opens("bea", `,"shown":true`), opens("cat", ``)
		if there = proves("ann", there); w.count(`SELECT count(*) FROM decisions WHERE room_id = $1 AND agent = $2 AND reason LIKE '%was shown to the visitor%'`, there.ID, eve.User) != 1 {
			t.Errorf("%+v", there)
		}
		w.disconnect(eve)
		if shown = proves("bea", shown); shown.ServedBy == nil || shown.ServedBy.Username != "bob" {
			t.Errorf("%+v", shown)
		}
		if asked = proves("cat", asked); asked.ServedBy != nil {
			t.Errorf("%+v", asked)
		}
	})
}

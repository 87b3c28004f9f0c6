package live

import (
	"testing"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/realtime"
)

func TestHelloLetsInWhoProvesHimself(t *testing.T) {
	engines(t, func(k *kit) {
		k.user("bob")
		for _, hello := range []string{`{"t":"hello","v":1,"ticket":"made-up"}`, `{"t":"hello","v":1,"session":"made-up"}`, `{"t":"hello","v":1}`,
			`{"t":"hello","v":1,"ticket":"secret-of-ann"}`, `{"t":"hello","v":1,"session":"ticket-of-bob"}`} {
			if res, _ := k.post("open", "", hello); res.StatusCode != 401 {
				t.Errorf("%s: %s", hello, res.Status)
			}
		}
		k.visitor("ann").quiet()
		k.agent("bob").quiet()
	})
}

func TestUsersConnectionsAreLeases(t *testing.T) {
	engines(t, func(k *kit) {
		k.user("bob")
		bob := k.agent("bob")
		k.wantNote("connected bob session-of-bob")
		bob.say(`{"t":"idle","on":true}`)
		k.wantNote("idle true")
		bob.say(`{"t":"idle","on":false}`)
		k.wantNote("idle false")
		k.until("renewed 1", time.Second)
		bob.drop()
		k.until("gone", 0)
	})
}

// until moves the clock step by step until this is stored.
func (k *kit) until(want string, step time.Duration) {
	k.t.Helper()
	for range 2000 {
		select {
		case got := <-k.presence:
			if got == want {
				return
			}
		default:
			k.clock.Advance(step)
			k.visitors.sweep(k.t.Context())
			select {
			case got := <-k.presence:
				if got == want {
					return
				}
			case <-after5ms():
			}
		}
	}
	k.t.Fatalf("never stored: %s", want)
}

// RT-22: with several tabs the last one counts, and a page may be reloaded.
func TestAVisitorIsOnlineWhileATabIsOpen(t *testing.T) {
	engines(t, func(k *kit) {
		first := k.visitor("ann")
		k.wantNote("ann is online")
		second := k.visitor("ann")
		first.say(`{"t":"idle","on":true}`)
		k.wantNote("ann is away")
		first.drop()
		first.wantEnd(0)
		second.drop()
		k.untilGone("ann")
		k.clock.Advance(visitorGrace - time.Second)
		k.visitors.sweep(t.Context())
		third := k.visitor("ann")
		k.wantNote("ann is online")
		k.clock.Advance(time.Minute)
		k.visitors.sweep(t.Context())
		third.drop()
		k.untilGone("ann")
		k.clock.Advance(visitorGrace)
		k.visitors.sweep(t.Context())
		k.wantNote("ann is offline")
		if len(k.presence) > 0 {
			t.Fatal(<-k.presence)
		}
	})
}

func (k *kit) untilGone(v chat.VisitorID) {
	k.t.Helper()
	for range 2000 {
		if !k.visitors.present(v) {
			return
		}
		<-after5ms()
	}
	k.t.Fatalf("%s is still present", v)
}

// Another node's last tab is not the last one while there is a tab here.
func TestAnotherNodesVisitorIsStillHere(t *testing.T) {
	engines(t, func(k *kit) {
		k.visitor("ann")
		k.wantNote("ann is online")
		if err := k.Hub.Tell(t.Context(), visitorLeft, []byte("ann")); err != nil {
			t.Fatal(err)
		}
		k.wantNote("ann is online")
		if err := k.Hub.Tell(t.Context(), visitorLeft, []byte("ben")); err != nil {
			t.Fatal(err)
		}
		k.visitor("cat")
		k.wantNote("cat is online")
	})
}

func TestRevokedSessionsAreClosed(t *testing.T) {
	engines(t, func(k *kit) {
		k.user("bob")
		k.user("eve")
		k.may("bob", chat.ViewLRoom)
		bob, eve, ann := k.agent("bob"), k.agent("eve"), k.visitor("ann")
		k.emit(chat.SessionRevoked{User: "bob", Session: "another"}, chat.SessionRevoked{})
		bob.quiet()
		k.emit(chat.SessionRevoked{User: "bob", Session: "session-of-bob"})
		bob.wantEnd(realtime.CloseUnknown)
		k.emit(chat.SessionRevoked{User: "eve"})
		eve.wantEnd(realtime.CloseUnknown)
		k.emit(chat.VisitorErased{Visitor: "ben"}, chat.VisitorErased{})
		ann.quiet()
		k.emit(chat.VisitorErased{Visitor: "ann"})
		ann.wantEnd(realtime.CloseUnknown)
	})
}

func TestChangedRightsActAtOnce(t *testing.T) { // RT-33
	engines(t, func(k *kit) {
		r := k.room("r1", "ann", "sales")
		for _, name := range []string{"meg", "eve", "dan"} {
			k.user(name)
		}
		k.may("meg", chat.ViewLRoom, chat.ViewLivechatRooms)
		meg, eve, dan, ann := k.agent("meg").joined("r1", 0), k.agent("eve"), k.agent("dan"), k.visitor("ann")
		k.may("meg", chat.ViewLRoom)
		k.may("eve", chat.ViewLRoom, chat.ViewLivechatRooms)
		k.emit(chat.PermissionsChanged{User: "meg"})
		pushAndError(t, meg)
		k.emit(chat.RoomOpened{Room: r})
		meg.quiet()
		eve.quiet()
		k.exec(`DELETE FROM sessions WHERE id = 'session-of-dan'`)
		k.emit(chat.PermissionsChanged{})
		k.untilPushed(eve, r)
		dan.wantEnd(realtime.CloseUnknown)
		ann.quiet()
	})
}

// pushAndError takes both, in either order: one comes from the outbox, the other
// from looking at the rights again.
func pushAndError(t *testing.T, c *client) {
	t.Helper()
	got := map[string]bool{c.next().T: true, c.next().T: true}
	if !got["push"] || !got["error"] {
		t.Fatal(got)
	}
}

// untilPushed publishes until the client's new topics are heard.
func (k *kit) untilPushed(c *client, r chat.Room) {
	k.t.Helper()
	for range 500 {
		k.emit(chat.RoomOpened{Room: r})
		select {
		case f := <-c.frames:
			if f.Name == "room.added" {
				return
			}
		case <-after5ms():
		}
	}
	k.t.Fatal("new rights are not in force")
}

func TestTypingIsRelayedOnceASecond(t *testing.T) { // lifecycle 5.3
	engines(t, func(k *kit) {
		r := k.room("r1", "ann", "")
		for _, name := range []string{"bob", "meg"} {
			k.user(name)
			k.may(name, chat.ViewLRoom, chat.ViewLivechatRooms)
		}
		k.serve(&r, "bob")
		ann, bob, meg := k.visitor("ann").joined("r1", 0), k.agent("bob").joined("r1", 0), k.agent("meg").joined("r1", 0)
		for range 3 {
			ann.say(`{"t":"typing","room":"r1","on":true}`)
		}
		for _, c := range []*client{bob, meg} {
			if f := c.want("typing"); f.ID != "ann" || !f.Visitor || !f.On || f.Name != "Visitor ann" {
				t.Fatal(f.raw)
			}
		}
		k.clock.Advance(typingEvery)
		ann.say(`{"t":"typing","room":"r1","on":true}`)
		bob.want("typing")
		for range 2 {
			ann.say(`{"t":"typing","room":"r1","on":false}`)
		}
		if f := bob.want("typing"); f.On {
			t.Fatal(f.raw)
		}
		bob.say(`{"t":"typing","room":"r1","on":true}`)
		if f := ann.want("typing"); f.Visitor || f.Name != "Agent bob" {
			t.Fatal(f.raw)
		}
		meg.say(`{"t":"typing","room":"r1","on":true}`) // she only watches
		for _, want := range []string{"typing", "typing", "typing"} {
			meg.want(want)
		}
		meg.wantError("not-allowed")
		for _, c := range []*client{ann, bob, meg} {
			c.quiet()
		}
		ann.drop()
		k.untilGone("ann")
		if n := k.typing.writers(); n != 2 { // bob and meg
			t.Errorf("%d writers are remembered", n)
		}
	})
}

func (t *typing) writers() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.at)
}

func TestReadingIsStored(t *testing.T) {
	engines(t, func(k *kit) {
		r := k.room("r1", "ann", "")
		k.happens(&r, fromVisitor("m1", "x", r))
		ann := k.visitor("ann")
		k.wantNote("ann is online")
		ann.joined("r1", 1)
		ann.say(`{"t":"seen","room":"r1","seq":1}`)
		k.wantNote("ann has seen r1 to 1")
		ann.want("read")
		for _, bad := range []string{`{"t":"seen","seq":1}`, `{"t":"seen","room":"r1","seq":-1}`} {
			ann.say("%s", bad)
			ann.wantError("invalid-room")
		}
		ann.say(`{"t":"typing","on":true}`)
		ann.wantError("invalid-room")
		ann.say(`{"t":"dance"}`)
		ann.wantError("unknown-frame")
	})
}

// Each side is told how far the other one has read, when it comes and when that changes.
func TestReadingIsTold(t *testing.T) { // LC-READ-2, LC-READ-3
	engines(t, func(k *kit) {
		r := k.room("r1", "ann", "")
		k.user("bob")
		k.may("bob", chat.ViewLRoom)
		k.serve(&r, "bob")
		k.happens(&r, fromVisitor("m1", "x", r))
		k.set(func(s *chat.Settings) { s.ReadReceipts = true })
		ann, bob := k.visitor("ann"), k.agent("bob")
		reads := func(c *client, seq int64) {
			t.Helper()
			if f := c.want("read"); f.Seq != seq || f.Room != "r1" {
				t.Fatal(f.raw)
			}
		}
		ann.join("r1", r.Seq)
		reads(ann, 2)
		ann.want("joined")
		bob.join("r1", r.Seq)
		reads(bob, 1)
		bob.want("joined")
		bob.say(`{"t":"seen","room":"r1","seq":2}`)
		reads(ann, 2)
		bob.quiet()
		ann.say(`{"t":"seen","room":"r1","seq":1}`)
		reads(bob, 1)
		reads(ann, 1) // for the visitor's other windows
		ann.quiet()
	})
}

// livechatoo.md 10.13: open lists of who is on the sites are told to read again, also when
// a chat waits again or goes elsewhere, but not at every moment.
func TestVisitorsMovedIsToldInTime(t *testing.T) {
	engines(t, func(k *kit) {
		bob, eve, meg, _ := k.desk()
		told := func(more ...*client) {
			t.Helper()
			k.tellMoved(t.Context())
			for _, c := range append(more, meg) {
				c.wantNamed("push", "visitors.moved")
			}
		}
		k.emit(chat.InquiryQueued{Inquiry: waiting("r1", "sales")})
		bob.wantNamed("push", "inquiry.added")
		meg.wantNamed("push", "inquiry.added")
		told(bob, eve)
		k.emit(chat.RoomForwarded{Room: chat.Room{ID: "r1", DepartmentID: "support"}, OldDepartment: "sales"})
		bob.wantNamed("push", "inquiry.removed")
		k.clock.Advance(movedPace - time.Second)
		k.tellMoved(t.Context())
		bob.quiet()
		k.clock.Advance(time.Second)
		told(bob, eve)
		k.clock.Advance(movedPace)
		k.tellMoved(t.Context())
		for _, c := range []*client{bob, eve, meg} {
			c.quiet()
		}
	})
}

package realtime

import (
	"context"
	"strings"
	"testing"
	"time"
)

func TestAVisitorHearsItsRoomFromANumberOn(t *testing.T) {
	eachWay(t, Options{}, func(t *testing.T, n *node, dial dialer) {
		for range 3 {
			n.write(t, "r1", "before")
		}
		c := dial(t, n.url, "ann")
		c.say(`{"t":"join","room":"r1","after":1}`)
		c.wantEvents(2, 3)
		c.wantJoined(3)
		n.say(t, "r1", "live")
		n.say(t, "r2", "not for this one")
		n.say(t, "r1", "live")
		c.wantEvents(4, 5)
		c.quiet()
	})
}

// What is said while the backlog is read comes once, after it: whether it is in
// the backlog already or not, and in whichever order it arrives.
func TestWhatIsSaidWhileTheBacklogIsReadComesOnceAndInOrder(t *testing.T) {
	eachWay(t, Options{}, func(t *testing.T, n *node, dial dialer) {
		n.write(t, "r1", "before")
		c := dial(t, n.url, "ann")
		n.before = func() {
			n.say(t, "r1", "in the backlog and live")
			second, third := n.write(t, "r1", "late"), n.write(t, "r1", "early")
			n.publish(t, third)
			n.publish(t, second)
		}
		c.say(`{"t":"join","room":"r1","after":0}`)
		c.wantEvents(1, 4)
		c.wantJoined(4)
		n.say(t, "r1", "live")
		c.wantEvents(5, 5)
		c.quiet()
	})
}

func TestAGapIsFilledFromTheDatabase(t *testing.T) {
	eachWay(t, Options{}, func(t *testing.T, n *node, dial dialer) {
		c := dial(t, n.url, "ann")
		c.say(`{"t":"join","room":"r1","after":0}`)
		c.wantJoined(0)
		lost := n.write(t, "r1", "its publication comes late")
		n.say(t, "r1", "overtook it")
		c.wantEvents(1, 2)
		n.publish(t, lost)
		n.say(t, "r1", "next")
		c.wantEvents(3, 3)
		c.quiet()
	})
}

func TestARoomMayBeJoinedAgainAndLeft(t *testing.T) {
	eachWay(t, Options{}, func(t *testing.T, n *node, dial dialer) {
		n.write(t, "r1", "one")
		c := dial(t, n.url, "ann")
		for range 2 {
			c.say(`{"t":"join","room":"r1","after":0}`)
			c.wantEvents(1, 1)
			c.wantJoined(1)
		}
		c.say(`{"t":"leave","room":"r1"}`)
		c.quiet()
		n.say(t, "r1", "unheard")
		c.say(`{"t":"typing","room":"r1","on":true}`)
		c.wantError("not-joined")
	})
}

func TestTooFarBehindMeansFetchIt(t *testing.T) {
	eachWay(t, Options{}, func(t *testing.T, n *node, dial dialer) {
		for range 501 {
			n.write(t, "r1", "long ago")
		}
		c := dial(t, n.url, "ann")
		c.say(`{"t":"join","room":"r1","after":0}`)
		f := c.want("joined")
		if f["more"] != true || f["seq"] != 501.0 {
			t.Fatalf("got %v", f)
		}
		n.say(t, "r1", "live")
		c.wantEvents(502, 502)
	})
}

func TestTypingIsRelayedToTheOthers(t *testing.T) {
	eachWay(t, Options{}, func(t *testing.T, n *node, dial dialer) {
		ann, bob := dial(t, n.url, "ann"), dial(t, n.url, "bob")
		for _, c := range []*caller{ann, bob} {
			c.say(`{"t":"join","room":"r1","after":0}`)
			c.wantJoined(0)
		}
		ann.say(`{"t":"typing","room":"r1","on":true}`)
		if f := bob.want("typing"); f["id"] != "ann" || f["on"] != true {
			t.Fatalf("got %v", f)
		}
		bob.say(`{"t":"typing","room":"r1","on":true}`)
		ann.want("typing") // and not her own before it
		bob.quiet()
		bob.say(`{"t":"seen","room":"r1","seq":7}`)
		if in := next(t, "seen", n.said); in.Seq != 7 || in.Room != "r1" {
			t.Fatalf("got %+v", in)
		}
	})
}

func TestPushesGoToTheTopicsOfThePeer(t *testing.T) {
	eachWay(t, Options{}, func(t *testing.T, n *node, dial dialer) {
		c := dial(t, n.url, "ann")
		push := func(topic, name, outside string) {
			f, err := NewPush(name, nil)
			f.Outside = outside
			if err != nil || n.hub.Publish(context.Background(), topic, f) != nil {
				t.Fatal("not published")
			}
		}
		push("user:bob", "for.bob", "")
		push("user:ann", "for.ann", "")
		push("user:ann", "outside", "r1")
		for _, name := range []string{"for.ann", "outside"} {
			if f := c.want("push"); f["name"] != name {
				t.Fatalf("wanted %s, got %v", name, f)
			}
		}
		c.say(`{"t":"join","room":"r1","after":0}`)
		c.wantJoined(0)
		push("user:ann", "joined already", "r1")
		push("user:ann", "last", "")
		if f := c.want("push"); f["name"] != "last" {
			t.Fatalf("got %v", f)
		}
	})
}

func TestWhoLosesTheRightIsToldAndHearsNothingMore(t *testing.T) { // RT-33
	eachWay(t, Options{}, func(t *testing.T, n *node, dial dialer) {
		c := dial(t, n.url, "ann")
		c.say(`{"t":"join","room":"r1","after":0}`)
		c.wantJoined(0)
		n.shut("r1")
		last := n.write(t, "r1", "taken by somebody else")
		last.Recheck = true
		n.publish(t, last)
		n.say(t, "r1", "unheard, although nobody has asked the Gate yet")
		c.wantEvents(1, 1)
		c.wantError("invalid-room")
		c.quiet()
		c.say(`{"t":"join","room":"r1","after":1}`)
		c.wantError("invalid-room")
	})
}

func TestWhoKeepsTheRightMissesNothing(t *testing.T) {
	eachWay(t, Options{}, func(t *testing.T, n *node, dial dialer) {
		c := dial(t, n.url, "ann")
		c.say(`{"t":"join","room":"r1","after":0}`)
		c.wantJoined(0)
		const all = maxHeld + 100
		for range all {
			f := n.write(t, "r1", "changed")
			f.Recheck = true
			n.publish(t, f)
		}
		c.wantEvents(1, all)
		c.quiet()
	})
}

func TestRefreshChangesTopicsAndRooms(t *testing.T) {
	eachWay(t, Options{}, func(t *testing.T, n *node, dial dialer) {
		n.topics["ann"] = []string{"queue:old"}
		c := dial(t, n.url, "ann")
		c.say(`{"t":"join","room":"r1","after":0}`)
		c.wantJoined(0)
		n.mu.Lock()
		n.topics["ann"] = []string{"queue:new"}
		n.closed["r1"] = true
		n.mu.Unlock()
		n.hub.Refresh(func(p Peer) bool { return p.ID == "ann" })
		c.wantError("invalid-room")
		eventually(t, "the new topic is heard", func() bool { return len(n.hub.topics.subs("queue:new")) == 1 })
		if len(n.hub.topics.subs("queue:old"))+len(n.hub.topics.subs("room:r1")) != 0 || len(n.hub.topics.subs("user:ann")) != 1 {
			t.Fatal("the old topics are still heard")
		}
		n.ban("ann")
		n.hub.Refresh(func(Peer) bool { return true })
		c.wantClosed(CloseUnknown)
	})
}

func TestRevokedSessionsAreDisconnected(t *testing.T) {
	eachWay(t, Options{}, func(t *testing.T, n *node, dial dialer) {
		ann, bob := dial(t, n.url, "ann"), dial(t, n.url, "bob")
		n.hub.Disconnect(func(p Peer) bool { return p.Session == "ann" })
		ann.wantClosed(CloseUnknown)
		if who := next(t, "closed", n.gone); who != "ann" {
			t.Fatalf("%s is gone", who)
		}
		bob.quiet()
		if n.hub.Connections() != 1 {
			t.Fatalf("%d connections", n.hub.Connections())
		}
	})
}

func TestAClientThatIsGoneIsForgotten(t *testing.T) {
	eachWay(t, Options{}, func(t *testing.T, n *node, dial dialer) {
		c := dial(t, n.url, "ann")
		c.say(`{"t":"join","room":"r1","after":0}`)
		c.wantJoined(0)
		next(t, "opened", n.opened)
		c.drop()
		next(t, "closed", n.gone)
		eventually(t, "nothing is left", func() bool {
			n.hub.mu.Lock()
			defer n.hub.mu.Unlock()
			return len(n.hub.clients)+len(n.hub.streams)+len(n.hub.from)+len(n.hub.topics.of) == 0
		})
	})
}

func TestDrainSpreadsClientsAndClosesThem(t *testing.T) { // RT-7
	eachWay(t, Options{}, func(t *testing.T, n *node, dial dialer) {
		c := dial(t, n.url, "ann")
		drained := make(chan struct{})
		go func() {
			defer close(drained)
			n.hub.Drain(context.Background())
		}()
		f := c.want("drain")
		if after := f["after"].(float64); after < 0 || after > 4000 {
			t.Fatalf("after %v", after)
		}
		if n.hub.Healthy() == nil {
			t.Fatal("a draining node calls itself ready")
		}
		eventually(t, "drained", func() bool {
			n.clock.Advance(100 * time.Millisecond)
			select {
			case <-drained:
				return true
			default:
				return false
			}
		})
		c.wantClosed(CloseGoingAway)
	})
}

func TestDrainEndsWithItsDeadline(t *testing.T) {
	eachWay(t, Options{}, func(t *testing.T, n *node, dial dialer) {
		c := dial(t, n.url, "ann")
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		n.hub.Drain(ctx)
		next(t, "end", c.closed)
		if n.hub.Connections() != 0 {
			t.Fatal("somebody is still connected")
		}
	})
}

func TestSilentClientsAreEndedAndLivingOnesRenewed(t *testing.T) {
	eachWay(t, Options{}, func(t *testing.T, n *node, dial dialer) {
		silent, alive := dial(t, n.url, "ann"), dial(t, n.url, "bob")
		for range 5 {
			n.settle(t)
			n.clock.Advance(writeWithin - time.Second)
			alive.quiet()
			n.hub.sweep(n.clock.Now())
		}
		silent.wantClosed(CloseGoingAway)
		alive.quiet()
		conns := next(t, "renewal", n.renewed)
		if len(conns) != 2 {
			t.Fatalf("renewed %v", conns)
		}
	})
}

func TestFramesThatAreNotUnderstood(t *testing.T) {
	eachWay(t, Options{}, func(t *testing.T, n *node, dial dialer) {
		c := dial(t, n.url, "ann")
		for frame, code := range map[string]string{
			`{"t":"dance"}`: "unknown-frame", `{`: "bad-frame", `[]`: "bad-frame", `{"t":7}`: "bad-frame", ``: "bad-frame",
			`{"t":"join"}`: "bad-frame", `{"t":"join","room":"r1","after":-1}`: "bad-frame", `{"t":"join","room":"r\u00001"}`: "bad-frame",
			`{"t":"join","room":"` + strings.Repeat("r", 101) + `"}`: "bad-frame",
			`{"t":"hello","v":1,"session":"bob"}`:                    "already-welcome", `{"t":"typing","room":"r9","on":true}`: "not-joined",
		} {
			c.say("%s", frame)
			c.wantError(code)
		}
		c.quiet()
	})
}

func TestTooManyFramesAreRefusedThenTheConnectionIsClosed(t *testing.T) {
	eachWay(t, Options{PerMinute: 60}, func(t *testing.T, n *node, dial dialer) {
		c := dial(t, n.url, "ann")
		for range burst - 1 { // the hello was the first on a socket
			c.say(`{"t":"idle","on":true}`)
			next(t, "idle", n.said)
		}
		for c.send(`{"t":"idle","on":true}`) == nil {
			select {
			case <-n.said:
				continue
			case f := <-c.frames:
				if f["code"] != "too-many-requests" {
					t.Fatalf("got %v", f)
				}
			case <-c.closed:
				t.Fatal("closed at once")
			}
			break
		}
		n.clock.Advance(time.Second) // one more a second
		c.quiet()
		for range patience + 1 {
			if c.send(`{"t":"idle","on":true}`) != nil {
				break
			}
		}
		c.wantClosed(ClosePolicy)
	})
}

func TestALargeEventArrivesWhole(t *testing.T) {
	eachWay(t, Options{}, func(t *testing.T, n *node, dial dialer) {
		c := dial(t, n.url, "ann")
		c.say(`{"t":"join","room":"r1","after":0}`)
		c.wantJoined(0)
		text := strings.Repeat("ä", 30_000)
		n.say(t, "r1", text)
		if f := c.want("event"); f["data"] != text {
			t.Fatal("it was changed on the way")
		}
	})
}

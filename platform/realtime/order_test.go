package realtime

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"

	"pgregory.net/rapid"
)

// PT-RT-2: however publications and backlogs interleave, and whatever the bus
// does to the order, loses or doubles, every listener gets every number once and
// in order.
func TestEveryNumberComesOnceAndInOrder(t *testing.T) {
	const listeners, said, writers = 4, 150, 3
	eachWay(t, Options{}, func(t *testing.T, n *node, dial dialer) {
		var callers []*caller
		for i := range listeners {
			callers = append(callers, dial(t, n.url, fmt.Sprintf("p%d", i)))
		}
		var work sync.WaitGroup
		for range writers {
			work.Go(func() {
				for range said / writers {
					f := n.write(t, "r1", "x")
					switch rand.IntN(6) {
					case 0: // lost: a later number heals it
					case 1:
						n.publish(t, f)
						n.publish(t, f)
					default:
						n.publish(t, f)
					}
				}
			})
		}
		for i, c := range callers {
			work.Go(func() { c.say(`{"t":"join","room":"r1","after":%d}`, i) })
		}
		work.Wait()
		n.say(t, "r1", "last")
		for i, c := range callers {
			c.wantEachOnce(int64(i), said+1)
		}
	})
}

func (c *caller) wantEachOnce(last, until int64) {
	c.t.Helper()
	for joined := false; last < until || !joined; {
		f := next(c.t, "event", c.frames)
		seq := int64(f["seq"].(float64))
		switch {
		case f["t"] == "joined":
			joined, last = true, min(last, seq) // it may have asked for more than there was
		case seq != last+1:
			c.t.Fatalf("%d after %d", seq, last)
		default:
			last = seq
		}
	}
	c.quiet()
}

func TestFramesSurviveTheBus(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := Frame{Room: rapid.String().Draw(t, "room"), Except: rapid.String().Draw(t, "except"), Outside: rapid.String().Draw(t, "outside"),
			Seq: rapid.Int64().Draw(t, "seq"), Recheck: rapid.Bool().Draw(t, "recheck"), Body: []byte(rapid.String().Draw(t, "body"))}
		got, err := decode(f.encode())
		if err != nil || fmt.Sprintf("%+v", f) != fmt.Sprintf("%+v", got) {
			t.Fatalf("%+v became %+v: %v", f, got, err)
		}
	})
}

func FuzzDecode(f *testing.F) {
	f.Add(Frame{Room: "r", Seq: 7, Body: []byte("{}")}.encode())
	f.Add([]byte{255, 255, 255, 255, 255, 255, 255, 255, 255, 1})
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, b []byte) {
		if got, err := decode(b); err == nil && !bytes.HasSuffix(b, got.Body) {
			t.Fatalf("%+v", got)
		}
	})
}

// PT-RT-6: whatever a client sends, the server answers an error or nothing and
// stands.
func FuzzReceive(f *testing.F) {
	for _, s := range []string{`{"t":"join","room":"r1","after":1}`, `{"t":"typing","on":1}`, `{"t":"seen","room":"r1","seq":9e99}`, "\x00", `{"t":"hello"}`} {
		f.Add([]byte(s))
	}
	hub := NewHub(NewMemory(), Options{})
	gate := newBook()
	gate.hub = hub
	hub.Use(gate)
	f.Fuzz(func(t *testing.T, b []byte) {
		s := newStream("")
		c := newClient(hub, s, "")
		c.paused = true
		c.receive([]byte(`{"t":"hello","v":1,"session":"ann"}`))
		c.receive(b)
		for range len(gate.said) {
			<-gate.said
		}
		<-gate.opened
		c.mu.Lock()
		frames := len(c.out)
		c.mu.Unlock()
		if frames < 1 || frames > 3 {
			t.Fatalf("%d frames for %q", frames, b)
		}
		c.hub.from[""] = 1
		c.gone()
		hub.work.Wait()
		<-gate.gone
	})
}

func TestHubWithoutClientsCostsNothingToPublish(t *testing.T) {
	n := startNode(t, NewMemory(), Options{})
	if err := n.hub.Publish(context.Background(), "room:nobody", Frame{Body: pong}); err != nil {
		t.Fatal(err)
	}
	if len(n.hub.topics.of) != 0 {
		t.Fatal("a topic nobody hears is kept")
	}
}

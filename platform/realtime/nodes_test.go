package realtime

import (
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
)

// cluster is several nodes on one bus and one database.
func cluster(t *testing.T, size int) []*node {
	t.Helper()
	bus, data := redisURL(t), newBook()
	nodes := make([]*node, size)
	for i := range nodes {
		own := newBook()
		own.shelf = data.shelf
		nodes[i] = startNodeOn(t, own, NewRedis(bus), Options{})
	}
	return nodes
}

// PT-RT-2, PT-RT-4: over three nodes, of which one is killed in the middle, every
// listener gets each number once, in one order; whose node died comes back
// elsewhere and says what he saw last.
func TestThreeNodesOneOfWhichDies(t *testing.T) {
	const rooms, each, writers, listeners = 5, 60, 4, 9
	nodes := cluster(t, 3)
	alive := nodes[1:]
	var writing, listening, connected sync.WaitGroup
	connected.Add(listeners)
	half := make(chan struct{})
	for w := range writers {
		writing.Go(func() {
			for i := range rooms * each / writers {
				if w == 0 && i == rooms*each/writers/2 {
					close(half)
				}
				n := alive[rand.IntN(len(alive))]
				n.say(t, fmt.Sprintf("r%d", i%rooms), "x")
			}
		})
	}
	for l := range listeners {
		listening.Go(func() {
			heard := listener{room: fmt.Sprintf("r%d", l%rooms), until: each, connected: sync.OnceFunc(connected.Done)}
			heard.on(t, nodes[l%3], l)
			for heard.last < each {
				heard.on(t, alive[l%2], l)
			}
		})
	}
	<-half
	connected.Wait()
	nodes[0].kill()
	writing.Wait()
	listening.Wait()
}

// listener follows one room over several connections.
type listener struct {
	room        string
	last, until int64
	connected   func()
}

// on listens on a node until it has everything or the connection ends.
func (l *listener) on(t *testing.T, n *node, who int) {
	dial := transports[[]string{"websocket", "event stream"}[who%2]]
	c := dial(t, n.url, fmt.Sprintf("p%d", who))
	defer c.drop()
	c.say(`{"t":"join","room":%q,"after":%d}`, l.room, l.last)
	l.connected() // only now may the node die: what is said to a dead one is an error
	for f := range c.frames {
		seq := int64(f["seq"].(float64))
		if f["t"] == "event" && seq != l.last+1 {
			t.Errorf("%s: %d after %d", l.room, seq, l.last)
		}
		if l.last = max(l.last, seq); l.last == l.until {
			return
		}
	}
}

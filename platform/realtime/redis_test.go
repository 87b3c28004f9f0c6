package realtime

import (
	"context"
	"fmt"
	"io"
	"net"
	"strings"
	"sync"
	"testing"
	"time"
)

// Brokers carry every frame to every node once, in one order per topic.
func TestABusCarriesFramesToEveryNodeInOrder(t *testing.T) {
	for name, broker := range brokers {
		t.Run(name, func(t *testing.T) {
			const writers, each = 8, 200
			nodes := []*ear{listenOn(t, broker(t))}
			if first, ok := nodes[0].Broker.(*Redis); ok {
				nodes = append(nodes, listenOn(t, NewRedis(first.url+"?channel="+first.channel)))
			}
			var all sync.WaitGroup
			for w := range writers {
				all.Go(func() {
					for i := range each {
						topic := fmt.Sprintf("%s.%d", t.Name(), w)
						if err := nodes[w%len(nodes)].Publish(context.Background(), topic, fmt.Appendf(nil, "%d", i)); err != nil {
							t.Error(err)
						}
					}
				})
			}
			all.Wait()
			for _, node := range nodes {
				node.wantInOrder(t, writers, each)
			}
		})
	}
}

// ear is a receiver that notes what it hears.
type ear struct {
	Broker
	heard chan string
}

func (e *ear) Frame(topic string, frame []byte) { e.heard <- topic + " " + string(frame) }
func (e *ear) Lost(error)                       {}
func (e *ear) Back()                            {}

func listenOn(t testing.TB, b Broker) *ear {
	t.Helper()
	e := &ear{Broker: b, heard: make(chan string, 10_000)}
	b.Subscribe(e)
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		if err := b.Run(ctx); err != nil {
			t.Error(err)
		}
	}()
	t.Cleanup(func() { cancel(); <-ended })
	eventually(t, "the bus is connected", func() bool { return b.Healthy() == nil })
	return e
}

func (e *ear) wantInOrder(t *testing.T, writers, each int) {
	t.Helper()
	heard := map[string]int{}
	for range writers * each {
		var topic string
		var i int
		if _, err := fmt.Sscanf(next(t, "frame", e.heard), "%s %d", &topic, &i); err != nil {
			t.Fatal(err)
		}
		if heard[topic] != i {
			t.Fatalf("%s: heard %d after %d frames", topic, i, heard[topic])
		}
		heard[topic]++
	}
}

// proxy stands between us and Redis and can be cut.
type proxy struct {
	net.Listener
	to string

	mu   sync.Mutex
	open []net.Conn
	dead bool
}

func startProxy(t testing.TB, to string) *proxy {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &proxy{Listener: l, to: to}
	go p.serve()
	t.Cleanup(func() { l.Close(); p.cut(true) })
	return p
}

func (p *proxy) serve() {
	for {
		in, err := p.Accept()
		if err != nil {
			return
		}
		out, err := net.Dial("tcp", p.to)
		p.mu.Lock()
		if err != nil || p.dead {
			in.Close()
		} else {
			p.open = append(p.open, in, out)
			go io.Copy(in, out)
			go io.Copy(out, in)
		}
		p.mu.Unlock()
	}
}

// cut ends what is connected, and all that follows while dead.
func (p *proxy) cut(dead bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.dead = dead
	for _, c := range p.open {
		c.Close()
	}
	p.open = nil
}

// RT-53: without the bus a node is not ready and sends its clients away; when
// the bus is back it takes them again, and what was missed comes from the database.
func TestALostBusSendsClientsAway(t *testing.T) {
	p := startProxy(t, strings.TrimPrefix(NewRedis(redisURL(t)).url, "redis://"))
	back := make(chan string, 10)
	n := startNode(t, NewRedis("redis://"+p.Addr().String()), Options{}, func(name string, _ []byte) { back <- name })
	next(t, "the first connection", back)
	c := dialSocket(t, n.url, "ann")
	c.say(`{"t":"join","room":"r1","after":0}`)
	c.wantJoined(0)
	p.cut(true)
	c.wantClosed(CloseRestart)
	if n.hub.Healthy() == nil {
		t.Fatal("ready without a bus")
	}
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Second)
	defer cancel()
	if n.hub.Publish(ctx, "room:r1", n.write(t, "r1", "while it was lost")) == nil {
		t.Fatal("published on a lost bus")
	}
	res := request(t, ctxBackground, "GET", n.url+"/realtime", "", "")
	res.Body.Close()
	if res.StatusCode != 503 {
		t.Fatalf("a client was answered %d", res.StatusCode)
	}
	p.cut(false)
	eventually(t, "the bus is back", func() bool { return n.hub.Healthy() == nil })
	if name := next(t, "the second connection", back); name != BusBack {
		t.Fatal(name)
	}
	again := dialSocket(t, n.url, "ann")
	again.say(`{"t":"join","room":"r1","after":0}`)
	again.wantEvents(1, 1)
	again.wantJoined(1)
	eventually(t, "publishing works again", func() bool {
		return n.hub.Publish(ctxBackground, "user:ann", Frame{Body: []byte(`{"t":"push","name":"hi"}`)}) == nil
	})
	again.want("push")
}

func TestEveryNodeHearsWhatOneTells(t *testing.T) {
	heard := make(chan string, 10)
	bus := redisURL(t)
	nodes := make([]*Hub, 2)
	for i := range nodes {
		nodes[i] = NewHub(NewRedis(bus), Options{})
		nodes[i].Use(newBook())
		nodes[i].OnControl(func(name string, data []byte) {
			if name != BusBack {
				heard <- fmt.Sprintf("%d %s %s", i, name, data)
			}
		})
		ctx, cancel := context.WithCancel(context.Background())
		ended := make(chan error)
		go func() { ended <- nodes[i].Run(ctx) }()
		t.Cleanup(func() { cancel(); <-ended })
		eventually(t, "connected", func() bool { return nodes[i].Healthy() == nil })
	}
	if err := nodes[0].Tell(context.Background(), "setting.changed", []byte(t.Name())); err != nil {
		t.Fatal(err)
	}
	got := map[string]bool{next(t, "control", heard): true, next(t, "control", heard): true}
	for i := range nodes {
		if !got[fmt.Sprintf("%d setting.changed %s", i, t.Name())] {
			t.Fatalf("heard %v", got)
		}
	}
}

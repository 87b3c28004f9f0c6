package people

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/coder/websocket"

	"github.com/foyerchat/foyer/chat"
)

type hello struct {
	T       string `json:"t"`
	V       int    `json:"v"`
	Ticket  string `json:"ticket,omitempty"`
	Session string `json:"session,omitempty"`
}

type frame struct {
	T    string          `json:"t"`
	Room chat.RoomID     `json:"room"`
	Seq  int64           `json:"seq"`
	Name string          `json:"name"`
	Data json.RawMessage `json:"data"`
}

// Shown is what a screen shows of one room: its messages in the order they appeared.
type Shown struct {
	Messages []chat.Message
	Last     int64 // number of the last event applied
	Closed   bool
}

// Listener is a screen: it stays connected, asks for what it missed and applies
// the clients' rule: drop what it has, and on a gap join again after the last number.
type Listener struct {
	server  *Server
	hello   func(context.Context) (hello, error)
	mu      sync.Mutex
	changed *sync.Cond
	version int // counts changes, so that Wait misses none
	rooms   map[chat.RoomID]*Shown
	pushes  []string
	pongs   int
	outlet  chan any // frames to send on the present connection; nil while there is none
	stop    context.CancelFunc
	done    chan struct{}
	Doubles int                                     // events that arrived twice on one connection's watch and were dropped
	Gaps    int                                     // gaps noticed and healed
	OnFrame func(name string, data json.RawMessage) // optional; called for each event as it arrives
}

func listen(s *Server, h func(context.Context) (hello, error)) *Listener {
	l := &Listener{server: s, hello: h, rooms: map[chat.RoomID]*Shown{}, done: make(chan struct{})}
	l.changed = sync.NewCond(&l.mu)
	return l
}

// Start connects and keeps connecting until Stop.
func (l *Listener) Start(ctx context.Context) *Listener {
	ctx, l.stop = context.WithCancel(ctx)
	go func() {
		defer close(l.done)
		for ctx.Err() == nil {
			_ = l.session(ctx) // any end of a connection means: connect again
			select {
			case <-ctx.Done():
			case <-time.After(50 * time.Millisecond):
			}
		}
	}()
	return l
}

// Stop disconnects.
func (l *Listener) Stop() {
	l.stop()
	<-l.done
}

// Join follows a room, now and after every reconnect.
func (l *Listener) Join(rid chat.RoomID) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.rooms[rid] == nil {
		l.rooms[rid] = &Shown{}
	}
	l.sendLocked(l.joinFrame(rid))
}

// Typing tells the room that its owner types, or stopped.
func (l *Listener) Typing(rid chat.RoomID, on bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.sendLocked(map[string]any{"t": "typing", "room": rid, "on": on})
}

// Ping gives the server a sign of life and waits for its answer, on this connection
// or on the next one; false when the context ends first.
func (l *Listener) Ping(ctx context.Context) bool {
	l.mu.Lock()
	before, asked := l.pongs, l.outlet
	l.sendLocked(map[string]any{"t": "ping"})
	l.mu.Unlock()
	return l.Wait(ctx, func() bool {
		l.mu.Lock()
		defer l.mu.Unlock()
		if l.outlet != asked {
			asked = l.outlet
			l.sendLocked(map[string]any{"t": "ping"})
		}
		return l.pongs > before
	})
}

// Shown is a copy of what the screen shows of the room.
func (l *Listener) Shown(rid chat.RoomID) Shown {
	l.mu.Lock()
	defer l.mu.Unlock()
	if s := l.rooms[rid]; s != nil {
		return Shown{Messages: slices.Clone(s.Messages), Last: s.Last, Closed: s.Closed}
	}
	return Shown{}
}

// Pushes lists the names of the pushes that arrived, in order.
func (l *Listener) Pushes() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.pushes)
}

// Wait returns when the condition holds, looked at again after each change, or
// false when the context ends first.
func (l *Listener) Wait(ctx context.Context, holds func() bool) bool {
	stop := context.AfterFunc(ctx, func() { l.mu.Lock(); defer l.mu.Unlock(); l.changed.Broadcast() })
	defer stop()
	for {
		l.mu.Lock()
		before := l.version
		l.mu.Unlock()
		if holds() {
			return true
		}
		l.mu.Lock()
		for l.version == before && ctx.Err() == nil {
			l.changed.Wait()
		}
		l.mu.Unlock()
		if ctx.Err() != nil {
			return holds()
		}
	}
}

func (l *Listener) joinFrame(rid chat.RoomID) map[string]any {
	return map[string]any{"t": "join", "room": rid, "after": l.rooms[rid].Last}
}

func (l *Listener) sendLocked(f any) {
	if l.outlet == nil {
		return
	}
	select {
	case l.outlet <- f:
	default: // the connection is stuck; the next one joins again
	}
}

// session is one connection, from hello to its end.
func (l *Listener) session(ctx context.Context) error {
	first, err := l.hello(ctx)
	if err != nil {
		return err
	}
	conn, _, err := websocket.Dial(ctx, "ws"+strings.TrimPrefix(l.server.URL, "http")+"/realtime", nil)
	if err != nil {
		return err
	}
	defer conn.CloseNow()
	conn.SetReadLimit(8 << 20)
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	outlet := make(chan any, 4096) // more than a screen has rooms: all are joined at once after a reconnect
	outlet <- first
	go write(ctx, conn, outlet)
	return l.read(ctx, conn, outlet)
}

func write(ctx context.Context, conn *websocket.Conn, outlet <-chan any) {
	ping := time.NewTicker(20 * time.Second)
	defer ping.Stop()
	for {
		var f any
		select {
		case <-ctx.Done():
			return
		case f = <-outlet:
		case <-ping.C:
			f = map[string]any{"t": "ping"}
		}
		text, _ := json.Marshal(f)
		if conn.Write(ctx, websocket.MessageText, text) != nil {
			conn.CloseNow()
			return
		}
	}
}

func (l *Listener) read(ctx context.Context, conn *websocket.Conn, outlet chan any) error {
	defer func() { l.mu.Lock(); l.outlet = nil; l.mu.Unlock() }()
	for {
		_, text, err := conn.Read(ctx)
		if err != nil {
			return err
		}
		var f frame
		if err := json.Unmarshal(text, &f); err != nil {
			return err
		}
		l.receive(f, outlet)
	}
}

func (l *Listener) receive(f frame, outlet chan any) {
	if l.OnFrame != nil && (f.T == "event" || f.T == "push" || f.T == "typing") {
		l.OnFrame(f.T+":"+f.Name, f.Data)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	defer l.changed.Broadcast()
	l.version++
	switch f.T {
	case "welcome":
		l.outlet = outlet
		for rid := range l.rooms {
			l.sendLocked(l.joinFrame(rid))
		}
	case "pong":
		l.pongs++
	case "push":
		l.pushes = append(l.pushes, f.Name)
	case "event":
		l.apply(f)
	}
}

func (l *Listener) apply(f frame) {
	s := l.rooms[f.Room]
	switch {
	case s == nil:
		return
	case f.Seq <= s.Last:
		l.Doubles++
		return
	case f.Seq > s.Last+1:
		l.Gaps++
		l.sendLocked(l.joinFrame(f.Room))
		return
	}
	s.Last = f.Seq
	switch f.Name {
	case "message":
		var data struct{ Message chat.Message }
		if json.Unmarshal(f.Data, &data) == nil {
			s.Messages = append(s.Messages, data.Message)
		}
	case "closed":
		s.Closed = true
	}
}

// Connected reports whether the server has welcomed the present connection.
func (l *Listener) Connected() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.outlet != nil
}

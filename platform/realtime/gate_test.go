package realtime

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/foyerchat/foyer/platform/fault"
)

// book is a Gate over rooms in memory: what a database would hold, with the
// means to say something and to take rights away.
type book struct {
	hub *Hub
	*shelf

	banned  map[string]bool // peers who are no longer known
	closed  map[string]bool // rooms nobody may join
	topics  map[string][]string
	said    chan Inbound
	opened  chan string
	gone    chan string
	renewed chan []string
	before  func() // runs before a backlog is read
	broken  error  // what the database answers
	reads   map[string]int
}

// shelf is what several nodes share.
type shelf struct {
	mu    sync.Mutex
	rooms map[string][]Frame
}

func newBook() *book {
	return &book{shelf: &shelf{rooms: map[string][]Frame{}}, banned: map[string]bool{}, closed: map[string]bool{}, topics: map[string][]string{},
		reads: map[string]int{}, said: make(chan Inbound, 100), opened: make(chan string, 1000), gone: make(chan string, 1000), renewed: make(chan []string, 1000)}
}

// write stores the next number of a room without telling anybody.
func (b *book) write(t testing.TB, room string, data any) Frame {
	t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	f, err := NewEvent(room, int64(len(b.rooms[room])+1), "said", data)
	if err != nil {
		t.Fatal(err)
	}
	b.rooms[room] = append(b.rooms[room], f)
	return f
}

// say stores and publishes.
func (b *book) say(t testing.TB, room string, data any) Frame {
	t.Helper()
	f := b.write(t, room, data)
	b.publish(t, f)
	return f
}

func (b *book) publish(t testing.TB, f Frame) {
	t.Helper()
	if err := b.hub.Publish(context.Background(), "room:"+f.Room, f); err != nil {
		t.Error(err)
	}
}

func (b *book) Hello(_ context.Context, h Hello) (Peer, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if h.Session == "broken" {
		return Peer{}, errors.New("no database")
	}
	if h.Session == "" || b.banned[h.Session] {
		return Peer{}, fault.New(fault.Unauthenticated, "unknown-session", "")
	}
	return Peer{ID: h.Session, Session: h.Session, Topics: append([]string{"user:" + h.Session}, b.topics[h.Session]...), Lease: true}, nil
}

func (b *book) Again(ctx context.Context, p Peer) (Peer, error) {
	return b.Hello(ctx, Hello{Session: p.Session})
}

func (b *book) Join(_ context.Context, p Peer, room string) (string, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.closed[room] {
		return "", fault.New(fault.NotFound, "invalid-room", "")
	}
	return "room:" + room, nil
}

func (b *book) After(_ context.Context, _ Peer, room string, after int64) ([]Frame, int64, bool, error) {
	b.mu.Lock()
	before := b.before
	b.before = nil
	b.mu.Unlock()
	if before != nil {
		before()
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.reads[room]++
	all := b.rooms[room]
	head := int64(len(all))
	if b.broken != nil || head <= after {
		return nil, head, false, b.broken
	}
	if head-after > 500 {
		return nil, head, true, nil
	}
	return all[after:], head, false, nil
}

func (b *book) Receive(ctx context.Context, p Peer, conn string, in Inbound) error {
	switch in.T {
	case "typing":
		body := fmt.Sprintf(`{"t":"typing","room":%q,"id":%q,"on":%t}`, in.Room, p.ID, in.On)
		return b.hub.Publish(ctx, "room:"+in.Room, Frame{Body: []byte(body), Room: in.Room, Except: p.ID})
	case "seen", "idle":
		b.said <- in
		return nil
	}
	return ErrUnknownFrame
}

func (b *book) Opened(_ context.Context, p Peer, _ string) { b.opened <- p.ID }
func (b *book) Renew(_ context.Context, conns []string)    { b.renewed <- conns }
func (b *book) Closed(_ context.Context, p Peer, _ string) { b.gone <- p.ID }

func (b *book) ban(peer string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.banned[peer] = true
}

func (b *book) shut(room string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.closed[room] = true
}

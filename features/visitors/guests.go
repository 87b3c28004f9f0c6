package visitors

import (
	"container/list"
	"sync"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
)

// guests remembers the most recently seen guests by the hash of their secret.
// It is bounded, and what was read before a change is not kept after it.
type guests struct {
	mu        sync.Mutex
	most      int
	order     *list.List // of *remembered, newest first
	byKey     map[string]*list.Element
	byVisitor map[chat.VisitorID]map[string]bool
	changes   int64
}

type remembered struct {
	key   string
	actor chat.Actor
	until clock.Instant
}

func newGuests(most int) *guests {
	return &guests{most: most, order: list.New(), byKey: map[string]*list.Element{}, byVisitor: map[chat.VisitorID]map[string]bool{}}
}

func (g *guests) find(key string, now clock.Instant) (chat.Actor, bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	e, ok := g.byKey[key]
	if !ok {
		return chat.Actor{}, false
	}
	r := e.Value.(*remembered)
	if now >= r.until {
		g.forget(e)
		return chat.Actor{}, false
	}
	g.order.MoveToFront(e)
	return r.actor, true
}

// mark is taken before reading; keep drops what was read before a later change.
func (g *guests) mark() int64 {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.changes
}

func (g *guests) keep(key string, a chat.Actor, until clock.Instant, mark int64) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.changes != mark {
		return
	}
	if e, ok := g.byKey[key]; ok {
		g.forget(e)
	}
	g.byKey[key] = g.order.PushFront(&remembered{key: key, actor: a, until: until})
	if g.byVisitor[a.Visitor] == nil {
		g.byVisitor[a.Visitor] = map[string]bool{}
	}
	g.byVisitor[a.Visitor][key] = true
	if g.order.Len() > g.most {
		g.forget(g.order.Back())
	}
}

// drop forgets a visitor who changed.
func (g *guests) drop(id chat.VisitorID) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.changes++
	for key := range g.byVisitor[id] {
		g.forget(g.byKey[key])
	}
}

func (g *guests) forget(e *list.Element) {
	r := g.order.Remove(e).(*remembered)
	delete(g.byKey, r.key)
	delete(g.byVisitor[r.actor.Visitor], r.key)
	if len(g.byVisitor[r.actor.Visitor]) == 0 {
		delete(g.byVisitor, r.actor.Visitor)
	}
}

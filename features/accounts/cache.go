package accounts

import (
	"maps"
	"strings"
	"sync"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
)

// freshness is how long a cached session is believed without asking the
// database again; changes drop it at once, this bounds what a lost event costs.
const freshness = 10 * time.Second

// known is a session the process has seen lately.
type known struct {
	session chat.SessionID
	actor   chat.Actor
	expires clock.Instant
	loaded  clock.Instant
}

// cache keeps sessions by the hash of their token, so that the hot path asks no
// database. It is bounded, and a load that began before a drop is not kept.
type cache struct {
	size int

	mu         sync.RWMutex
	sessions   map[string]known
	generation uint64
	distrusted map[chat.UserID]clock.Instant // until when these are asked from the database
	used       map[chat.SessionID]clock.Instant
}

func newCache(size int) *cache {
	return &cache{size: size, sessions: map[string]known{}, distrusted: map[chat.UserID]clock.Instant{},
		used: map[chat.SessionID]clock.Instant{}}
}

// find returns the session if it is known and fresh, and the generation to keep a loaded one under.
func (c *cache) find(hash string, now clock.Instant) (known, uint64, bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	k, ok := c.sessions[hash]
	trusted := ok && now >= c.distrusted[k.actor.User]
	return k, c.generation, trusted && now.Sub(k.loaded) < freshness && now < k.expires
}

// distrust has everything about the user read from the database for a while: a
// transaction under way changes him.
func (c *cache) distrust(id chat.UserID, until clock.Instant) {
	c.mu.Lock()
	defer c.mu.Unlock()
	maps.DeleteFunc(c.distrusted, func(_ chat.UserID, old clock.Instant) bool { return until.Sub(old) > 2*freshness })
	c.distrusted[id] = until
}

func (c *cache) keep(hash string, k known, generation uint64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if generation != c.generation {
		return
	}
	if len(c.sessions) >= c.size {
		for any := range c.sessions { // the order of a map is random
			delete(c.sessions, any)
			break
		}
	}
	c.sessions[hash] = k
}

// drop forgets the sessions that match, and every load under way.
func (c *cache) drop(match func(known) bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.generation++
	maps.DeleteFunc(c.sessions, func(_ string, k known) bool { return match(k) })
}

// touch remembers that the session was used; at most size are remembered.
func (c *cache) touch(id chat.SessionID, now clock.Instant) {
	c.mu.RLock()
	last, ok := c.used[id]
	full := len(c.used) >= c.size
	c.mu.RUnlock()
	if ok && now.Sub(last) < time.Minute || !ok && full {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.used[id] = now
}

// takeUsed hands over what was used since the last call.
func (c *cache) takeUsed() map[chat.SessionID]clock.Instant {
	c.mu.Lock()
	defer c.mu.Unlock()
	used := c.used
	c.used = map[chat.SessionID]clock.Instant{}
	return used
}

// grants is the immutable table of who may do what, with the answer for each
// combination of roles remembered.
type grants struct {
	table []chat.Grant
	asOf  int64 // how many changes it includes at least

	mu    sync.Mutex
	byKey map[string]map[chat.Permission]bool
}

func newGrants(table []chat.Grant, asOf int64) *grants {
	return &grants{table: table, asOf: asOf, byKey: map[string]map[chat.Permission]bool{}}
}

// of is what the roles (sorted) may do together; the map is shared and never changed.
func (g *grants) of(roles []string) map[chat.Permission]bool {
	key := strings.Join(roles, " ")
	g.mu.Lock()
	defer g.mu.Unlock()
	if held, ok := g.byKey[key]; ok {
		return held
	}
	held := map[chat.Permission]bool{}
	for _, row := range g.table {
		if intersect(row.Roles, roles) {
			held[row.ID] = true
		}
	}
	g.byKey[key] = held
	return held
}

func intersect(a, b []string) bool {
	for _, x := range a {
		for _, y := range b {
			if x == y {
				return true
			}
		}
	}
	return false
}

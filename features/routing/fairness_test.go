package routing

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/foyerchat/foyer/chat"
)

// team plays a queue: it decides and keeps what a store would keep.
type team struct {
	c   Case
	got map[chat.AgentID]int
}

func newTeam(method string, n int) *team {
	t := &team{c: Case{Kind: KindQueue, Queue: "d", Rules: Rules{Method: method}}, got: map[chat.AgentID]int{}}
	for i := range n {
		t.c.Agents = append(t.c.Agents, Agent{ID: chat.AgentID(fmt.Sprintf("a%02d", i)), Username: fmt.Sprintf("a%02d", i)})
	}
	return t
}

// chat gives the next one away.
func (t *team) chat() Verdict {
	t.c.At++
	v := decide(t.c)
	for i := range t.c.Agents {
		a := &t.c.Agents[i]
		for _, c := range v.Counts {
			if c.Agent == a.ID {
				a.Count, a.Back, a.New = c.Count, 0, false
			}
		}
		if a.ID == v.Agent {
			a.Load, a.Local = a.Load+1, a.Local+1
			a.Routed = max(a.Routed, v.Routed)
			t.got[a.ID]++
		}
	}
	return v
}

// comes and goes: an agent becomes unavailable, or is there again.
func (t *team) toggle(i int) {
	a := &t.c.Agents[i]
	if a.Out == "" {
		a.Out = OutOffline
		return
	}
	t.c.At++
	a.Out, a.Back = "", t.c.At
}

// PT-RR-1: with a constant set numbers differ by at most one and the order repeats,
// sorted by order and username.
func TestRoundRobinIsFair(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 1))
	for range 100 {
		n := 1 + random.IntN(9)
		play := newTeam(chat.RoutingAuto, n)
		for i := range play.c.Agents {
			play.c.Agents[i].Order = random.Int64N(3)
		}
		order := slices.Clone(play.c.Agents)
		slices.SortStableFunc(order, func(a, b Agent) int { return int(a.Order - b.Order) })
		for i := range 4 * n {
			if v := play.chat(); v.Agent != order[i%n].ID {
				t.Fatalf("chat %d of %d agents went to %s, not %s", i, n, v.Agent, order[i%n].ID)
			}
		}
	}
}

// PT-RR-2: inside any window in which two agents were there all the time, what they
// got differs by at most one more than their counters did when it began.
func TestRoundRobinStaysFairWhileAgentsComeAndGo(t *testing.T) {
	for seed := range uint64(60) {
		random := rand.New(rand.NewPCG(2, seed))
		play := newTeam(chat.RoutingAuto, 2+random.IntN(6))
		type start struct {
			got   map[chat.AgentID]int
			count map[chat.AgentID]int64
			there map[chat.AgentID]bool
		}
		var windows []start
		for range 300 {
			if random.IntN(4) == 0 {
				play.toggle(random.IntN(len(play.c.Agents)))
			}
			w := start{map[chat.AgentID]int{}, counters(play.c), map[chat.AgentID]bool{}}
			for _, a := range play.c.Agents {
				w.got[a.ID], w.there[a.ID] = play.got[a.ID], a.Out == ""
			}
			if windows = append(windows, w); len(windows) > 40 {
				windows = windows[1:]
			}
			play.chat()
			for _, w := range windows {
				for _, a := range play.c.Agents {
					if a.Out != "" {
						w.there[a.ID] = false
					}
				}
				for a := range w.there {
					for b := range w.there {
						if !w.there[a] || !w.there[b] {
							continue
						}
						apart := play.got[a] - w.got[a] - (play.got[b] - w.got[b])
						if bound := 1 + max(w.count[b]-w.count[a], 0); int64(apart) > bound {
							t.Fatalf("seed %d: %s got %d more than %s, at most %d are fair", seed, a, apart, b, bound)
						}
					}
				}
			}
		}
	}
}

// PT-RR-2 with RQ-AUTO-3: whoever comes back to a working team is at most one behind,
// so he does not get a series of chats.
func TestWhoComesBackDoesNotCatchUp(t *testing.T) {
	play := newTeam(chat.RoutingAuto, 4)
	play.toggle(3)
	for range 90 {
		play.chat()
	}
	play.toggle(3)
	before := play.got["a03"]
	for range 8 {
		play.chat()
	}
	if got := play.got["a03"] - before; got != 2 {
		t.Errorf("of 8 chats in a team of 4 who came back got %d", got)
	}
}

// PT-LB: nobody with fewer chats was passed over; without closings loads differ by
// at most one.
func TestLoadBalancing(t *testing.T) {
	for seed := range uint64(60) {
		random := rand.New(rand.NewPCG(3, seed))
		play := newTeam(chat.RoutingBalance, 2+random.IntN(6))
		closes := seed%2 == 1
		for range 200 {
			before := slices.Clone(play.c.Agents)
			v := play.chat()
			least := slices.MinFunc(before, func(a, b Agent) int { return int(a.Local - b.Local) })
			if chosen := before[slices.IndexFunc(before, func(a Agent) bool { return a.ID == v.Agent })]; chosen.Local > least.Local {
				t.Fatalf("%s with %d chats was chosen although %s has %d", chosen.ID, chosen.Local, least.ID, least.Local)
			}
			if closes {
				if a := &play.c.Agents[random.IntN(len(play.c.Agents))]; a.Local > 0 {
					a.Load, a.Local = a.Load-1, a.Local-1
				}
			}
		}
		most := slices.MaxFunc(play.c.Agents, func(a, b Agent) int { return int(a.Local - b.Local) }).Local
		least := slices.MinFunc(play.c.Agents, func(a, b Agent) int { return int(a.Local - b.Local) }).Local
		if !closes && most-least > 1 {
			t.Fatalf("loads from %d to %d", least, most)
		}
	}
}

// PT-ROT: a fixed cyclic order whatever the loads, even while the clock stands still.
func TestLoadRotation(t *testing.T) {
	random := rand.New(rand.NewPCG(4, 4))
	for range 50 {
		n := 1 + random.IntN(8)
		play := newTeam(chat.RoutingRotation, n)
		for i := range play.c.Agents {
			play.c.Agents[i].Routed = random.Int64N(5)
		}
		var first []chat.AgentID
		for i := range 5 * n {
			play.c.At = 100
			v := play.chat()
			if i < n {
				first = append(first, v.Agent)
			} else if v.Agent != first[i%n] {
				t.Fatalf("round %d goes %s, the first went %v", i/n, v.Agent, first)
			}
			play.c.Agents[random.IntN(n)].Local = random.Int64N(9)
		}
		if slices.Sort(first); len(slices.Compact(first)) != n {
			t.Fatalf("not everybody has a turn: %v", first)
		}
	}
}

// PT-CAP-2: removing limits never takes a chat away from who would get it.
func TestWithoutLimitsNoFewerAreServed(t *testing.T) {
	for seed := range uint64(300) {
		random := rand.New(rand.NewPCG(5, seed))
		play := newTeam([]string{chat.RoutingAuto, chat.RoutingBalance, chat.RoutingRotation}[seed%3], 1+random.IntN(4))
		play.c.Rules.WaitingQueue, play.c.Rules.Limit, play.c.Limit = true, random.Int64N(4), random.Int64N(4)
		for i := range play.c.Agents {
			a := &play.c.Agents[i]
			a.Load, a.Local, a.Limit = random.Int64N(5), random.Int64N(3), random.Int64N(4)
		}
		limited := decide(play.c)
		play.c.Rules.WaitingQueue = false
		if free := decide(play.c); limited.Agent != "" && free.Agent == "" || free.Agent == "" {
			t.Fatalf("seed %d: with limits %q, without %q", seed, limited.Agent, free.Agent)
		}
	}
}

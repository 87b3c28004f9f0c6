package routing

import (
	"slices"
	"testing"

	"github.com/foyerchat/foyer/chat"
)

// people makes agents whose ids are their usernames.
func people(agents ...Agent) []Agent {
	for i := range agents {
		if agents[i].Username == "" {
			agents[i].Username = string(agents[i].ID)
		}
	}
	return agents
}

// chosenBy decides who gets a waiting chat.
func chosenBy(method string, c Case) Verdict {
	c.Kind, c.Rules.Method = KindQueue, method
	return decide(c)
}

// Every method is a function of the set: the table is run in every rotation.
func TestMethods(t *testing.T) {
	for _, c := range []struct {
		name   string
		method string
		c      Case
		agent  chat.AgentID
		tie    Tie
		reason string
	}{
		{"nobody", chat.RoutingAuto, Case{}, "", "", "Nobody is available"},
		{"the only one", chat.RoutingAuto, Case{Agents: people(Agent{ID: "ann", Name: "Ann Lee", Count: 9})}, "ann", TieOnly,
			"Ann Lee is the only available agent"},
		{"RQ-AUTO step 2: the smallest counter, not the fewest chats", chat.RoutingAuto,
			Case{Agents: people(Agent{ID: "ann", Count: 2}, Agent{ID: "bob", Count: 1, Load: 9})}, "bob", TieCount,
			"It is the turn of bob: the smallest counter (1) of 2 agents who could have had it"},
		{"RQ-AUTO step 2: then the smaller order", chat.RoutingAuto,
			Case{Queue: "d", Agents: people(Agent{ID: "ann", Order: 2}, Agent{ID: "bob", Order: 1})}, "bob", TieOrder,
			"It is the turn of bob: first by rank of 2 agents who could have had it"},
		{"RQ-AUTO step 2: then the username by code point", chat.RoutingAuto,
			Case{Agents: people(Agent{ID: "1", Username: "bob"}, Agent{ID: "2", Username: "Zoe"}, Agent{ID: "3", Username: "amy"})}, "2", TieUsername,
			"Zoe is first by name of 3 agents who could have had it; all else is equal"},
		{"RQ-AUTO step 1: bots are no candidates", chat.RoutingAuto,
			Case{Agents: people(Agent{ID: "ann", Count: 5}, Agent{ID: "robo", Bot: true})}, "ann", TieOnly, "ann is the only available agent"},
		{"RQ-AUTO step 1: nor is who is not there", chat.RoutingAuto,
			Case{Agents: people(Agent{ID: "ann", Count: 5}, Agent{ID: "bob", Out: OutOffline}, Agent{ID: "eve", Out: OutIdle})}, "ann", TieOnly,
			"ann is the only available agent"},
		{"LC-RET-3: who gave it back comes last", chat.RoutingAuto,
			Case{Agents: people(Agent{ID: "ann", Returned: true}, Agent{ID: "bob", Count: 7})}, "bob", TieReturned,
			"bob is the only available agent who did not give it back"},
		{"LC-RET-3: but before nobody", chat.RoutingAuto, Case{Agents: people(Agent{ID: "ann", Returned: true})}, "ann", TieOnly,
			"ann is the only available agent"},
		{"LC-RET-3: the others come back in a moment", chat.RoutingAuto,
			Case{At: 10_000, Rules: Rules{Delay: 5000}, Agents: people(Agent{ID: "ann", Returned: true}, Agent{ID: "bob", Queued: 9000})}, "", "",
			"Waits a moment: the agents who have room were just given a chat"},
		{"5.2: the smallest load", chat.RoutingBalance,
			Case{Agents: people(Agent{ID: "ann", Load: 2, Routed: 1}, Agent{ID: "bob", Load: 1, Routed: 9})}, "bob", TieLoad,
			"bob has the fewest open chats (1) of 2 agents who could have had it"},
		{"5.2: in a department its own load", chat.RoutingBalance,
			Case{Queue: "d", Agents: people(Agent{ID: "ann", Load: 9, Local: 0}, Agent{ID: "bob", Load: 1, Local: 1})}, "ann", TieLoad,
			"ann has the fewest open chats (0) of 2 agents who could have had it"},
		{"5.2: then who waited longest", chat.RoutingBalance,
			Case{Agents: people(Agent{ID: "ann", Load: 1, Routed: 2}, Agent{ID: "bob", Load: 1, Routed: 1})}, "bob", TieRouted,
			"bob has waited longest for a chat of 2 agents who could have had it"},
		{"5.2: never is longest", chat.RoutingBalance,
			Case{Agents: people(Agent{ID: "ann", Routed: 2}, Agent{ID: "bob"})}, "bob", TieRouted, "bob has waited longest for a chat of 2 agents who could have had it"},
		{"5.3: regardless of load", chat.RoutingRotation,
			Case{Agents: people(Agent{ID: "ann", Load: 0, Routed: 2}, Agent{ID: "bob", Load: 9, Routed: 1})}, "bob", TieRouted,
			"bob has waited longest for a chat of 2 agents who could have had it"},
		{"5.3: then the username", chat.RoutingRotation, Case{Agents: people(Agent{ID: "bob"}, Agent{ID: "ann"})}, "ann", TieUsername,
			"ann is first by name of 2 agents who could have had it; all else is equal"},
		{"RQ-EXT-2: whom the service named, member or not", chat.RoutingExternal,
			Case{Queue: "d", Answer: &Answer{"eve", "eve"}, Agents: people(Agent{ID: "ann"}, Agent{ID: "eve", Outside: true})}, "eve", TieOnly,
			"The external service named eve"},
		{"RQ-EXT-4: it named nobody", chat.RoutingExternal, Case{Answer: &Answer{}, Agents: people(Agent{ID: "ann"})}, "", "",
			"Waits: the external service named nobody who is available"},
		{"RQ-EXT-5: limits hold after the answer", chat.RoutingExternal,
			Case{Rules: Rules{WaitingQueue: true, Limit: 1}, Answer: &Answer{"ann", "ann"}, Agents: people(Agent{ID: "ann", Load: 1}, Agent{ID: "bob"})}, "", "",
			"Waits: every agent who is there has as many chats as allowed"},
	} {
		t.Run(c.name, func(t *testing.T) {
			for range max(1, len(c.c.Agents)) {
				got := chosenBy(c.method, c.c)
				if got.Agent != c.agent || got.Tie != c.tie || got.Reason != c.reason {
					t.Errorf("got %q by %q because %q", got.Agent, got.Tie, got.Reason)
				}
				if len(c.c.Agents) > 1 {
					c.c.Agents = append(slices.Clone(c.c.Agents[1:]), c.c.Agents[0])
				}
			}
		})
	}
}

func TestManualSelectionChoosesNobody(t *testing.T) { // RQ-MAN-1
	c := Case{Kind: KindOpen, Anybody: true, Rules: Rules{Method: chat.RoutingManual}, Agents: people(Agent{ID: "ann"})}
	if v := decide(c); v.Agent != "" || v.Error != "" || v.Rule != RuleManual {
		t.Errorf("%+v", v)
	}
	if assigns(chat.RoutingManual) || !assigns(chat.RoutingExternal) {
		t.Error("autoAssignAgent of RQ-4 is wrong")
	}
}

// RQ-AUTO-3: newcomers and those who come back do not catch up.
func TestWhoComesBackIsLifted(t *testing.T) {
	for _, c := range []struct {
		name   string
		floor  int64
		agents []Agent
		want   map[chat.AgentID]int64
	}{
		{"a newcomer begins with the least of all", 4, []Agent{{ID: "a", Count: 6}, {ID: "b", New: true}}, map[chat.AgentID]int64{"a": 6, "b": 6}},
		{"nobody else there: with the least of all members", 4, []Agent{{ID: "a", Out: OutOffline}, {ID: "b", New: true}}, map[chat.AgentID]int64{"b": 4}},
		{"who comes back is lifted to the least of the others", 0, []Agent{{ID: "a", Count: 9}, {ID: "b", Count: 7}, {ID: "c", Count: 1, Back: 5}},
			map[chat.AgentID]int64{"a": 9, "b": 7, "c": 7}},
		{"who is above it stays", 0, []Agent{{ID: "a", Count: 3}, {ID: "b", Count: 8, Back: 5}}, map[chat.AgentID]int64{"a": 3, "b": 8}},
		{"who was there all the time is not lifted", 0, []Agent{{ID: "a", Count: 3}, {ID: "b", Count: 2}}, map[chat.AgentID]int64{"a": 3, "b": 2}},
		{"each is compared with those who were there before", 0, []Agent{{ID: "a", Count: 5, Back: 2}, {ID: "b", Count: 1, Back: 9}, {ID: "c", Count: 2, Back: 1}},
			map[chat.AgentID]int64{"c": 2, "a": 5, "b": 2}},
		{"bots and others' members do not count", 0, []Agent{{ID: "a", Count: 5, Back: 2}, {ID: "bot", Bot: true, Count: 9}, {ID: "x", Outside: true, Count: 9}},
			map[chat.AgentID]int64{"a": 5}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := counters(Case{Floor: c.floor, Agents: people(c.agents...)})
			if len(got) != len(c.want) {
				t.Fatalf("got %v", got)
			}
			for a, n := range c.want {
				if got[a] != n {
					t.Errorf("%s has %d, not %d", a, got[a], n)
				}
			}
		})
	}
}

func TestAChoiceCountsOnlyWhatItChanges(t *testing.T) { // RQ-AUTO-3, RQ-AUTO-4, RQ-AUTO-5
	agents := people(Agent{ID: "a", Count: 5}, Agent{ID: "b", Count: 1, Back: 9}, Agent{ID: "c", Count: 6})
	v := chosenBy(chat.RoutingAuto, Case{Agents: agents})
	if v.Agent != "a" || !slices.Equal(v.Counts, []Count{{"a", 6}, {"b", 5}}) {
		t.Errorf("%s: %v", v.Agent, v.Counts)
	}
	v = chosenBy(chat.RoutingAuto, Case{Agents: agents, Wishes: []Wish{{SourceDefault, "c"}}})
	if v.Agent != "c" || v.Counts != nil || v.Routed != 0 {
		t.Errorf("a preferred agent advanced the counter: %+v", v)
	}
	v = chosenBy(chat.RoutingRotation, Case{At: 7, Agents: people(Agent{ID: "a", Routed: 8}, Agent{ID: "b"})})
	if v.Agent != "b" || v.Routed != 9 || v.Counts != nil {
		t.Errorf("later than anybody of the queue before: %+v", v)
	}
}

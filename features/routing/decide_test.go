package routing

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/foyerchat/foyer/chat"
)

func TestLimits(t *testing.T) { // routing 6, RQ-AUTO-6
	for _, c := range []struct {
		name           string
		queue          bool
		d, a, g, n, nd int64
		bot            bool
		full           bool
	}{
		{"no limit", true, 0, 0, 0, 99, 99, false, false},
		{"the general one", true, 0, 0, 3, 3, 0, false, true},
		{"below the general one", true, 0, 0, 3, 2, 0, false, false},
		{"the own replaces the general one: more", true, 0, 5, 3, 4, 0, false, false},
		{"the own replaces the general one: less", true, 0, 2, 3, 2, 0, false, true},
		{"the department's holds besides", true, 1, 5, 0, 1, 1, false, true},
		{"and counts its own chats only", true, 1, 0, 0, 7, 0, false, false},
		{"both must hold", true, 2, 5, 0, 5, 1, false, true},
		{"only with the waiting queue", false, 1, 1, 1, 9, 9, false, false},
		{"never for bots", true, 1, 1, 1, 9, 9, true, false},
		{"RQ-CAP-1: having more than allowed is full", true, 0, 0, 3, 8, 0, false, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			k := Case{Limit: c.d, Rules: Rules{WaitingQueue: c.queue, Limit: c.g}}
			if _, _, full := k.full(Agent{Limit: c.a, Load: c.n, Local: c.nd, Bot: c.bot}); full != c.full {
				t.Errorf("full is %v", full)
			}
		})
	}
}

// auto are the rules of Auto_Selection with everything else off.
var auto = Rules{Method: chat.RoutingAuto, Depth: 3}

func with(r Rules, change func(*Rules)) Rules { change(&r); return r }

func TestWhereANewChatGoes(t *testing.T) {
	accept := with(auto, func(r *Rules) { r.AcceptAnyway = true })
	queue := with(auto, func(r *Rules) { r.WaitingQueue = true })
	manual := with(auto, func(r *Rules) { r.Method = chat.RoutingManual })
	bots := with(auto, func(r *Rules) { r.Bots = true })
	ann, robo := Agent{ID: "ann"}, Agent{ID: "robo", Bot: true}
	off := func(id chat.AgentID) Agent { return Agent{ID: id, Out: OutOffline} }
	full := Department{ID: "d", Name: "D", Usable: true, Available: true}
	empty := Department{ID: "d", Name: "D", Usable: true, Fallback: "f"}
	fallback := Department{ID: "f", Name: "F", Usable: true, Available: true}
	eligible := func(d Department) Department { d.Eligible = true; return d }
	for _, c := range []struct {
		name       string
		c          Case
		department chat.DepartmentID
		agent      chat.AgentID
		wish       chat.AgentID
		rule       Rule
		refused    bool
	}{
		{"no departments: everybody", Case{Rules: auto, Anybody: true, Agents: people(ann)}, "", "ann", "", RuleMethod, false},
		{"4.3 c: nobody at all", Case{Rules: auto}, "", "", "", RuleNobody, true},
		{"RQ-ACC-2: accepted nevertheless", Case{Rules: accept}, "", "", "", RuleNobody, false},
		{"RQ-DEP-2: one eligible gets it", Case{Rules: auto, Departments: []Department{eligible(full)}, Queue: "d", Agents: people(ann)}, "d", "ann", "", RuleMethod, false},
		{"RQ-DEP-2: one eligible gets it even if empty", Case{Rules: accept, Departments: []Department{eligible(Department{ID: "d", Usable: true})}, Anybody: true}, "d", "", "", RuleNobody, false},
		{"RQ-DEP-2: and refuses then although others are there", Case{Rules: auto, Departments: []Department{eligible(Department{ID: "d", Usable: true})}, Anybody: true}, "d", "", "", RuleNobody, true},
		{"RQ-DEP-2: of several the first with somebody", Case{Rules: auto, Departments: []Department{eligible(fallback), eligible(Department{ID: "a", Name: "A", Usable: true})}, Queue: "f", Agents: people(ann)}, "f", "ann", "", RuleMethod, false},
		{"RQ-DEP-2: several without anybody: the public queue", Case{Rules: auto, Anybody: true, Agents: people(ann),
			Departments: []Department{eligible(Department{ID: "a", Name: "A", Usable: true}), eligible(Department{ID: "b", Name: "B", Usable: true})}}, "", "ann", "", RuleMethod, false},
		{"the visitor's department", Case{Rules: auto, Department: "d", Departments: []Department{full}, Queue: "d", Agents: people(ann)}, "d", "ann", "", RuleMethod, false},
		{"4.2: a disabled one counts as none", Case{Rules: auto, Department: "d", Departments: []Department{{ID: "d", Available: true}}, Anybody: true, Agents: people(ann)}, "", "ann", "", RuleMethod, false},
		{"RQ-DEP-4: nobody there: the fallback", Case{Rules: auto, Department: "d", Departments: []Department{empty, fallback}, Queue: "f", Agents: people(ann)}, "f", "ann", "", RuleMethod, false},
		{"4.3 b: nor along the fallbacks", Case{Rules: auto, Department: "d", Departments: []Department{empty, {ID: "f", Usable: true, Fallback: "d"}}}, "d", "", "", RuleNobody, true},
		{"RQ-ACC-2: then it waits where it was meant to go", Case{Rules: accept, Department: "d", Departments: []Department{empty, {ID: "f", Usable: true}}}, "d", "", "", RuleNobody, false},
		{"LC-START-4: who is asked for", Case{Rules: auto, Wishes: []Wish{{SourceRequested, "ann"}}, Agents: people(ann)}, "", "ann", "", Rule(SourceRequested), false},
		{"LC-START-4: who is asked for is not there", Case{Rules: auto, Anybody: true, Wishes: []Wish{{SourceRequested, "ann"}}, Agents: people(off("ann"), Agent{ID: "bob"})}, "", "", "", RuleNobody, true},
		{"RQ-ACC-3: he is dropped", Case{Rules: accept, Anybody: true, Wishes: []Wish{{SourceRequested, "ann"}}, Agents: people(off("ann"), Agent{ID: "bob"})}, "", "bob", "", RuleMethod, false},
		{"RQ-PREF-2: the department stays, member or not", Case{Rules: auto, Department: "d", Departments: []Department{empty, fallback}, Wishes: []Wish{{SourceRequested, "ann"}}, Agents: people(ann)}, "d", "ann", "", Rule(SourceRequested), false},
		{"RQ-PREF-2: no department is chosen for it", Case{Rules: auto, Departments: []Department{eligible(full)}, Wishes: []Wish{{SourceRequested, "ann"}}, Agents: people(ann)}, "", "ann", "", Rule(SourceRequested), false},
		{"RQ-PREF-6: in the queue he is preferred", Case{Rules: queue, Wishes: []Wish{{SourceRequested, "ann"}}, Agents: people(ann)}, "", "", "ann", RuleQueue, false},
		{"manual: he is preferred", Case{Rules: manual, Wishes: []Wish{{SourceRequested, "ann"}}, Agents: people(ann)}, "", "", "ann", RuleManual, false},
		{"RQ-PREF-5: a bot skips the queue", Case{Rules: with(queue, func(r *Rules) { r.Bots = true }), Anybody: true, Agents: people(ann, robo)}, "", "robo", "", RuleBot, false},
		{"2.2: and manual selection", Case{Rules: with(manual, func(r *Rules) { r.Bots = true }), Anybody: true, Agents: people(robo)}, "", "robo", "", RuleBot, false},
		{"RQ-PREF-5: a department without bots gets none", Case{Rules: bots, Department: "d", Departments: []Department{full}, Queue: "d", Agents: people(ann, Agent{ID: "robo", Bot: true, Outside: true})}, "d", "ann", "", RuleMethod, false},
		{"4.3: a bot is somebody", Case{Rules: bots, Department: "d", Departments: []Department{{ID: "d", Usable: true, Bot: true}}, Queue: "d", Agents: people(robo)}, "d", "robo", "", RuleBot, false},
		{"4.3: unless bots are off", Case{Rules: auto, Department: "d", Departments: []Department{{ID: "d", Usable: true, Bot: true}}, Queue: "d", Agents: people(robo)}, "d", "", "", RuleNobody, true},
		{"bots: the smallest counter, then order, then name", Case{Rules: bots, Anybody: true,
			Agents: people(Agent{ID: "r1", Bot: true, Count: 2}, Agent{ID: "r2", Bot: true, Count: 1, Order: 1}, Agent{ID: "r3", Bot: true, Count: 1})}, "", "r3", "", RuleBot, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.c.Kind = KindOpen
			v := decide(c.c)
			if v.Department != c.department || v.Agent != c.agent || v.Wish != c.wish || v.Rule != c.rule || (v.Error == errNobody) != c.refused || v.Reason == "" {
				t.Errorf("%+v", v)
			}
		})
	}
}

// PT-PREF: the first who is there in the order of the table whose setting is on.
func TestThePreferredAgentIsTheFirstWhoIsThere(t *testing.T) {
	order := []Source{SourceRequested, SourceOffered, SourceManager, SourceLast, SourceClosed}
	for seed := range uint64(2000) {
		random := rand.New(rand.NewPCG(6, seed))
		c := Case{Kind: KindOpen, Anybody: true, Rules: Rules{Method: chat.RoutingAuto, AcceptAnyway: true,
			ContactManager: random.IntN(2) == 0, LastAgent: random.IntN(2) == 0, Bots: random.IntN(2) == 0}}
		want := chat.AgentID("")
		for _, s := range order {
			a := Agent{ID: chat.AgentID(s), Username: string(s)}
			if random.IntN(2) == 0 {
				a.Out = OutOffline
			}
			c.Agents = append(c.Agents, a)
			on := s == SourceRequested || s == SourceOffered || s == SourceManager && c.Rules.ContactManager || (s == SourceLast || s == SourceClosed) && c.Rules.LastAgent
			if random.IntN(3) > 0 {
				c.Wishes = append(c.Wishes, Wish{s, a.ID})
				if want == "" && on && a.Out == "" {
					want = a.ID
				}
			}
		}
		rule := Rule(want)
		if want == "" && c.Rules.Bots {
			c.Agents, want, rule = append(c.Agents, Agent{ID: "robo", Bot: true}), "robo", RuleBot
		}
		if v := decide(c); want != "" && (v.Agent != want || v.Rule != rule) {
			t.Fatalf("seed %d: %s by %s, not %s", seed, v.Agent, v.Rule, want)
		} else if want == "" && v.Rule != RuleMethod && v.Rule != RuleNobody {
			t.Fatalf("seed %d: %s by %s although nobody preferred is there", seed, v.Agent, v.Rule)
		}
	}
}

func TestAWaitingChatInItsTurn(t *testing.T) {
	queue := with(auto, func(r *Rules) { r.WaitingQueue, r.Limit, r.Delay = true, 1, 5000 })
	wish := []Wish{{SourceDefault, "ann"}}
	for _, c := range []struct {
		name  string
		c     Case
		agent chat.AgentID
		wish  chat.AgentID
		rule  Rule
		held  int64
	}{
		{"RQ-PREF-4: the preferred one", Case{Wishes: wish, Agents: people(Agent{ID: "ann", Count: 9}, Agent{ID: "bob"})}, "ann", "", Rule(SourceDefault), 15_000},
		{"RQ-3, RQ-PREF-4: at his limit he is not waited for", Case{Wishes: wish, Agents: people(Agent{ID: "ann", Load: 1}, Agent{ID: "bob"})}, "bob", "", RuleMethod, 0},
		{"RQ-PREF-4: he stays preferred while nobody else is free", Case{Wishes: wish, Agents: people(Agent{ID: "ann", Load: 1})}, "", "ann", RuleFull, 0},
		{"RQ-PREF-4: offline the method picks at once", Case{Wishes: wish, Agents: people(Agent{ID: "ann", Out: OutOffline}, Agent{ID: "bob"})}, "bob", "", RuleMethod, 0},
		{"offline he stays preferred while nobody is free", Case{Wishes: wish, Agents: people(Agent{ID: "ann", Out: OutOffline}, Agent{ID: "bob", Load: 1})}, "", "ann", RuleFull, 0},
		{"RQ-Q-7: just given one he is waited for", Case{Wishes: wish, Agents: people(Agent{ID: "ann", Queued: 6000}, Agent{ID: "bob"})}, "", "ann", RuleDelayed, 11_000},
		{"RQ-Q-7: who was just given one waits", Case{Agents: people(Agent{ID: "ann", Queued: 6000}, Agent{ID: "bob", Queued: 7000})}, "", "", RuleDelayed, 11_000},
		{"RQ-Q-7: the delay ends", Case{Agents: people(Agent{ID: "ann", Queued: 5000})}, "ann", "", RuleMethod, 0},
		{"RQ-CAP-2: all full", Case{Agents: people(Agent{ID: "ann", Load: 1}, Agent{ID: "bob", Load: 2})}, "", "", RuleFull, 0},
		{"nobody there", Case{Agents: people(Agent{ID: "ann", Out: OutSwitched})}, "", "", RuleNobody, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.c.Kind, c.c.At, c.c.Rules = KindQueue, 10_000, queue
			if c.rule == Rule(SourceDefault) {
				c.c.Rules.Limit = 0 // so that he may have another one after the delay
			}
			if v := decide(c.c); v.Agent != c.agent || v.Wish != c.wish || v.Rule != c.rule || v.Held != c.held {
				t.Errorf("%+v", v)
			}
		})
	}
}

func TestAWaitingChatWhoseDepartmentHasNobodyMoves(t *testing.T) { // RQ-DEP-5, RQ-DEP-3
	here := func(d Department) Department { d.Usable = true; return d }
	for name, c := range map[string]struct {
		departments []Department
		want        chat.DepartmentID
	}{
		"somebody there":               {[]Department{here(Department{ID: "d", Available: true, Fallback: "f"}), here(Department{ID: "f", Available: true})}, "d"},
		"nobody there":                 {[]Department{here(Department{ID: "d", Fallback: "f"}), here(Department{ID: "f", Available: true})}, "f"},
		"nobody anywhere":              {[]Department{here(Department{ID: "d", Fallback: "f"}), here(Department{ID: "f"})}, "d"},
		"disabled":                     {[]Department{{ID: "d", Available: true, Fallback: "f"}, here(Department{ID: "f"})}, "f"},
		"disabled without a fallback":  {[]Department{{ID: "d", Available: true}}, ""},
		"gone":                         {nil, ""},
		"a bot is nobody to wait for":  {[]Department{here(Department{ID: "d", Bot: true, Fallback: "f"}), here(Department{ID: "f", Available: true})}, "f"},
		"the next one is disabled too": {[]Department{{ID: "d", Fallback: "e"}, {ID: "e", Fallback: "f"}, here(Department{ID: "f"})}, "f"},
	} {
		v := decide(Case{Kind: KindQueue, Rules: auto, Department: "d", Departments: c.departments, Queue: "d", Agents: people(Agent{ID: "ann"})})
		if moved := c.want != "d"; v.Department != c.want || (v.Agent == "") != moved || (v.Rule == RuleMoved) != moved {
			t.Errorf("%s: %+v", name, v)
		}
	}
}

// PT-DEP-2: the walk ends for every graph and is a function of it, in any order.
func TestTheWalkAlongFallbacksEnds(t *testing.T) {
	for seed := range uint64(2000) {
		random := rand.New(rand.NewPCG(7, seed))
		c := Case{Kind: KindOpen, Rules: Rules{Method: chat.RoutingAuto, AcceptAnyway: true, Depth: random.Int64N(6)}, Department: "0"}
		n := 1 + random.IntN(8)
		for i := range n {
			c.Departments = append(c.Departments, Department{ID: chat.DepartmentID('0' + rune(i)), Usable: random.IntN(4) > 0, Available: random.IntN(4) == 0,
				Fallback: chat.DepartmentID('0' + rune(random.IntN(n+1)))})
		}
		v := decide(c)
		if len(v.Path) > int(c.Rules.Depth) || len(v.Path) != len(slices.Compact(slices.Sorted(slices.Values(v.Path)))) {
			t.Fatalf("seed %d: passed %v with depth %d", seed, v.Path, c.Rules.Depth)
		}
		if d, ok := c.department(v.Department); v.Department != c.Department && (!ok || !c.there(d)) && c.usable("0") {
			t.Fatalf("seed %d: nobody is there in %s", seed, v.Department)
		}
		random.Shuffle(n, func(i, j int) { c.Departments[i], c.Departments[j] = c.Departments[j], c.Departments[i] })
		if again := decide(c); again.Department != v.Department || !slices.Equal(again.Path, v.Path) {
			t.Fatalf("seed %d: %+v, in another order %+v", seed, v, again)
		}
	}
}

package routing

import (
	"testing"

	"github.com/foyerchat/foyer/chat"
)

// lifecycle 7.3, step by step. The chat is in "a" and forwarded to "d"; bob has it.
func TestForwardsToADepartment(t *testing.T) {
	here := Department{ID: "d", Name: "Sales", Usable: true, Available: true, Others: true}
	onlyBob := Department{ID: "d", Usable: true, Available: true, Fallback: "f"}
	empty := Department{ID: "d", Usable: true, Fallback: "f"}
	next := Department{ID: "f", Usable: true, Available: true, Others: true}
	receives := func(d Department) Department { d.Offline = true; return d }
	ann, bob := Agent{ID: "ann"}, Agent{ID: "bob"}
	wished := []Wish{{SourceWished, "ann"}}
	queue := with(auto, func(r *Rules) { r.WaitingQueue, r.Limit = true, 1 })
	manual := with(auto, func(r *Rules) { r.Method = chat.RoutingManual })
	external := with(auto, func(r *Rules) { r.Method = chat.RoutingExternal })
	for _, c := range []struct {
		name       string
		c          Case
		department chat.DepartmentID
		agent      chat.AgentID
		rule       Rule
		code       string
	}{
		{"1: not allowed", Case{Allowed: []chat.DepartmentID{"x"}, Departments: []Department{here}}, "d", "", RuleRefused, errNotAllowed},
		{"1: allowed", Case{Allowed: []chat.DepartmentID{"d"}, Departments: []Department{here}, Agents: people(ann)}, "d", "ann", RuleMethod, ""},
		{"2: the same department", Case{To: "a", Departments: []Department{{ID: "a", Usable: true}}}, "a", "", RuleRefused, errSame},
		{"2: none", Case{}, "d", "", RuleRefused, errNoDepartment},
		{"2: disabled", Case{Departments: []Department{{ID: "d", Available: true}}}, "d", "", RuleRefused, errNoDepartment},
		{"3: the wished agent is not there", Case{Departments: []Department{here}, Wishes: wished, Agents: people(Agent{ID: "ann", Out: OutOffline})}, "d", "", RuleRefused, errWishedOffline},
		{"3: is no agent", Case{Departments: []Department{here}, Wishes: wished}, "d", "", RuleRefused, errWishedOffline},
		{"3: is no member", Case{Departments: []Department{here}, Wishes: wished, Agents: people(Agent{ID: "ann", Outside: true})}, "d", "", RuleRefused, errWishedOutside},
		{"4: manual: it waits there", Case{Rules: manual, Departments: []Department{here}, Agents: people(ann)}, "d", "", RuleManual, ""},
		{"4: receives while nobody is there", Case{Departments: []Department{receives(empty), {ID: "f", Usable: true}}}, "d", "", RuleOffline, ""},
		{"4: but not while somebody is in its fallbacks", Case{Departments: []Department{receives(empty), next}, Queue: "f", Agents: people(ann)}, "f", "ann", RuleMethod, ""},
		{"5: the wished agent first", Case{Departments: []Department{here}, Wishes: wished, Agents: people(Agent{ID: "ann", Count: 9}, Agent{ID: "eve"})}, "d", "ann", Rule(SourceWished), ""},
		{"5: the method chooses", Case{Departments: []Department{here}, Agents: people(ann, bob)}, "d", "ann", RuleMethod, ""},
		{"6: nobody: the fallback", Case{Departments: []Department{empty, next}, Queue: "f", Agents: people(ann)}, "f", "ann", RuleMethod, ""},
		{"6: only who has it: the fallback", Case{Departments: []Department{onlyBob, next}, Queue: "f", Agents: people(ann)}, "f", "ann", RuleMethod, ""},
		{"6: no fallback left", Case{Departments: []Department{empty, {ID: "f", Usable: true, Fallback: "d"}}}, "d", "", RuleRefused, errNoneThere},
		{"6: not deeper than allowed", Case{Rules: with(auto, func(r *Rules) { r.Depth = 1 }), Queue: "g", Agents: people(ann),
			Departments: []Department{empty, {ID: "f", Usable: true, Fallback: "g"}, {ID: "g", Usable: true, Available: true, Others: true}}}, "d", "", RuleRefused, errNoneThere},
		{"6: repeats from 4: the fallback receives", Case{Departments: []Department{empty, receives(Department{ID: "f", Usable: true})}}, "f", "", RuleOffline, ""},
		{"7: at the limit it waits there", Case{Rules: queue, Departments: []Department{here}, Agents: people(Agent{ID: "ann", Load: 1})}, "d", "", RuleFull, ""},
		{"7: the wished one at his limit: another", Case{Rules: queue, Departments: []Department{here}, Wishes: wished, Agents: people(Agent{ID: "ann", Load: 1}, Agent{ID: "eve"})}, "d", "eve", RuleMethod, ""},
		{"RQ-EXT-4: the service names nobody", Case{Rules: external, Departments: []Department{here}, Answer: &Answer{}, Agents: people(ann)}, "d", "", RuleRefused, errNoneThere},
		{"RQ-EXT-4: with a queue it waits", Case{Rules: with(external, func(r *Rules) { r.WaitingQueue = true }), Departments: []Department{here}, Answer: &Answer{}, Agents: people(ann)}, "d", "", RuleSilent, ""},
		{"RQ-PREF-7: after a bot the manager first", Case{Rules: with(auto, func(r *Rules) { r.AfterBot, r.ContactManager = true, true }), Bot: true,
			Departments: []Department{here}, Wishes: []Wish{{SourceManager, "mia"}}, Agents: people(ann, Agent{ID: "mia", Outside: true})}, "d", "mia", Rule(SourceManager), ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.c.Kind, c.c.Department, c.c.From = KindForward, "a", "bob"
			if c.c.To == "" {
				c.c.To = "d"
			}
			if c.c.Rules.Method == "" {
				c.c.Rules = auto
			}
			v := decide(c.c)
			if v.Department != c.department || v.Agent != c.agent || v.Rule != c.rule || v.Error != c.code || v.Reason == "" {
				t.Errorf("%+v", v)
			}
		})
	}
}

func TestAChatThatLosesItsAgent(t *testing.T) { // RQ-UN-2, RQ-LV-3
	for _, kind := range []Kind{KindUnanswered, KindLeft} {
		c := Case{Kind: kind, Rules: auto, From: "bob", Agents: people(Agent{ID: "ann", Count: 5}, Agent{ID: "bob"})}
		if v := decide(c); v.Agent != "ann" || v.Counts == nil {
			t.Errorf("%s: %+v", kind, v)
		}
		c.Agents = people(Agent{ID: "bob"})
		if v := decide(c); v.Agent != "" || v.Error != "" || v.Rule != RuleNobody {
			t.Errorf("%s, nobody else there: %+v", kind, v)
		}
		c.Rules.Method = chat.RoutingManual
		if v := decide(c); v.Agent != "" || v.Rule != RuleManual {
			t.Errorf("%s by hand: %+v", kind, v)
		}
	}
}

// RQ-DEP-3: members of a department that takes no chats do not count; its chats are its fallback's.
func TestAChatOfADepartmentThatIsOffMovesOnToTheFallback(t *testing.T) {
	for _, kind := range []Kind{KindUnanswered, KindLeft} {
		c := Case{Kind: kind, Rules: auto, From: "bob", Department: "d", Queue: "f", Agents: people(Agent{ID: "ann"}),
			Departments: []Department{{ID: "d", Available: true, Fallback: "e"}, {ID: "e", Fallback: "f"}, {ID: "f", Usable: true}}}
		if v := decide(c); v.Agent != "ann" || v.Department != "f" {
			t.Errorf("%s: %+v", kind, v)
		}
		c.Rules.Method = chat.RoutingManual
		if v := decide(c); v.Agent != "" || v.Department != "f" || v.Rule != RuleManual {
			t.Errorf("%s by hand: %+v", kind, v)
		}
		c.Departments = c.Departments[:1]
		if v := decide(c); v.Department != "" {
			t.Errorf("%s without a fallback: %+v", kind, v)
		}
	}
}

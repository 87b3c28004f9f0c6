package routing

import (
	"testing"

	"github.com/foyerchat/foyer/chat"
)

func TestLeastBusy(t *testing.T) {
	for _, c := range []struct {
		name       string
		candidates []Candidate
		agent      chat.AgentID
		reason     string
	}{
		{"nobody", nil, "", "Nobody is available"},
		{"the only one", []Candidate{{ID: "1", Username: "ann", Chats: 9}}, "1", "ann is the only available agent"},
		{"fewest chats", []Candidate{{ID: "1", Username: "ann", Chats: 2}, {ID: "2", Username: "bob", Chats: 1, LastAt: 99}},
			"2", "bob has the fewest open chats (1) of 2 available agents"},
		{"tie: longest since the last assignment", []Candidate{{ID: "1", Username: "ann", LastAt: 20}, {ID: "2", Username: "bob", LastAt: 10}},
			"2", "bob waited longest for a chat of 2 available agents who are equally busy (0 open chats)"},
		{"tie: never assigned comes first", []Candidate{{ID: "1", Username: "ann", LastAt: 1}, {ID: "2", Username: "bob"}},
			"2", "bob waited longest for a chat of 2 available agents who are equally busy (0 open chats)"},
		{"tie: username by code point", []Candidate{{ID: "1", Username: "bob"}, {ID: "2", Username: "Zoe"}, {ID: "3", Username: "amy"}},
			"2", "Zoe is first by name of 3 available agents who are equally busy (0 open chats)"},
		{"LC-RET-3: who gave it back comes last", []Candidate{{ID: "1", Username: "ann", Returned: true}, {ID: "2", Username: "bob", Chats: 7}},
			"2", "bob has the fewest open chats (7) of 2 available agents"},
		{"LC-RET-3: but before nobody", []Candidate{{ID: "1", Username: "ann", Returned: true}}, "1", "ann is the only available agent"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := leastBusy(c.candidates)
			if got.Agent != c.agent || got.Reason != c.reason || got.Method != chat.RoutingAuto {
				t.Errorf("got %+v, want agent %q because %q", got, c.agent, c.reason)
			}
		})
	}
}

// The order in which candidates are read must not matter.
func TestLeastBusyIsAFunctionOfTheSet(t *testing.T) {
	set := []Candidate{{ID: "1", Username: "a", Chats: 1}, {ID: "2", Username: "b", LastAt: 5}, {ID: "3", Username: "c", LastAt: 5}, {ID: "4", Username: "d", LastAt: 6}}
	for range set {
		set = append(set[1:], set[0])
		if got := leastBusy(set); got.Agent != "2" {
			t.Errorf("%v: got %+v", set, got)
		}
	}
}

func TestDepartmentOfAChatWithoutOne(t *testing.T) { // RQ-DEP-1, RQ-DEP-2
	for _, c := range []struct {
		name string
		all  []eligible
		want chat.DepartmentID
	}{
		{"none: the public queue", nil, ""},
		{"one: that one", []eligible{{"sales", true}}, "sales"},
		{"one: that one even if nobody is there", []eligible{{"sales", false}}, "sales"},
		{"several: the first with somebody", []eligible{{"a", false}, {"b", true}, {"c", true}}, "b"},
		{"several without anybody: the public queue", []eligible{{"a", false}, {"b", false}}, ""},
	} {
		if got := department(c.all); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

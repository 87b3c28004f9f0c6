package model

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Telling picks, of stories, those that tell most: each the one in which most happens
// that happens in none of those before, as the model knows without a house. It stops after
// n, or when the rest tells nothing new.
func Telling(all []Story, n int) (best []Story) {
	events := make([]map[string]bool, len(all))
	for i, s := range all {
		events[i] = happens(s)
	}
	told := map[string]bool{}
	for len(best) < n {
		i, most := -1, 0
		for at, each := range events {
			if fresh := missing(each, told); fresh > most {
				i, most = at, fresh
			}
		}
		if i < 0 {
			break
		}
		maps.Copy(told, events[i])
		best = append(best, all[i])
	}
	return best
}

func missing(from, told map[string]bool) (n int) {
	for what := range from {
		if !told[what] {
			n++
		}
	}
	return n
}

// happens is what happens in a story: each act, how it is answered, under which method and
// with which queue, and what became of whose chat by it.
func happens(s Story) map[string]bool {
	m, all := New(), map[string]bool{}
	for _, step := range s {
		before := m.phases()
		answer, skipped := m.Do(step)
		if skipped {
			continue
		}
		what := step[0]
		if what == "crash" || what == "twice" {
			what += " " + step[1]
		} else if what == "set" {
			what += " " + step[1]
		}
		all[fmt.Sprint(what, " ", answer, " ", m.Set.RoutingMethod, " ", m.Set.WaitingQueue, " ", strings.Join(m.became(before), ", "))] = true
	}
	return all
}

// phase is where a room is.
type phase struct{ state, department, agent string }

func (m *Model) phases() map[*Room]phase {
	all := map[*Room]phase{}
	for _, r := range m.Rooms {
		state := "served"
		switch {
		case !r.Open:
			state = "closed"
		case r.OnHold:
			state = "on hold"
		case r.queued():
			state = "waiting"
		}
		all[r] = phase{state, r.Department, r.ServedBy}
	}
	return all
}

// became are the changes of rooms, each kind once.
func (m *Model) became(before map[*Room]phase) (all []string) {
	for r, now := range m.phases() {
		was := before[r]
		if was == now {
			continue
		}
		what := cmp.Or(was.state, "new") + " → " + now.state
		if was.department != now.department {
			what += " elsewhere"
		}
		if was.agent != "" && now.agent != "" && was.agent != now.agent {
			what += " by another"
		}
		all = append(all, what)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

package model

import (
	"fmt"
	"slices"
	"strings"
)

// choice is something that may happen next.
type choice struct {
	weight int
	words  string
}

// step writes what happens next; false if it cannot.
func (w *author) step() bool {
	all := w.choices()
	total := 0
	for _, c := range all {
		total += c.weight
	}
	n := w.IntN(total)
	for _, c := range all {
		if n -= c.weight; n >= 0 {
			continue
		}
		s := Step(strings.Fields(c.words))
		if w.Kills && w.likely(0.05) && s[0] != "wait" && s[0] != "restart" {
			s = append(Step{"crash"}, s...)
		}
		if w.Kills && w.likely(0.05) && s[0] != "restart" && s[0] != "crash" {
			s = append(Step{"twice"}, s...)
		}
		return w.add(s)
	}
	panic("no choice")
}

// somebody is an agent, often the one who has the visitor's chat; boss stands for the
// administrator.
func (w *author) somebody(visitor string, others ...string) string {
	if r := w.now.last(visitor); r != nil && r.Open && r.ServedBy != "" && w.likely(0.6) && !w.now.Agents[r.ServedBy].Bot {
		return r.ServedBy
	}
	return w.of(append(others, w.agents...)...)
}

// guest is a visitor, often one whose chat pleases.
func (w *author) guest(pleases func(*Room) bool) string {
	var fit []string
	for _, v := range w.visitors {
		if r := w.now.last(v); r != nil && pleases(r) {
			fit = append(fit, v)
		}
	}
	if len(fit) > 0 && w.likely(0.8) {
		return w.of(fit...)
	}
	return w.of(w.visitors...)
}

func (w *author) choices() []choice {
	agent := w.of(w.agents...)
	talking := w.guest(func(r *Room) bool { return r.Open && r.ServedBy != "" && !r.OnHold })
	held := w.guest(func(r *Room) bool { return r.OnHold })
	waiting := w.guest(func(r *Room) bool { return r.queued() })
	open := w.guest(func(r *Room) bool { return r.Open })
	gone := w.of(w.visitors...)
	if r := w.now.last(gone); r != nil && r.Open && w.likely(0.7) {
		gone = w.guest(func(r *Room) bool { return !r.Open })
	}
	all := []choice{
		{20, fmt.Sprintf("start %s %s %s", gone, w.maybe(0.5, w.departments), w.maybe(0.1, w.agents))},
		{8, "say " + open}, {4, "say " + held},
		{10, "answer " + w.somebody(talking) + " " + talking},
		{4, "leave " + open},
		{6, "close boss " + talking}, {3, "close " + w.somebody(open) + " " + open},
		{7, "assign " + agent + " " + waiting}, {1, "take " + agent + " " + waiting},
		{10, w.of("online", "online", "offline", "on", "on", "off", "idle", "active", "lost") + " " + agent},
		{8, fmt.Sprintf("wait %d", []int{1, 5, 20, 60, 200}[w.IntN(5)])},
	}
	if w.Moves {
		all = append(all,
			choice{6, fmt.Sprintf("hand boss %s %s", w.of(talking, waiting), agent)},
			choice{6, fmt.Sprintf("return %s %s %s", w.somebody(talking, "boss"), talking, w.maybe(0.2, w.departments))},
			choice{6, "hold " + w.somebody(talking, "boss") + " " + talking},
			choice{4, "resume " + w.somebody(held, "boss") + " " + held})
	}
	if w.Moves && len(w.departments) > 0 {
		all = append(all,
			choice{8, fmt.Sprintf("forward boss %s %s %s", w.of(talking, talking, waiting), w.of(w.departments...), w.maybe(0.2, w.agents))},
			choice{4, fmt.Sprintf("change %s %s", open, w.of(w.departments...))})
	}
	return append(all, w.rare(open)...)
}

func (w *author) people() []string { return slices.Concat(w.bots, w.agents) }

// rare is what administrators and power cuts do.
func (w *author) rare(open string) (all []choice) {
	some := func(weight int, format string, args ...any) {
		all = append(all, choice{weight, fmt.Sprintf(format, args...)})
	}
	if w.Queue {
		some(4, "priority %s %s", open, w.of("1", "3", "5", "99"))
		some(4, "sla %s %s", w.guest(func(r *Room) bool { return r.queued() }), w.of("gold", "iron"))
	}
	if w.Kills {
		some(2, "restart")
	}
	if w.Admin && w.Queue {
		some(1, "policy %s %d", w.of("gold", "iron"), 1+w.IntN(4))
		some(1, "nopolicy %s", w.of("gold", "iron"))
		some(2, "set Livechat_maximum_chats_per_agent %d", w.IntN(4))
		some(1, "set Livechat_waiting_queue %t", w.likely(0.6))
		some(2, "limit %s %d", w.of(w.agents...), w.IntN(4))
	}
	if w.Admin {
		some(1, "set Livechat_Routing_Method %q", w.of(w.Methods...))
		some(1, "set Livechat_accept_chats_with_no_agents %t", w.likely(0.5))
		some(1, "set Livechat_enabled_when_agent_idle %t", w.likely(0.5))
	}
	if w.Admin && w.Timers {
		some(1, "set Livechat_auto_transfer_chat_timeout %d", w.IntN(3)*25)
		some(1, "set Livechat_max_queue_wait_time %d", w.IntN(3))
		some(1, "set Livechat_abandoned_rooms_action %q", w.of("none", "close", "on-hold"))
		some(1, "set Livechat_visitor_inactivity_timeout %d", w.seconds(20, 60))
		some(1, "set Livechat_auto_close_on_hold_chats_timeout %d", w.IntN(3)*35)
		some(1, "set Livechat_agent_leave_action %q", w.of("none", "forward", "close"))
		some(1, "set Livechat_agent_leave_action_timeout %d", w.IntN(40))
	}
	if w.Admin {
		some(1, "set Livechat_enabled %t", w.likely(0.7))
		some(1, "deactivate %s", w.of(w.people()...))
		some(3, "activate %s", w.of(w.people()...))
	}
	if w.now.Set.RoutingMethod == "External" {
		some(6, "names %s", w.of(append(w.people(), "-")...))
	}
	if w.Preferred {
		some(2, "manager %s %s", w.of(w.visitors...), w.of(w.agents...))
	}
	if w.Admin && len(w.departments) > 0 {
		some(2, "%s %s", w.of("disable", "enable", "enable"), w.of(w.departments...))
		some(2, "member %s %s %d", w.of(w.departments...), w.of(w.agents...), w.IntN(2))
		some(2, "%s %s", w.of("archive", "unarchive", "remove"), w.of(w.departments...))
		some(1, "leaves %s %s", w.of(w.departments...), w.of(w.agents...))
	}
	return all
}

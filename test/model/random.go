package model

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// Alphabet says of what random stories are made.
type Alphabet struct {
	Methods     []string
	Departments bool
	Queue       bool // waiting queue and limits
	Preferred   bool // bots, last agent, contact manager
	Moves       bool // forward, return, hold
	Timers      bool
	Admin       bool // departments, people and settings change on the way
	Kills       bool
}

// author invents a story.
type author struct {
	*rand.Rand
	Alphabet
	story                     Story
	now                       *Model // what the story has led to
	agents, bots, departments []string
	visitors                  []string
}

// Random invents a story of some steps; the seed decides everything.
func (a Alphabet) Random(seed uint64, steps int) Story {
	w := &author{Rand: rand.New(rand.NewPCG(seed, 7)), Alphabet: a, now: New()}
	w.begin()
	for tries := 0; steps > 0 && tries < 1000; tries++ {
		if w.step() {
			steps--
		}
	}
	return w.story
}

// Stories invents some, from a seed on.
func (a Alphabet) Stories(seed uint64, n int) []Story {
	all := make([]Story, n)
	for i := range all {
		all[i] = a.Random(seed+uint64(i), 40)
	}
	return all
}

func (w *author) write(format string, args ...any) {
	w.add(strings.Fields(fmt.Sprintf(format, args...)))
}

// add writes a line if it speaks of what is there.
func (w *author) add(s Step) (fits bool) {
	if _, skipped := w.now.Do(s); skipped {
		return false
	}
	w.story = append(w.story, s)
	return true
}

func (w *author) of(words ...string) string { return words[w.IntN(len(words))] }

// maybe is one of the words, or - to leave it out.
func (w *author) maybe(chance float64, words []string) string {
	if len(words) == 0 || w.Float64() >= chance {
		return "-"
	}
	return w.of(words...)
}

func (w *author) likely(chance float64) bool { return w.Float64() < chance }

// begin hires people, founds departments and changes settings.
func (w *author) begin() {
	w.write("set Livechat_Routing_Method %q", w.of(w.Methods...))
	if w.likely(0.5) {
		w.write("set Livechat_accept_chats_with_no_agents true")
	}
	for _, name := range []string{"ann", "bob", "cat", "dan"}[:1+w.IntN(4)] {
		limit := "-"
		if w.Queue && w.likely(0.4) {
			limit = w.of("1", "2", "3")
		}
		w.write("agent %s %s", name, limit)
		w.agents = append(w.agents, name)
	}
	w.visitors = append(w.visitors, []string{"v1", "v2", "v3", "v4", "v5", "v6"}[:2+w.IntN(5)]...)
	if w.Preferred && w.likely(0.5) {
		w.bots = []string{"robo", "tron"}[:1+w.IntN(2)]
		for _, name := range w.bots {
			w.write("bot %s", name)
		}
	}
	w.found()
	w.configure()
	if w.likely(0.8) {
		w.write("names %s", w.of(w.agents...))
	}
	if w.Admin {
		w.write("set Omnichannel_enable_department_removal true")
	}
}

func (w *author) found() {
	if !w.Departments || w.likely(0.2) {
		return
	}
	names := []string{"help", "sales", "tech"}[:1+w.IntN(3)]
	for _, name := range names {
		words := []string{"department", name}
		for _, person := range append(append([]string{}, w.agents...), w.bots...) {
			if w.likely(0.55) {
				words = append(words, fmt.Sprintf("%s=%d", person, w.IntN(2)))
			}
		}
		if other := w.of(names...); w.likely(0.4) && other != name && (other > name || !w.Admin) { // a circle cannot be saved again
			words = append(words, "fallback="+other)
		}
		if w.Moves && w.likely(0.2) {
			words = append(words, "to="+w.of(names...))
		}
		if w.Queue && w.likely(0.3) {
			words = append(words, fmt.Sprintf("max=%d", 1+w.IntN(2)))
		}
		for word, chance := range map[string]float64{"hidden": 0.2, "offline": 0.3} {
			if w.likely(chance) {
				words = append(words, word)
			}
		}
		w.add(words)
		w.departments = append(w.departments, name)
	}
}

// configure changes settings before anything happens.
func (w *author) configure() {
	w.write("set Livechat_enabled_when_agent_idle %t", w.likely(0.5))
	if w.Queue && w.likely(0.6) {
		w.write("set Livechat_waiting_queue true")
		w.write("set Livechat_maximum_chats_per_agent %d", w.IntN(3))
		w.write("set Omnichannel_queue_delay_timeout %d", 1+w.IntN(10))
		w.write("set Omnichannel_sorting_mechanism %q", w.of("Timestamp", "Timestamp", "Priority", "SLAs", "SLADeadline"))
	}
	if w.Queue && w.likely(0.4) {
		w.write("policy gold 1")
		w.write("policy iron 3")
	}
	if w.Preferred {
		w.write("set Livechat_assign_new_conversation_to_bot %t", w.likely(0.3))
		w.write("set Livechat_last_chatted_agent_routing %t", w.likely(0.5))
	}
	if w.Moves {
		w.write("set Livechat_allow_manual_on_hold %t", w.likely(0.8))
		w.write("set Livechat_allow_manual_on_hold_upon_agent_engagement_only %t", w.likely(0.5))
	}
	if w.Timers {
		w.timers()
	}
}

func (w *author) timers() {
	if w.likely(0.7) { // the presence of a server that has just begun is unknown
		w.write("wait 60")
	}
	if w.likely(0.4) {
		w.write("set Livechat_max_queue_wait_time %d", 1+w.IntN(3))
	}
	if w.likely(0.4) {
		w.write("set Livechat_auto_transfer_chat_timeout %d", w.seconds(20, 60))
	}
	w.write("set Livechat_agent_leave_action %q", w.of("none", "forward", "close"))
	w.write("set Livechat_agent_leave_action_timeout %d", w.IntN(40))
	w.write("set Livechat_abandoned_rooms_action %q", w.of("none", "close", "on-hold"))
	w.write("set Livechat_visitor_inactivity_timeout %d", w.seconds(30, 60))
	w.write("set Livechat_auto_close_on_hold_chats_timeout %d", w.seconds(30, 60))
}

// seconds are never those after which the agents of a server that has just begun are known
// (RQ-LV-6): what began when it was killed would be due in the same moment.
func (w *author) seconds(least, n int) int {
	s := least + w.IntN(n)
	if s == unknownFor/1000 {
		s++
	}
	return s
}

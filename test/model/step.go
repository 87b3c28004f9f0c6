package model

import (
	"encoding/json"
	"strconv"
	"strings"

	"github.com/foyerchat/foyer/chat"
)

// Step is a line of a story: a verb and its words. Stories read so:
//
//	agent ann 2            somebody who serves, two chats at once (bot robo: a bot)
//	department sales ann=0 bob=1 max=2 fallback=help to=help offline hidden
//	set Livechat_waiting_queue true
//	start v1 sales ann     a visitor begins; - leaves a word out
//	take ann v1            acts on the visitor's latest room; boss may act, too
//	wait 60
//	crash take ann v1      the process dies right after it
//	twice take ann v1      what follows is delivered and run twice
type Step []string

// String is the line.
func (s Step) String() string { return strings.Join(s, " ") }

func (s Step) word(i int) string {
	if i >= len(s) || s[i] == "-" {
		return ""
	}
	return s[i]
}

// Story is a sequence of steps.
type Story []Step

// String is a line a step.
func (s Story) String() string {
	var b strings.Builder
	for _, step := range s {
		b.WriteString(step.String())
		b.WriteByte('\n')
	}
	return b.String()
}

// Read reads a story; what follows a # is for people.
func Read(text string) (s Story) {
	for line := range strings.Lines(text) {
		line, _, _ = strings.Cut(line, "#")
		if words := strings.Fields(line); len(words) > 0 {
			s = append(s, words)
		}
	}
	return s
}

// tick passes with every step, so that seldom two things happen at the same moment; the
// product looks at queues on tenths of a second.
const tick = 1100

// Do carries a step out. skipped: it speaks of what is not there. answer: "" or the
// refusals that fit, separated by "|".
func (m *Model) Do(s Step) (answer string, skipped bool) {
	if !m.fits(s) {
		return "", true
	}
	m.wait(tick)
	m.Acted = m.Now
	switch s[0] {
	case "crash":
		answer = m.act(s[1:])
		m.started = m.Now
	case "twice":
		answer = m.act(s[1:])
	default:
		answer = m.act(s)
	}
	m.quiet()
	return answer, false
}

// subjects says what a verb's words name: agent a or boss A, visitor with a room v,
// department d, nothing in particular "."; a capital D may be left out.
var subjects = map[string]string{
	"agent": "..", "bot": ".", "department": ".*", "set": "..", "wait": ".", "restart": "",
	"online": "a", "offline": "a", "idle": "a", "active": "a", "lost": "a", "on": "a", "off": "a",
	"start": ".DW", "say": "v", "leave": "v", "change": "vd",
	"take": "av", "assign": "av", "join": "av", "return": "AvD", "hand": "Ava", "forward": "AvdW",
	"answer": "av", "close": "Av", "hold": "Av", "resume": "Av", "priority": "v.",
	"disable": "d", "enable": "d", "member": "da.", "leaves": "da", "limit": "a.", "manager": "va",
}

// fits reports whether everything the step speaks of is there.
func (m *Model) fits(s Step) bool {
	if s[0] == "crash" || s[0] == "twice" {
		return len(s) > 1 && subjects[s[1]] != "" && (s[1] != "wait" || s[0] == "twice") && m.fits(s[1:])
	}
	kinds, ok := subjects[s[0]]
	for i, kind := range kinds {
		ok = ok && m.names(kind, s.word(i+1))
	}
	return ok && (s[0] != "agent" && s[0] != "bot" || m.Agents[s[1]] == nil) && (s[0] != "department" || m.Departments[s[1]] == nil)
}

func (m *Model) names(kind rune, word string) bool {
	switch kind {
	case 'a':
		return m.Agents[word] != nil
	case 'A':
		return word == "boss" || m.Agents[word] != nil
	case 'W':
		return word == "" || m.Agents[word] != nil
	case 'v':
		return m.last(word) != nil
	case 'd':
		return m.Departments[word] != nil
	case 'D':
		return word == "" || m.Departments[word] != nil
	}
	return true
}

func (m *Model) act(s Step) string {
	a, d := m.Agents[s.word(1)], m.Departments[s.word(1)]
	switch s[0] {
	case "agent", "bot":
		limit, _ := strconv.ParseInt(s.word(2), 10, 64)
		m.Agents[s[1]] = &Agent{Name: s[1], Bot: s[0] == "bot", On: true, Online: s[0] == "agent", Limit: limit}
	case "department":
		m.Departments[s[1]] = newDepartment(s)
		for name := range m.Departments[s[1]].Members {
			if m.Agents[name] == nil {
				delete(m.Departments[s[1]].Members, name)
				continue
			}
			m.counted(s[1], name, 0)
		}
	case "set":
		m.set(s[1], s[2])
	case "wait":
		seconds, _ := strconv.ParseInt(s[1], 10, 64)
		m.wait(seconds * 1000)
	case "restart":
		m.started = m.Now
	case "online":
		a.Online, a.Away, a.Until = true, false, 0
	case "active":
		a.Away = false
	case "offline":
		a.Online, a.Away, a.Until = false, false, 0
	case "idle":
		a.Away = a.Online
	case "lost":
		if a.Online && a.Until == 0 {
			a.Until = m.Now + 5000
		}
	case "on", "off":
		a.On = s[0] == "on"
	case "limit":
		a.Limit, _ = strconv.ParseInt(s[2], 10, 64)
	case "disable", "enable":
		d.Enabled = s[0] == "enable"
		if !d.Enabled {
			m.gone(d)
		}
	case "member":
		order, _ := strconv.ParseInt(s[3], 10, 64)
		m.newcomer(d, s[2])
		d.Members[s[2]] = order
	case "leaves":
		delete(d.Members, s[2])
		delete(m.turns, turnKey{d.Name, s[2]})
	case "start":
		return m.start(s.word(1), s.word(2), s.word(3))
	default:
		return m.chatAct(s)
	}
	return ""
}

// notHis are the answers to an agent about a chat he has nothing to do with.
const notHis = "error-invalid-room|error-not-allowed|error-not-authorized|Not_authorized|room-closed|error-room-already-closed|" +
	"error-room-not-on-hold|error-room-is-already-on-hold|error-room-onHold|false|" +
	"error-unserved-rooms-cannot-be-placed-onhold|error-cannot-place-chat-on-hold"

// chatAct is what somebody does with a visitor's latest room.
func (m *Model) chatAct(s Step) string {
	who, about := m.Agents[s.word(1)], m.last(s.word(2))
	switch s[0] {
	case "return", "close", "hold", "resume":
		if s[1] != "boss" && !about.Members[s[1]] {
			return notHis
		}
	}
	switch s[0] {
	case "say":
		return m.ask(m.last(s[1]))
	case "leave":
		return m.end(m.last(s[1]), "visitor")
	case "change":
		return m.forward(m.last(s[1]), s[2], "")
	case "priority":
		r := m.last(s[1])
		if r.Open {
			r.Priority, _ = strconv.ParseInt(s[2], 10, 64)
			return ""
		}
		return "room-closed"
	case "manager":
		m.Visitors[s[1]].Manager = s[2]
		return ""
	case "take", "assign":
		return m.take(who, about)
	case "join":
		return m.join(who, about)
	case "return":
		return m.giveBack(about, s.word(3))
	case "hand":
		return m.hand(about, m.Agents[s.word(3)])
	case "forward":
		return m.forward(about, s.word(3), s.word(4))
	case "answer":
		return m.answer(who, about)
	case "close":
		return m.end(about, s[1])
	case "hold":
		return m.hold(about)
	case "resume":
		return m.resume(about)
	}
	panic("no verb " + s[0])
}

func newDepartment(s Step) *Department {
	d := &Department{Name: s[1], Enabled: true, Shown: true, Members: map[string]int64{}}
	for _, word := range s[2:] {
		key, value, _ := strings.Cut(word, "=")
		number, _ := strconv.ParseInt(value, 10, 64)
		switch key {
		case "max":
			d.MaxChats = number
		case "fallback":
			d.Fallback = value
		case "to":
			d.ForwardTo = strings.Split(value, ",")
		case "offline":
			d.ReceiveOffline = true
		case "hidden":
			d.Shown = false
		default:
			d.Members[key] = number
		}
	}
	return d
}

func (m *Model) set(id, value string) {
	d, _ := chat.SettingByID(id)
	v, err := d.Accept(json.RawMessage(value))
	if err != nil {
		panic(err)
	}
	m.Set = d.With(m.Set, v)
}

// newcomer starts at the least of the department's members (RQ-AUTO-3).
func (m *Model) newcomer(d *Department, name string) {
	if _, known := d.Members[name]; !known {
		m.turn(d.Name, name).count, m.turn(d.Name, name).known = m.floor(d.Name), true
	}
}

// gone moves what waits in a department that is no more (departments.md 5).
func (m *Model) gone(d *Department) {
	to := m.along(d.Name, func(string) bool { return true })
	for _, r := range m.Rooms {
		if r.queued() && r.Department == d.Name {
			r.Department = to
		}
	}
}

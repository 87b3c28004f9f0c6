package model

import (
	"strconv"
	"strings"
)

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
	"archive": "d", "unarchive": "d", "remove": "d", "deactivate": "a", "activate": "a",
	"names": ".", "policy": "..", "nopolicy": "p", "sla": "vp",
}

// doers are the verbs whose first word is who acts: he must be able to sign in.
const doers = " online offline idle active lost on off take join return hand forward answer close hold resume "

// fits reports whether everything the step speaks of is there.
func (m *Model) fits(s Step) bool {
	if s[0] == "crash" || s[0] == "twice" {
		return len(s) > 1 && subjects[s[1]] != "" && (s[1] != "wait" || s[0] == "twice") && m.fits(s[1:])
	}
	kinds, ok := subjects[s[0]]
	for i, kind := range kinds {
		ok = ok && m.names(kind, s.word(i+1))
	}
	if a := m.Agents[s.word(1)]; ok && a != nil && (a.Gone && strings.Contains(doers, " "+s[0]+" ") || !a.Gone && s[0] == "activate") {
		return false
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
	case 'p':
		_, ok := m.Policies[word]
		return ok
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
		a.Online, a.Away, a.Until, a.Hidden = true, false, 0, false
	case "active":
		a.Away = false
	case "offline":
		a.Online, a.Away, a.Until, a.Hidden = false, false, 0, true
	case "idle":
		a.Away = a.Online
	case "lost":
		if a.Online && a.Until == 0 {
			a.Until = m.Now + 5000
		}
	case "on", "off":
		a.On, a.Forced = s[0] == "on", false
	case "deactivate", "activate":
		m.employed(a, s[0] == "activate")
	case "names":
		m.Named = s.word(1)
	case "limit":
		a.Limit, _ = strconv.ParseInt(s[2], 10, 64)
	case "disable", "enable", "archive", "unarchive", "remove":
		return m.keep(d, s[0])
	case "member":
		order, _ := strconv.ParseInt(s[3], 10, 64)
		m.newcomer(d, s[2])
		d.Members[s[2]] = order
	case "leaves":
		m.leaves(d, s[2])
	case "policy":
		return m.policy(s[1], s[2])
	case "nopolicy":
		delete(m.Policies, s[1])
	case "start":
		return m.start(s.word(1), s.word(2), s.word(3))
	default:
		return m.chatAct(s)
	}
	return ""
}

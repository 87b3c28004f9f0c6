package model

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/foyerchat/foyer/chat"
)

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
	was := m.Set.UnansweredTransferSeconds
	m.Set = d.With(m.Set, v)
	if m.Set.UnansweredTransferSeconds == was {
		return
	}
	for _, r := range m.Rooms { // RQ-T-4: all count anew from the assignment
		r.tried = 0
	}
}

// newcomer starts at the least of the department's members (RQ-AUTO-3). Who had a chat
// of it before, as a preferred agent, is known already.
func (m *Model) newcomer(d *Department, name string) {
	if t := m.turn(d.Name, name); !t.known {
		m.counted(d.Name, name, m.floor(d.Name))
	}
}

// keep changes whether a department takes chats, or is there at all.
func (m *Model) keep(d *Department, how string) string {
	switch how {
	case "enable":
		if d.Archived {
			return "error-archived-department-cant-be-enabled"
		}
		d.Enabled = true
		return ""
	case "unarchive":
		d.Archived = false
		return ""
	case "archive":
		d.Archived = true
	}
	d.Enabled = false
	if how == "remove" {
		m.remove(d)
	}
	m.gone(d)
	return ""
}

// remove is departments.md 5.3: what refers to the department forgets it.
func (m *Model) remove(d *Department) {
	delete(m.Departments, d.Name)
	d.Fallback = ""
	for name := range d.Members {
		delete(m.turns, turnKey{d.Name, name})
	}
	for _, other := range m.Departments {
		if other.Fallback == d.Name {
			other.Fallback = ""
		}
		other.ForwardTo = slices.DeleteFunc(other.ForwardTo, func(to string) bool { return to == d.Name })
	}
	for _, r := range m.Rooms {
		if r.Open && !r.queued() && r.Department == d.Name {
			r.Department = ""
		}
	}
}

func (m *Model) leaves(d *Department, agent string) {
	if _, member := d.Members[agent]; member {
		delete(d.Members, agent)
		delete(m.turns, turnKey{d.Name, agent})
	}
}

// employed deactivates an agent, which closes his chats and ends his memberships, or
// lets him back (lifecycle 2.3).
func (m *Model) employed(a *Agent, active bool) {
	if a.Gone != active {
		return
	}
	a.Gone = !active
	if active {
		if !a.Hidden { // else the next sign-in switches him on again
			a.On, a.Forced = a.On || a.Forced, false
		}
		return
	}
	a.On, a.Forced, a.Online, a.Away, a.Until = false, a.On || a.Forced, false, false, 0
	for _, d := range m.Departments {
		m.leaves(d, a.Name)
	}
	for _, r := range m.Rooms {
		if r.Open && r.ServedBy == a.Name {
			m.finish(r, "system")
		}
	}
}

// policy makes an SLA policy or gives it another time; no two have the same.
func (m *Model) policy(name, minutes string) string {
	due, _ := strconv.ParseInt(minutes, 10, 64)
	for other, theirs := range m.Policies {
		if other != name && theirs == due {
			return "error-duplicated-sla"
		}
	}
	m.Policies[name] = due
	return ""
}

// gone moves what waits in a department that is no more (departments.md 5).
func (m *Model) gone(d *Department) {
	to := m.along(d.Name, func(string) bool { return true }) // of a removed one: none
	for _, r := range m.Rooms {
		if r.queued() && r.Department == d.Name {
			r.Department = to
		}
	}
}

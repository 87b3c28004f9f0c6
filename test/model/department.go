package model

import (
	"encoding/json"
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
	m.Set = d.With(m.Set, v)
}

// newcomer starts at the least of the department's members (RQ-AUTO-3). Who had a chat
// of it before, as a preferred agent, is known already.
func (m *Model) newcomer(d *Department, name string) {
	if t := m.turn(d.Name, name); !t.known {
		m.counted(d.Name, name, m.floor(d.Name))
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

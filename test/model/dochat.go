package model

import "strconv"

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
	case "sla":
		r := m.last(s[1])
		switch {
		case !r.Open:
			return "room-closed"
		case r.ServedBy != "":
			return "error-invalid-inquiry"
		}
		r.SLA = s[2]
		return ""
	case "manager":
		m.Visitors[s[1]].Manager = s[2]
		return ""
	case "take", "assign":
		if who.Gone {
			return "error-invalid-agent"
		}
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

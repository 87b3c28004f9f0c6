package live

import (
	"slices"

	"github.com/foyerchat/foyer/chat"
)

// Topics. Who hears what without joining a room is decided when he connects.
const (
	staff       = "staff"     // every user
	agents      = "agents"    // users who may see every agent
	guests      = "guests"    // every visitor
	rooms       = "rooms"     // users who may see every room
	queueAll    = "queue:all" // the same for inquiries of every department
	queuePublic = "queue:public"
)

func visitorOf(rid chat.RoomID) string { return "room:" + string(rid) + ":v" }
func agentsOf(rid chat.RoomID) string  { return "room:" + string(rid) + ":a" }
func user(u chat.UserID) string        { return "user:" + string(u) }

func users(all []chat.AgentID) (topics []string) {
	for _, u := range all {
		topics = append(topics, user(u))
	}
	return topics
}

func queue(d chat.DepartmentID) string {
	if d == "" {
		return queuePublic
	}
	return "queue:" + string(d)
}

func unit(u chat.UnitID) string { return "unit:" + string(u) }

// itself is the topic of an agent about himself, who need not see every agent.
func itself(u chat.AgentID) string { return "self:" + string(u) }

// aware are the topics of those who may see an agent of these units.
func aware(a chat.AgentID, of []chat.UnitID) []string {
	t := []string{agents, itself(a)}
	for _, u := range of {
		t = append(t, unit(u))
	}
	return t
}

// supervising are the topics of those who see the room without serving it: who sees
// every room, and the monitors of its unit.
func supervising(r chat.Room) []string {
	t := []string{rooms}
	for _, u := range r.DepartmentAncestors {
		t = append(t, unit(u))
	}
	return t
}

// sight is what of conversations a user may hear besides his own.
type sight struct {
	departments []chat.DepartmentID // he works in
	limited     bool                // a monitor, to his units
	units       []chat.UnitID
	overseen    []chat.DepartmentID // of these units
}

// hears are the topics of a user. Who sees every room hears every queue at once, a
// monitor those of his units, an agent the public queue and those of his departments
// (RT-43, permissions.md 5).
func hears(a chat.Actor, s sight) []string {
	t := []string{user(a.User), staff}
	if !s.limited && (a.May(chat.ViewLRoom) || a.May(chat.ManageLivechatAgents)) {
		t = append(t, agents)
	} else {
		t = append(t, itself(a.User))
	}
	if a.May(chat.ViewLivechatRooms) && !s.limited {
		return append(t, rooms, queueAll)
	}
	if a.May(chat.ViewLivechatRooms) {
		for _, u := range s.units {
			t = append(t, unit(u))
		}
		for _, d := range s.overseen {
			t = append(t, queue(d))
		}
	}
	if a.May(chat.ViewLRoom) && (!s.limited || slices.Contains(a.Roles, chat.RoleAgent)) {
		t = append(t, queuePublic)
		for _, d := range s.departments {
			t = append(t, queue(d))
		}
	}
	slices.Sort(t)
	return slices.Compact(t)
}

package live

import "github.com/foyerchat/foyer/chat"

// Topics. Who hears what without joining a room is decided when he connects.
const (
	staff       = "staff"     // every user
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

// hears are the topics of a user. Who sees every room hears every queue at once,
// others the public queue and those of their departments (RT-43).
func hears(a chat.Actor, departments []chat.DepartmentID) []string {
	t := []string{user(a.User), staff}
	switch {
	case a.May(chat.ViewLivechatRooms):
		t = append(t, rooms, queueAll)
	case a.May(chat.ViewLRoom):
		t = append(t, queuePublic)
		for _, d := range departments {
			t = append(t, queue(d))
		}
	}
	return t
}

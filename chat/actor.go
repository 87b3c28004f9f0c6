package chat

import "slices"

// Actor is who asks for something: a signed-in user, a visitor or the system.
// Exactly one of User and Visitor is set; the system has the system user's id.
type Actor struct {
	User        UserID
	Username    string
	Name        string
	Roles       []string
	Permissions map[Permission]bool
	Visitor     VisitorID
}

// May reports whether the actor holds the permission.
func (a Actor) May(p Permission) bool { return a.Permissions[p] }

// IsVisitor reports whether a visitor asks.
func (a Actor) IsVisitor() bool { return a.Visitor != "" }

// IsBot reports whether a program speaks, not a person.
func (a Actor) IsBot() bool { return slices.Contains(a.Roles, RoleBot) }

// Monitor is the actor's id when units limit what he sees (permissions.md 5): he is a
// monitor and neither manager nor administrator. Otherwise it is empty.
func (a Actor) Monitor() UserID {
	if !slices.Contains(a.Roles, RoleMonitor) || slices.Contains(a.Roles, RoleManager) || slices.Contains(a.Roles, RoleAdmin) {
		return ""
	}
	return a.User
}

// Sight is on whose behalf a list of visitors or messages is read: everybody's who may see
// all of it, or that of a monitor's units, of an agent's departments, or of both.
type Sight struct {
	All     bool
	Monitor UserID
	Agent   UserID
}

// Sight is the actor's own.
func (a Actor) Sight() Sight {
	monitor := a.Monitor()
	switch {
	case !a.May(ViewLivechatRooms):
		return Sight{Agent: a.User}
	case monitor == "":
		return Sight{All: true}
	case slices.Contains(a.Roles, RoleAgent):
		return Sight{Monitor: monitor, Agent: a.User}
	}
	return Sight{Monitor: monitor}
}

// Ref names the acting user.
func (a Actor) Ref() UserRef { return UserRef{ID: a.User, Username: a.Username, Name: a.Name} }

// System is the server acting by itself; it may do everything a rule allows.
var System = Actor{User: SystemUserID, Username: SystemUsername, Name: "Foyer"}

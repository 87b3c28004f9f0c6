package stage

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/rest"
)

// Rights are people and what each of them may do. It stands where sign-in does: an id
// is enough, tokens are not looked at.
type Rights map[string][]chat.Permission

// Actor is one of them.
func (r Rights) Actor(name string) chat.Actor {
	a := chat.Actor{User: chat.UserID(name), Username: name, Permissions: map[chat.Permission]bool{}}
	for _, p := range r[name] {
		a.Permissions[p] = true
	}
	return a
}

// User implements rest.Authenticator.
func (r Rights) User(_ context.Context, c rest.Credentials) (rest.Caller, error) {
	if _, known := r[c.UserID]; !known {
		return rest.Caller{}, fault.New(fault.Unauthenticated, "", "")
	}
	return Caller(r.Actor(c.UserID)), nil
}

// Guest implements rest.Authenticator: there are no visitors.
func (Rights) Guest(context.Context, string) (rest.Caller, error) {
	return rest.Caller{}, fault.New(fault.Unauthenticated, "", "")
}

// Caller is an actor as endpoints see him.
func Caller(a chat.Actor) rest.Caller {
	return rest.Caller{Identity: a, Permissions: func(id string) bool { return a.May(chat.Permission(id)) }}
}

package rest

import "strings"

// Access says who may call a row.
type Access struct {
	kind  kind
	perms []string
}

type kind int

const (
	public kind = iota
	guest
	signedIn
	allOf
	anyOf
)

// The accesses without permissions.
var (
	// Public rows are open to everybody; credentials are not even looked at.
	Public = Access{kind: public}
	// Guest rows need the secret of our own widget's visitor, in X-Foyer-Session.
	Guest = Access{kind: guest}
	// SignedIn rows need a user.
	SignedIn = Access{kind: signedIn}
)

// All needs a user who holds every one of the permissions.
func All(perms ...string) Access { return Access{kind: allOf, perms: perms} }

// Any needs a user who holds at least one of the permissions.
func Any(perms ...string) Access { return Access{kind: anyOf, perms: perms} }

// Permissions are the ids that All or Any were given.
func (a Access) Permissions() []string { return a.perms }

// String is for people: "public", "guest", "user", "all of a, b", "any of a, b".
func (a Access) String() string {
	switch a.kind {
	case public:
		return "public"
	case guest:
		return "guest"
	case signedIn:
		return "user"
	case allOf:
		return "all of " + strings.Join(a.perms, ", ")
	default:
		return "any of " + strings.Join(a.perms, ", ")
	}
}

func (a Access) allows(has func(string) bool) bool {
	switch a.kind {
	case allOf:
		for _, p := range a.perms {
			if !has(p) {
				return false
			}
		}
	case anyOf:
		for _, p := range a.perms {
			if has(p) {
				return true
			}
		}
		return false
	}
	return true
}

package chat

import "slices"

// The roles, all workspace-wide (permissions.md 2). Owner, moderator and leader
// exist for clients that name them and play no part here.
const (
	RoleAdmin     = "admin"
	RoleManager   = "livechat-manager"
	RoleMonitor   = "livechat-monitor"
	RoleAgent     = "livechat-agent"
	RoleBot       = "bot"
	RoleApp       = "app"
	RoleUser      = "user"
	RoleGuest     = "guest"
	RoleAnonymous = "anonymous"
	RoleOwner     = "owner"
	RoleModerator = "moderator"
	RoleLeader    = "leader"
)

var roles = []string{RoleAdmin, RoleManager, RoleMonitor, RoleAgent, RoleBot, RoleApp, RoleUser,
	RoleGuest, RoleAnonymous, RoleOwner, RoleModerator, RoleLeader}

// Roles lists every role.
func Roles() []string { return slices.Clone(roles) }

// IsRole reports whether the role exists.
func IsRole(role string) bool { return slices.Contains(roles, role) }

package chat

import "github.com/foyerchat/foyer/platform/clock"

// Availability is the agent's own switch: does he want to take chats?
type Availability string

// The two positions of the switch.
const (
	Available    Availability = "available"
	NotAvailable Availability = "not-available"
)

// UserEmail is an address of a user.
type UserEmail struct {
	Address  string `json:"address"`
	Verified bool   `json:"verified"`
}

// User is somebody who signs in: agents, managers, monitors, administrators, bots.
type User struct {
	ID               UserID        `json:"_id"`
	Username         string        `json:"username"`
	Name             string        `json:"name,omitempty"`
	Emails           []UserEmail   `json:"emails,omitempty"`
	Roles            []string      `json:"roles,omitempty"`
	Type             string        `json:"type"` // user or bot
	Active           bool          `json:"active"`
	Status           Presence      `json:"status"`
	StatusConnection Presence      `json:"statusConnection,omitempty"`
	StatusDefault    Presence      `json:"statusDefault,omitempty"`
	StatusText       string        `json:"statusText,omitempty"`
	StatusLivechat   Availability  `json:"statusLivechat,omitempty"`   // agents only
	OpenHours        []HourID      `json:"openBusinessHours,omitzero"` // agents who follow business hours
	Livechat         *AgentLimits  `json:"livechat,omitempty"`         // agents with a limit of their own
	UTCOffset        float64       `json:"utcOffset"`
	Language         string        `json:"language,omitempty"`
	CreatedAt        clock.Instant `json:"createdAt"`
	UpdatedAt        clock.Instant `json:"_updatedAt"`
	Settings         *UserSettings `json:"settings,omitempty"`
	AvatarETag       string        `json:"avatarETag,omitempty"` // another one with every picture, where it is read
}

// AgentLimits are an agent's own.
type AgentLimits struct {
	MaxChats int64 `json:"maxNumberSimultaneousChat"`
}

// UserSettings hold a user's preferences.
type UserSettings struct {
	Preferences map[string]any `json:"preferences"`
}

// HasRole reports whether the user has the role.
func (u User) HasRole(role string) bool {
	for _, r := range u.Roles {
		if r == role {
			return true
		}
	}
	return false
}

// Ref names the user.
func (u User) Ref() UserRef { return UserRef{ID: u.ID, Username: u.Username, Name: u.Name} }

// AgentView is what visitors see of an agent; Hidden when agent information is off.
type AgentView struct {
	ID       AgentID     `json:"_id,omitempty"`
	Username string      `json:"username,omitempty"`
	Name     string      `json:"name,omitempty"`
	Emails   []UserEmail `json:"emails,omitempty"`
	Status   Presence    `json:"status,omitempty"`
	Hidden   bool        `json:"hiddenInfo,omitempty"`
	ETag     string      `json:"avatarETag,omitempty"` // of the picture; none: there is no picture
}

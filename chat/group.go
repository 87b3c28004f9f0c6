package chat

import "github.com/foyerchat/foyer/platform/clock"

// The types of a Group.
const (
	GroupPrivate = "p" // of its members
	GroupPublic  = "c" // of everybody
)

// GeneralGroup is the group every user is a member of.
const GeneralGroup RoomID = "GENERAL"

// Group is a room of users beside conversations: offline messages can be sent to it.
type Group struct {
	ID           RoomID         `json:"_id"`
	T            string         `json:"t"`
	Name         string         `json:"name"`
	FName        string         `json:"fname"`
	U            *UserRef       `json:"u,omitempty"` // who made it
	Msgs         int64          `json:"msgs"`        // offline messages
	UsersCount   int64          `json:"usersCount"`
	TS           clock.Instant  `json:"ts"`
	LM           clock.Instant  `json:"lm,omitzero"`
	RO           bool           `json:"ro"`
	SysMes       bool           `json:"sysMes"` // legacy constant, true
	Default      bool           `json:"default"`
	CustomFields map[string]any `json:"customFields,omitempty"`
	UpdatedAt    clock.Instant  `json:"_updatedAt"`
}

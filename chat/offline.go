package chat

import "github.com/foyerchat/foyer/platform/clock"

// OfflineState is whether somebody has dealt with an offline message.
type OfflineState string

// The states (lifecycle.md 1.10); read is seen and not yet dealt with.
const (
	OfflineNew     OfflineState = "new"
	OfflineRead    OfflineState = "read"
	OfflineHandled OfflineState = "handled"
)

// OfflineMessage is what a visitor left while nobody was reachable.
type OfflineMessage struct {
	ID         string        `json:"_id"`
	At         clock.Instant `json:"ts"`
	Name       string        `json:"name"`
	Email      string        `json:"email"`
	Phone      string        `json:"phone,omitempty"`
	Text       string        `json:"message"`
	Department DepartmentID  `json:"departmentId,omitempty"`
	Asked      string        `json:"department,omitempty"` // as the form named it
	Host       string        `json:"host,omitempty"`       // the page it was written on
	Channel    string        `json:"channel,omitempty"`    // under whose name agents see it
	Agent      *UserRef      `json:"agent,omitempty"`      // whom the visitor chose
	Room       RoomID        `json:"rid,omitempty"`        // the chat it became part of
	State      OfflineState  `json:"state"`
	HandledBy  *UserRef      `json:"handledBy,omitempty"`
	HandledAt  clock.Instant `json:"handledAt,omitzero"`
}

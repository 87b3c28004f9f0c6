package contacts

import (
	"context"
	"errors"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/rest"
)

// Filter says which contacts are wanted.
type Filter struct {
	Text    string // part of name, address, number or searchable field; case aside
	Unknown *bool
	Offset  int64
	Limit   int64
	Sort    rest.Sort
}

// List returns a page of contacts by name, and how many there are.
func (s *Service) List(ctx context.Context, f Filter) ([]Contact, int64, error) {
	return list(ctx, s.DB, f)
}

// Who is what a contact is looked for by: one of them is given.
type Who struct {
	ID           chat.ContactID
	Email, Phone string
}

// Exists reports whether there is such a contact.
func (s *Service) Exists(ctx context.Context, w Who) (bool, error) { return exists(ctx, s.DB, w) }

// HistoryFilter narrows the conversations of a contact.
type HistoryFilter struct {
	Contact chat.ContactID
	Source  string
	Monitor chat.UserID // only what he may see; empty: all
	Offset  int64
	Limit   int64
	Sort    rest.Sort
}

// Past is a conversation of a contact.
type Past struct {
	ID       chat.RoomID    `json:"_id"`
	FName    string         `json:"fname"`
	Source   chat.Source    `json:"source"`
	TS       clock.Instant  `json:"ts"`
	ClosedAt clock.Instant  `json:"closedAt,omitzero"`
	ClosedBy *chat.UserRef  `json:"closedBy,omitempty"`
	Closer   chat.Closer    `json:"closer,omitempty"`
	ServedBy *chat.ServedBy `json:"servedBy,omitempty"`
	Msgs     int64          `json:"msgs"`
	Tags     []string       `json:"tags,omitempty"`
	Verified bool           `json:"verified,omitempty"` // its channel is
}

// History lists the conversations of a contact on all channels, newest first.
func (s *Service) History(ctx context.Context, f HistoryFilter) ([]Past, int64, error) {
	if _, err := find(ctx, s.DB, f.Contact); errors.Is(err, db.ErrNoRows) {
		return nil, 0, errUnknown()
	} else if err != nil {
		return nil, 0, err
	}
	return history(ctx, s.DB, f)
}

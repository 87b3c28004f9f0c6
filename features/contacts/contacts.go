// Package contacts keeps the people behind visitors: what staff know of them, on which
// channels they write, which of these are blocked. Visitors and rooms keep their own
// records; they ask here for whose they are and whether the channel is open.
package contacts

import (
	"context"
	"errors"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/id"
)

// Visitors are the devices and channels of contacts.
type Visitors interface {
	// Correct changes what staff know better about a visitor; nil is left alone.
	Correct(ctx context.Context, tx *db.Tx, v chat.VisitorID, c chat.Correction) (changed bool, err error)
	// Manage gives a visitor the agent he goes to first; empty is nobody.
	Manage(ctx context.Context, tx *db.Tx, v chat.VisitorID, agent chat.AgentID) error
	// Regroup makes the visitors of a contact those of another one.
	Regroup(ctx context.Context, tx *db.Tx, from, to chat.ContactID) error
	// Remove forgets a visitor with his rooms.
	Remove(ctx context.Context, tx *db.Tx, v chat.VisitorID) error
	// Belong notes the contact of a visitor.
	Belong(ctx context.Context, tx *db.Tx, v chat.VisitorID, c chat.ContactID) error
}

// Rooms are the conversations of contacts.
type Rooms interface {
	// Regroup makes the rooms of a contact those of another one.
	Regroup(ctx context.Context, tx *db.Tx, from, to chat.ContactID) error
	// EndBlocked closes the open room of a visitor's channel.
	EndBlocked(ctx context.Context, tx *db.Tx, v chat.VisitorID, from chat.Source) error
}

// Fields knows what may be stored in custom fields.
type Fields interface {
	Fill(ctx context.Context, q db.Querier, w chat.FieldWrites) (map[string]string, error)
	// Required lists the required fields that have no value.
	Required(ctx context.Context, q db.Querier, scope chat.FieldScope, values map[string]string) ([]chat.CustomField, error)
	// Known reports which fields are of the scope.
	Known(ctx context.Context, q db.Querier, scope chat.FieldScope) (map[chat.FieldID]bool, error)
}

// Settings is the snapshot of the settings.
type Settings interface{ Current() *chat.Settings }

// Deps is what contacts need.
type Deps struct {
	DB       *db.DB
	Settings Settings
	Visitors Visitors
	Rooms    Rooms
	Fields   Fields
}

// Service keeps contacts.
type Service struct{ Deps }

// New makes the service.
func New(d Deps) *Service { return &Service{d} }

// Contact is a person across channels (lifecycle 1.3, rest-api.md 4.3).
type Contact struct {
	ID        chat.ContactID    `json:"_id"`
	Name      string            `json:"name"`
	Emails    []string          `json:"emails"`
	Phones    []string          `json:"phones"`
	Manager   chat.AgentID      `json:"contactManager,omitempty"`
	Unknown   bool              `json:"unknown"` // made for a visitor, and nobody has looked at it yet
	Fields    map[string]string `json:"customFields,omitempty"`
	Channels  []Channel         `json:"channels"`
	Conflicts []Conflict        `json:"conflictingFields"`
	LastChat  *chat.ChatRef     `json:"lastChat,omitempty"`
	CreatedAt clock.Instant     `json:"createdAt"`
	UpdatedAt clock.Instant     `json:"_updatedAt"`
}

// Channel is one way in which a contact writes.
type Channel struct {
	Name      string         `json:"name"`
	VisitorID chat.VisitorID `json:"visitorId"`
	Visitor   Association    `json:"visitor"`
	Verified  bool           `json:"verified"`
	Blocked   bool           `json:"blocked"`
	Field     string         `json:"field,omitempty"` // what verifies it: email or phone
	Value     string         `json:"value,omitempty"`
	At        clock.Instant  `json:"verifiedAt,omitzero"`
	Details   chat.Source    `json:"details"`
	LastChat  *chat.ChatRef  `json:"lastChat,omitempty"`
}

// Association names a channel: one for each visitor and source.
type Association struct {
	VisitorID chat.VisitorID `json:"visitorId" required:"true" minLength:"1" maxLength:"255"`
	Source    SourceRef      `json:"source" required:"true"`
}

// SourceRef is the part of a source that names it.
type SourceRef struct {
	Type string `json:"type" required:"true" minLength:"1" maxLength:"50"`
	ID   string `json:"id,omitempty" maxLength:"255"`
}

// Conflict is a value that a merge could not decide about.
type Conflict struct {
	Field string `json:"field"` // name, manager or customFields.<id>
	Value string `json:"value"`
}

func errOpenRooms() error { return fault.Text(fault.Invalid, "error-contact-has-open-rooms") }

func errUnknown() error { return fault.Text(fault.Invalid, "error-contact-not-found") }

func errNoChannel() error { return fault.Text(fault.Invalid, "error-contact-channel-not-found") }

func errStranger() error { return fault.New(fault.Invalid, "error-unknown-contact", "") }

const codeUnverified = "error-unverified-contact"

func errUnverified() error { return fault.New(fault.Invalid, codeUnverified, "") }

func errManager() error { return fault.Text(fault.Invalid, "error-contact-manager-not-found") }

// Find returns a contact, nil for an unknown one.
func (s *Service) Find(ctx context.Context, id chat.ContactID) (*Contact, error) {
	c, err := find(ctx, s.DB, id)
	if errors.Is(err, db.ErrNoRows) {
		return nil, nil
	}
	return &c, err
}

// Draft is what somebody writes of a contact; nil is left alone.
type Draft struct {
	Name     *string
	Emails   *[]string
	Phones   *[]string
	Manager  *chat.AgentID // of an agent; empty: nobody
	Fields   *map[string]string
	Wipe     bool // forget conflicts
	Resolves bool // what is written settles conflicts about it
}

// Create makes a contact that has no channel yet.
func (s *Service) Create(ctx context.Context, d Draft) (chat.ContactID, error) {
	c := Contact{ID: chat.ContactID(id.New()), Emails: []string{}, Phones: []string{}, Fields: map[string]string{}}
	err := s.DB.InTx(ctx, func(tx *db.Tx) error {
		next, err := s.written(ctx, tx, c, d)
		if err != nil {
			return err
		}
		if err := s.complete(ctx, tx, next.Fields); err != nil {
			return err
		}
		if err := insert(ctx, tx, next); err != nil {
			return err
		}
		return tx.Emit(ctx, chat.ContactChanged{Contact: c.ID})
	})
	return c.ID, err
}

// complete refuses values that lack a required field.
func (s *Service) complete(ctx context.Context, q db.Querier, values map[string]string) error {
	missing, err := s.Fields.Required(ctx, q, chat.ScopeVisitor, values)
	if err == nil && len(missing) > 0 {
		err = fault.Text(fault.Invalid, "Invalid value for "+missing[0].Label+" field")
	}
	return err
}

// Update changes a contact, and what its visitors are called and managed by (LC-CON-4).
func (s *Service) Update(ctx context.Context, id chat.ContactID, d Draft) (c Contact, err error) {
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		c, err = s.update(ctx, tx, id, d)
		return err
	})
	return c, err
}

func (s *Service) update(ctx context.Context, tx *db.Tx, id chat.ContactID, d Draft) (Contact, error) {
	old, err := hold(ctx, tx, id)
	if err != nil {
		return old, err
	}
	if d.Resolves && len(old.Conflicts) == 0 {
		return old, fault.Text(fault.Invalid, "error-contact-has-no-conflicts")
	}
	next, err := s.written(ctx, tx, old, d)
	if err != nil {
		return old, err
	}
	if d.Fields != nil && !d.Resolves {
		if err := s.complete(ctx, tx, next.Fields); err != nil {
			return old, err
		}
	}
	next.Unknown = false
	if err := s.save(ctx, tx, next); err != nil {
		return old, err
	}
	return next, s.tellVisitors(ctx, tx, old, next)
}

// tellVisitors gives the visitors of a contact its new name and manager.
func (s *Service) tellVisitors(ctx context.Context, tx *db.Tx, old, next Contact) error {
	if old.Name == next.Name && old.Manager == next.Manager {
		return nil
	}
	all, err := visitorsOf(ctx, tx, next.ID)
	if err != nil {
		return err
	}
	for _, v := range all {
		if old.Name != next.Name {
			if _, err := s.Visitors.Correct(ctx, tx, v, chat.Correction{Name: &next.Name}); err != nil {
				return err
			}
		}
		if old.Manager != next.Manager {
			if err := s.Visitors.Manage(ctx, tx, v, next.Manager); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *Service) save(ctx context.Context, tx *db.Tx, c Contact) error {
	if err := update(ctx, tx, c); err != nil {
		return err
	}
	return tx.Emit(ctx, chat.ContactChanged{Contact: c.ID})
}

// hold locks a contact and reads it.
func hold(ctx context.Context, tx *db.Tx, id chat.ContactID) (Contact, error) {
	if err := lock(ctx, tx, id); err != nil {
		return Contact{}, err
	}
	c, err := find(ctx, tx, id)
	if errors.Is(err, db.ErrNoRows) {
		return c, errUnknown()
	}
	return c, err
}

// Package triggers keeps proactive messages: what they wait for and what they do.
// Whether one fires is decided in the visitor's browser, by the same functions that the
// console's preview uses; this package delivers them, asks other people's services for
// texts, and remembers what they did for visitors who have acted. It stores nothing
// about anybody who has not.
package triggers

import (
	"context"
	"errors"

	"github.com/dlclark/regexp2"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/id"
	"github.com/foyerchat/foyer/platform/outbound"
	"github.com/foyerchat/foyer/platform/rest"
)

// Settings is the snapshot of the settings.
type Settings interface{ Current() *chat.Settings }

// Outbound sends requests to other people's servers.
type Outbound interface {
	Do(ctx context.Context, r outbound.Request) (outbound.Response, error)
}

// Agents knows who would get a chat.
type Agents interface {
	// Upcoming is he as visitors may see him, nil: nobody.
	Upcoming(ctx context.Context, v chat.Visitor) (*chat.AgentView, error)
}

// Guests knows who holds a secret of our own widget.
type Guests interface {
	BySecret(ctx context.Context, secret string) (chat.Actor, error)
}

// Sight knows who may see which room.
type Sight interface {
	Visible(ctx context.Context, a chat.Actor, rid chat.RoomID) (chat.Room, chat.Can, error)
}

// Onsite knows who is on the sites now.
type Onsite interface {
	// Visitor is whom an actor sees there, and since when; without an id he has not acted.
	Visitor(ctx context.Context, a chat.Actor, sighting string) (chat.VisitorID, clock.Instant, error)
}

// Deps is what triggers need.
type Deps struct {
	DB       *db.DB
	Clock    clock.Clock
	Settings Settings
	Outbound Outbound
	Agents   Agents
	Guests   Guests
	Sight    Sight
	Onsite   Onsite
}

// Service keeps triggers.
type Service struct{ Deps }

// New makes the service.
func New(d Deps) *Service { return &Service{d} }

// most bounds the triggers of a server: each visitor's browser gets them all.
const most = 200

// List is a page of the triggers, the oldest first, and how many there are. No limit: all.
func (s *Service) List(ctx context.Context, by rest.Sort, offset, limit int64) ([]chat.Trigger, int64, error) {
	return list(ctx, s.DB, by, offset, limit)
}

// Find is a trigger, nil: there is none.
func (s *Service) Find(ctx context.Context, t chat.TriggerID) (*chat.Trigger, error) {
	found, err := find(ctx, s.DB, t)
	if errors.Is(err, db.ErrNoRows) {
		return nil, nil
	}
	return &found, err
}

// Save makes a trigger, or replaces the one of its id.
func (s *Service) Save(ctx context.Context, t chat.Trigger) (chat.Trigger, error) {
	if f := check(t); f != nil {
		return t, f
	}
	err := s.DB.InTx(ctx, func(tx *db.Tx) (err error) {
		t, err = s.save(ctx, tx, t)
		return err
	})
	return t, err
}

func (s *Service) save(ctx context.Context, tx *db.Tx, t chat.Trigger) (chat.Trigger, error) {
	if there, err := siteExists(ctx, tx, t.Site); err != nil || !there {
		return t, or(err, fault.New(fault.Invalid, "error-invalid-site", "Unknown site").At("site"))
	}
	was, err := find(ctx, tx, t.ID)
	switch {
	case err == nil:
		t.Number = was.Number
	case !errors.Is(err, db.ErrNoRows):
		return t, err
	default:
		if t, err = s.begin(ctx, tx, t); err != nil {
			return t, err
		}
	}
	t.UpdatedAt = tx.Now()
	if err := write(ctx, tx, t); err != nil {
		return t, err
	}
	return t, tx.Emit(ctx, chat.TriggersChanged{})
}

// begin gives a new trigger its id and number.
func (s *Service) begin(ctx context.Context, tx *db.Tx, t chat.Trigger) (_ chat.Trigger, err error) {
	if t.ID == "" {
		t.ID = chat.TriggerID(id.New())
	}
	if t.Number, err = tx.Next(ctx, "triggers"); err != nil {
		return t, err
	}
	n, err := count(ctx, tx)
	if err == nil && n >= most {
		err = fault.New(fault.Invalid, "error-too-many-triggers", "There are as many triggers as there may be")
	}
	return t, err
}

func or(err, other error) error {
	if err != nil {
		return err
	}
	return other
}

// Delete removes a trigger; one that does not exist is gone already.
func (s *Service) Delete(ctx context.Context, t chat.TriggerID) error {
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		if err := remove(ctx, tx, t); err != nil {
			return err
		}
		return tx.Emit(ctx, chat.TriggersChanged{})
	})
}

// check refuses what cannot work, an expression that is none included. Browsers find
// out for themselves whether an expression takes too long.
func check(t chat.Trigger) *fault.Fault {
	if f := t.Check(); f != nil {
		return f
	}
	for _, c := range t.Conditions {
		if c.Name != chat.OnPageURL {
			continue
		}
		if _, err := regexp2.Compile(c.Text(), regexp2.ECMAScript); err != nil {
			return fault.New(fault.Invalid, "invalid-params", "conditions.value must be a regular expression").At("conditions.value")
		}
	}
	return nil
}

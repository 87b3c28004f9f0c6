// Package sla keeps the five priorities and the SLA policies: what orders the queue besides
// age. Rooms and inquiries carry copies of both.
package sla

import (
	"context"
	"errors"
	"strings"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/id"
	"github.com/foyerchat/foyer/platform/rest"
)

// Deps is what sla needs.
type Deps struct {
	DB *db.DB
}

// Service keeps them.
type Service struct{ Deps }

// New makes the service.
func New(d Deps) *Service { return &Service{d} }

// Policy is an SLA policy (tags-units 5.1).
type Policy struct {
	ID          chat.SLAID    `json:"_id"`
	Name        string        `json:"name"`
	Description string        `json:"description"`
	Minutes     int64         `json:"dueTimeInMinutes"`
	UpdatedAt   clock.Instant `json:"_updatedAt"`
}

// Filter says which records are wanted.
type Filter struct {
	Text   string // part of the name or description, case-insensitive
	Offset int64
	Limit  int64 // 0: all
	Sort   rest.Sort
}

// Policies returns a page of them, and how many there are.
func (s *Service) Policies(ctx context.Context, f Filter) ([]Policy, int64, error) {
	return listPolicies(ctx, s.DB, f)
}

// Policy finds one.
func (s *Service) Policy(ctx context.Context, policy chat.SLAID) (Policy, error) {
	p, err := findPolicy(ctx, s.DB, policy)
	return p, unknown(err, fault.NotFound, policy)
}

func unknown(err error, kind fault.Kind, policy chat.SLAID) error {
	if errors.Is(err, db.ErrNoRows) {
		return fault.Text(kind, "SLA with id "+string(policy)+" not found")
	}
	return err
}

// CreatePolicy makes one.
func (s *Service) CreatePolicy(ctx context.Context, p Policy) (Policy, error) {
	p.ID = chat.SLAID(id.New())
	return s.save(ctx, p, func(tx *db.Tx, p Policy) error { return insertPolicy(ctx, tx, p) })
}

// UpdatePolicy replaces one; another due time is told to the chats that have it.
func (s *Service) UpdatePolicy(ctx context.Context, p Policy) (Policy, error) {
	return s.save(ctx, p, func(tx *db.Tx, p Policy) error {
		old, err := findPolicy(ctx, tx, p.ID)
		if err != nil {
			return unknown(err, fault.NotFound, p.ID)
		}
		if err := updatePolicy(ctx, tx, p); err != nil || old.Minutes == p.Minutes {
			return err
		}
		return tx.Emit(ctx, chat.SLAChanged{SLA: p.ID, Minutes: p.Minutes})
	})
}

// save writes a policy whose name and due time are nobody else's.
func (s *Service) save(ctx context.Context, p Policy, write func(*db.Tx, Policy) error) (Policy, error) {
	p.Name, p.Description = strings.TrimSpace(p.Name), strings.TrimSpace(p.Description)
	if p.Name == "" {
		return p, fault.New(fault.Invalid, "error-invalid-name", "A name is needed").At("name")
	}
	err := s.change(ctx, func(tx *db.Tx) error {
		field, err := takenBy(ctx, tx, p)
		if err != nil {
			return err
		}
		if field != "" {
			return fault.New(fault.Invalid, "error-duplicated-sla", "Another policy has this name or due time").At(field)
		}
		p.UpdatedAt = tx.Now()
		return write(tx, p)
	})
	return p, err
}

// change makes the changes of priorities and policies wait for each other.
func (s *Service) change(ctx context.Context, fn func(*db.Tx) error) error {
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		if _, err := tx.Next(ctx, "sla"); err != nil {
			return err
		}
		return fn(tx)
	})
}

// DeletePolicy removes one, also from the chats that have it.
func (s *Service) DeletePolicy(ctx context.Context, policy chat.SLAID) error {
	return s.change(ctx, func(tx *db.Tx) error {
		if _, err := findPolicy(ctx, tx, policy); err != nil {
			return unknown(err, fault.Invalid, policy)
		}
		if err := removePolicy(ctx, tx, policy); err != nil {
			return err
		}
		return tx.Emit(ctx, chat.SLAChanged{SLA: policy, Removed: true})
	})
}

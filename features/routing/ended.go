package routing

import (
	"context"
	"errors"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
)

// refused is a refusal with the decision behind it, which was rolled back with
// everything else.
type refused struct {
	error
	decision Decision
}

// Unwrap is the refusal itself.
func (r refused) Unwrap() error { return r.error }

// Refused keeps the decision behind a refused move, now that its transaction has
// been rolled back, and gives the error back as it came.
func (s *Service) Refused(ctx context.Context, err error) error {
	var r refused
	if !errors.As(err, &r) {
		return err
	}
	kept := s.DB.InTx(ctx, func(tx *db.Tx) error {
		_, err := s.record(ctx, tx, r.decision)
		return err
	})
	if kept != nil {
		s.Log.Warn("a refused decision was not kept", "room", r.decision.RID, "error", kept)
	}
	return r.error
}

// Ended records why the server itself closed a room.
func (s *Service) Ended(ctx context.Context, tx *db.Tx, r chat.Room, why string) error {
	v := Verdict{Department: r.DepartmentID, Rule: RuleClosed, Reason: why}
	if r.ServedBy != nil {
		v.Agent = r.ServedBy.ID
	}
	_, err := s.record(ctx, tx, Decision{RID: r.ID, Kind: KindClose, Verdict: v})
	return err
}

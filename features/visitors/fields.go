package visitors

import (
	"context"
	"maps"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
)

// filled are the stored values with those of a registration over them.
func (s *Service) filled(ctx context.Context, q db.Querier, stored map[string]string, r Registration) (map[string]string, error) {
	if len(r.Fields) == 0 {
		return stored, nil
	}
	return s.Fields.Fill(ctx, q, chat.FieldWrites{Scope: chat.ScopeVisitor, Stored: stored, New: r.Fields, Trusted: r.Trusted})
}

// WriteFields writes values of visitor scope; what does not differ is not announced.
func (s *Service) WriteFields(ctx context.Context, tx *db.Tx, id chat.VisitorID, w chat.FieldWrites) error {
	if err := lock(ctx, tx, id); err != nil {
		return err
	}
	v, err := byID(ctx, tx, id)
	if err != nil {
		return err
	}
	_, err = s.update(ctx, tx, v, Registration{Fields: w.New, Trusted: w.Trusted, ByStaff: true})
	return err
}

// KeepForRoom keeps values of room scope for the visitor's next room (LC-CF-2).
func (s *Service) KeepForRoom(ctx context.Context, tx *db.Tx, id chat.VisitorID, w chat.FieldWrites) (err error) {
	if w.Stored, err = lockRoomData(ctx, tx, id); err != nil {
		return err
	}
	kept, err := s.Fields.Fill(ctx, tx, w)
	if err != nil || maps.Equal(kept, w.Stored) {
		return err
	}
	return saveRoomData(ctx, tx, id, kept)
}

// RoomDataGiven forgets what was kept for the visitor's next room: it has it now.
func (s *Service) RoomDataGiven(ctx context.Context, tx *db.Tx, id chat.VisitorID) error {
	return saveRoomData(ctx, tx, id, nil)
}

// onFieldChanged removes what is stored in a field that is no more.
func (s *Service) onFieldChanged(ctx context.Context, _ string, e chat.FieldChanged) error {
	if !e.Removed {
		return nil
	}
	for {
		left, err := holdersOf(ctx, s.DB, e.Field)
		if err != nil || len(left) == 0 {
			return err
		}
		for _, id := range left {
			if err := s.DB.InTx(ctx, func(tx *db.Tx) error { return dropField(ctx, tx, id, e.Field) }); err != nil {
				return err
			}
			s.guests.drop(id)
		}
	}
}

package rooms

import (
	"context"
	"errors"
	"maps"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
)

// WriteFields writes values of room scope into all open rooms of a visitor and says
// how many those are (custom-fields.md 4).
func (s *Service) WriteFields(ctx context.Context, tx *db.Tx, v chat.VisitorID, w chat.FieldWrites) (int, error) {
	rooms, err := openRoomsOf(ctx, tx, v)
	if err != nil {
		return 0, err
	}
	for _, rid := range rooms {
		l, err := open(ctx, tx, rid)
		if err != nil {
			return 0, err
		}
		changed, err := s.fill(ctx, l, w)
		if err == nil && changed {
			if err = l.changed(ctx); err == nil {
				err = l.save(ctx)
			}
		}
		if err != nil {
			return 0, err
		}
	}
	return len(rooms), nil
}

// fill writes values into a held room; false: it had them.
func (s *Service) fill(ctx context.Context, l *ledger, w chat.FieldWrites) (bool, error) {
	if len(w.New) == 0 {
		return false, nil
	}
	w.Scope, w.Stored = chat.ScopeRoom, l.room.LivechatData
	filled, err := s.Fields.Fill(ctx, l.tx, w)
	if err != nil || maps.Equal(filled, l.room.LivechatData) {
		return false, err
	}
	l.room.LivechatData = filled
	return true, nil
}

// plainly words the refusal of a value as staff's endpoints do: without a code.
func plainly(err error) error {
	if f, ok := fault.Of(err); ok && f.Code == "error-invalid-custom-field-value" {
		return fault.Text(fault.Invalid, f.Message)
	}
	return err
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
		for _, rid := range left {
			err := s.DB.InTx(ctx, func(tx *db.Tx) error { return dropField(ctx, tx, rid, e.Field) })
			if err != nil && !errors.Is(err, db.ErrNoRows) {
				return err
			}
		}
	}
}

func dropField(ctx context.Context, tx *db.Tx, rid chat.RoomID, f chat.FieldID) error {
	l, err := open(ctx, tx, rid)
	if err != nil {
		return err
	}
	data := maps.Clone(l.room.LivechatData)
	delete(data, string(f))
	if !l.room.Open {
		return saveData(ctx, tx, rid, data)
	}
	l.room.LivechatData = data
	if err := l.changed(ctx); err != nil {
		return err
	}
	return l.save(ctx)
}

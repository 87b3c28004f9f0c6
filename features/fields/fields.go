// Package fields defines custom fields and says what may be stored in them. The
// values themselves belong to visitors, rooms and contacts, which ask Fill before
// they write.
package fields

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/rest"
)

// Visitors keep the values of visitor scope, and those of room scope while a visitor
// has no room.
type Visitors interface {
	ByToken(ctx context.Context, token string) (chat.Visitor, error)
	// WriteFields writes values of visitor scope.
	WriteFields(ctx context.Context, tx *db.Tx, v chat.VisitorID, w chat.FieldWrites) error
	// KeepForRoom keeps values for the visitor's next room.
	KeepForRoom(ctx context.Context, tx *db.Tx, v chat.VisitorID, w chat.FieldWrites) error
}

// Rooms keep the values of room scope.
type Rooms interface {
	// WriteFields writes values into all open rooms of a visitor and says how many those are.
	WriteFields(ctx context.Context, tx *db.Tx, v chat.VisitorID, w chat.FieldWrites) (int, error)
}

// Deps is what fields need.
type Deps struct {
	DB       *db.DB
	Visitors Visitors
	Rooms    Rooms
}

// Service defines them.
type Service struct{ Deps }

// New makes the service.
func New(d Deps) *Service { return &Service{d} }

// Filter says which definitions are wanted.
type Filter struct {
	Text   string // part of label or id, case-insensitive
	Offset int64
	Limit  int64 // 0: all
	Sort   rest.Sort
}

// List returns a page of definitions and how many there are.
func (s *Service) List(ctx context.Context, f Filter) ([]chat.CustomField, int64, error) {
	return list(ctx, s.DB, f)
}

// Find returns a definition, nil for an unknown one.
func (s *Service) Find(ctx context.Context, id chat.FieldID) (*chat.CustomField, error) {
	f, err := find(ctx, s.DB, id)
	if errors.Is(err, db.ErrNoRows) {
		return nil, nil
	}
	return &f, err
}

func errUnknown() error {
	return fault.New(fault.Invalid, "error-invalid-custom-field", "There is no such custom field").At("customFieldId")
}

// Save defines a field, or changes the one of the id (custom-fields.md 2, 3).
func (s *Service) Save(ctx context.Context, id chat.FieldID, f chat.CustomField) (chat.CustomField, error) {
	f, err := cleaned(f)
	if err != nil {
		return f, err
	}
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		f.UpdatedAt = tx.Now()
		write, refusal := insert, errTaken
		if id != "" {
			write, refusal = update, errUnknown
		}
		if id != "" && id != f.ID {
			return errFixedName()
		}
		if written, err := write(ctx, tx, f); err != nil {
			return err
		} else if !written {
			return refusal()
		}
		return tx.Emit(ctx, chat.FieldChanged{Field: f.ID})
	})
	return f, err
}

// Delete removes a definition; its values go in the background.
func (s *Service) Delete(ctx context.Context, id chat.FieldID) error {
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		removed, err := remove(ctx, tx, id)
		if err != nil {
			return err
		}
		if !removed {
			return errUnknown()
		}
		return tx.Emit(ctx, chat.FieldChanged{Field: id, Removed: true})
	})
}

// Fill returns the stored values with the written ones over them. Fields that are not
// defined, of another scope, or not the writer's to fill are left out; an empty text
// takes a value away (custom-fields.md 4).
func (s *Service) Fill(ctx context.Context, q db.Querier, w chat.FieldWrites) (map[string]string, error) {
	filled := map[string]string{}
	for key, value := range w.Stored {
		filled[key] = value
	}
	defined, err := all(ctx, q)
	if err != nil {
		return nil, err
	}
	for _, v := range w.New {
		i := slices.IndexFunc(defined, func(f chat.CustomField) bool { return f.ID == v.Key && f.Scope == w.Scope })
		if i < 0 || !w.Trusted && !open(defined[i]) || filled[string(v.Key)] != "" && !v.Overwrite {
			continue
		}
		value := strings.TrimSpace(v.Value)
		if value == "" {
			delete(filled, string(v.Key))
			continue
		}
		if !fits(defined[i], value) {
			return nil, errValue(defined[i])
		}
		filled[string(v.Key)] = value
	}
	return filled, nil
}

// Required lists the required fields of a scope that have no value.
func (s *Service) Required(ctx context.Context, q db.Querier, scope chat.FieldScope, values map[string]string) ([]chat.CustomField, error) {
	defined, err := all(ctx, q)
	return slices.DeleteFunc(defined, func(f chat.CustomField) bool {
		return f.Scope != scope || !f.Required || values[string(f.ID)] != ""
	}), err
}

// Known reports which of these fields are defined for the scope.
func (s *Service) Known(ctx context.Context, q db.Querier, scope chat.FieldScope) (map[chat.FieldID]bool, error) {
	defined, err := all(ctx, q)
	known := map[chat.FieldID]bool{}
	for _, f := range defined {
		known[f.ID] = f.Scope == scope
	}
	return known, err
}

// Write stores values of the visitor of a token, all or none.
func (s *Service) Write(ctx context.Context, token string, values []chat.FieldWrite, trusted bool) error {
	v, err := s.Visitors.ByToken(ctx, token)
	if err != nil {
		return err
	}
	return s.WriteOf(ctx, v.ID, values, trusted)
}

// WriteOf is Write for a visitor who is known.
func (s *Service) WriteOf(ctx context.Context, v chat.VisitorID, values []chat.FieldWrite, trusted bool) error {
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		split, err := byScope(ctx, tx, values, trusted)
		if err != nil {
			return err
		}
		if w := split[chat.ScopeVisitor]; len(w.New) > 0 {
			if err := s.Visitors.WriteFields(ctx, tx, v, w); err != nil {
				return err
			}
		}
		w := split[chat.ScopeRoom]
		if len(w.New) == 0 {
			return nil
		}
		if n, err := s.Rooms.WriteFields(ctx, tx, v, w); err != nil || n > 0 {
			return err
		}
		return s.Visitors.KeepForRoom(ctx, tx, v, w)
	})
}

// byScope sorts values by the scope of their fields and refuses those of no field.
func byScope(ctx context.Context, q db.Querier, values []chat.FieldWrite, trusted bool) (map[chat.FieldScope]chat.FieldWrites, error) {
	defined, err := all(ctx, q)
	if err != nil {
		return nil, err
	}
	split := map[chat.FieldScope]chat.FieldWrites{}
	for _, v := range values {
		i := slices.IndexFunc(defined, func(f chat.CustomField) bool { return f.ID == v.Key })
		if i < 0 || !trusted && !open(defined[i]) {
			return nil, fault.New(fault.Invalid, "invalid-custom-field", "").At("key")
		}
		scope := defined[i].Scope
		w := split[scope]
		w.Scope, w.Trusted, w.New = scope, trusted, append(w.New, v)
		split[scope] = w
	}
	return split, nil
}

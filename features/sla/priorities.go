package sla

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/rest"
)

// Priority is one of the five (tags-units 4.1).
type Priority struct {
	ID        chat.PriorityID `json:"_id"`
	I18n      string          `json:"i18n"`           // its default name in English, to be translated
	Name      string          `json:"name,omitempty"` // when renamed
	SortItem  int64           `json:"sortItem"`       // 1 highest to 5 lowest
	Dirty     bool            `json:"dirty"`          // renamed
	UpdatedAt clock.Instant   `json:"_updatedAt"`
}

// defaults are the default names, the highest first.
var defaults = []string{"Highest", "High", "Medium", "Low", "Lowest"}

// translated are the default names in the languages of the screens, for the search.
var translated = map[string]string{
	"Highest": "highest höchste الأعلى", "High": "high hoch عالية", "Medium": "medium mittel متوسطة",
	"Low": "low niedrig منخفضة", "Lowest": "lowest niedrigste الأدنى",
}

// Start repairs a changed or missing set; names survive.
func (s *Service) Start(ctx context.Context) error {
	return s.change(ctx, func(tx *db.Tx) error {
		now, err := listPriorities(ctx, tx)
		if err != nil || whole(now) {
			return err
		}
		return repair(ctx, tx)
	})
}

func whole(all []Priority) bool {
	for i, p := range all {
		if i >= len(defaults) || p.I18n != defaults[i] || p.SortItem != int64(i+1) {
			return false
		}
	}
	return len(all) == len(defaults)
}

// Priorities lists them, the highest first. A text is looked for in the name, or in
// the default name and its translations of one that has none.
func (s *Service) Priorities(ctx context.Context, text string) ([]Priority, error) {
	all, err := listPriorities(ctx, s.DB)
	text = strings.ToLower(text)
	found := []Priority{}
	for _, p := range all {
		in := p.Name
		if in == "" {
			in = translated[p.I18n]
		}
		if strings.Contains(strings.ToLower(in), text) {
			found = append(found, p)
		}
	}
	return found, err
}

// Priority finds one.
func (s *Service) Priority(ctx context.Context, priority chat.PriorityID) (Priority, error) {
	p, err := findPriority(ctx, s.DB, priority)
	if errors.Is(err, db.ErrNoRows) {
		return p, fault.Text(fault.NotFound, "Priority with id "+string(priority)+" not found")
	}
	return p, err
}

// Rename gives a priority another name; an empty one, or its own default name, is
// its default name again.
func (s *Service) Rename(ctx context.Context, priority chat.PriorityID, name string) error {
	return s.change(ctx, func(tx *db.Tx) error {
		p, err := findPriority(ctx, tx, priority)
		if errors.Is(err, db.ErrNoRows) {
			return fault.Text(fault.Invalid, "error-unable-to-update-priority")
		}
		if err != nil {
			return err
		}
		if name == p.I18n {
			name = ""
		}
		if err := mayBeNamed(ctx, tx, p, name); err != nil {
			return err
		}
		return rename(ctx, tx, p, name)
	})
}

// mayBeNamed refuses the name of another priority, also its default one.
func mayBeNamed(ctx context.Context, tx *db.Tx, p Priority, name string) error {
	all, err := listPriorities(ctx, tx)
	for _, o := range all {
		if o.ID != p.ID && name != "" && (strings.EqualFold(o.Name, name) || strings.EqualFold(o.I18n, name)) {
			return fault.Text(fault.Invalid, "error-duplicate-priority-name")
		}
	}
	return err
}

func rename(ctx context.Context, tx *db.Tx, p Priority, name string) error {
	if p.Name == name {
		return nil
	}
	if err := setName(ctx, tx, p.ID, name); err != nil {
		return err
	}
	return tx.Emit(ctx, chat.PriorityChanged{ID: p.ID, Name: name})
}

// Renamed reports whether any priority has a name of its own.
func (s *Service) Renamed(ctx context.Context) (bool, error) {
	all, err := listPriorities(ctx, s.DB)
	return renamed(all), err
}

func renamed(all []Priority) bool {
	for _, p := range all {
		if p.Dirty {
			return true
		}
	}
	return false
}

// ResetAll gives all their default names.
func (s *Service) ResetAll(ctx context.Context) error {
	return s.change(ctx, func(tx *db.Tx) error {
		all, err := listPriorities(ctx, tx)
		if err != nil {
			return err
		}
		if !renamed(all) {
			return fault.New(fault.Invalid, "error-nothing-to-reset", "No priority is renamed")
		}
		for _, p := range all {
			if err := rename(ctx, tx, p, ""); err != nil {
				return err
			}
		}
		return nil
	})
}

// sorted is the list in a caller's order; what cannot be sorted by is left out.
func sorted(all []Priority, by rest.Sort) []Priority {
	for _, k := range slices.Backward(by) {
		compare, ok := sortablePriorities[k.Field]
		if !ok {
			continue
		}
		slices.SortStableFunc(all, func(a, b Priority) int {
			if k.Desc {
				return compare(b, a)
			}
			return compare(a, b)
		})
	}
	return all
}

var sortablePriorities = map[string]func(a, b Priority) int{
	"sortItem": func(a, b Priority) int { return int(a.SortItem - b.SortItem) },
	"name":     func(a, b Priority) int { return strings.Compare(a.shown(), b.shown()) },
	"i18n":     func(a, b Priority) int { return strings.Compare(a.I18n, b.I18n) },
}

// shown is the name in English.
func (p Priority) shown() string {
	if p.Dirty {
		return p.Name
	}
	return p.I18n
}

// Package tags keeps the tags that people put on conversations. A room stores the names, so
// renaming or deleting a tag changes no conversation.
package tags

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/id"
	"github.com/foyerchat/foyer/platform/rest"
)

// Deps is what tags needs.
type Deps struct {
	DB     *db.DB
	Canned Canned
}

// Canned keeps prepared texts, which carry names of tags.
type Canned interface {
	// ForgetTag takes the name of a removed tag from them.
	ForgetTag(ctx context.Context, tx *db.Tx, name string) error
}

// Service keeps them.
type Service struct{ Deps }

// New makes the service.
func New(d Deps) *Service { return &Service{d} }

// Tag is a name to put on conversations (tags-units 1.1).
type Tag struct {
	ID             chat.TagID          `json:"_id"`
	Name           string              `json:"name"`
	Description    string              `json:"description,omitempty"`
	NumDepartments int                 `json:"numDepartments"`
	Departments    []chat.DepartmentID `json:"departments"` // none: usable for every chat
	UpdatedAt      clock.Instant       `json:"_updatedAt"`
}

// Filter says which tags are wanted.
type Filter struct {
	Text       string // part of the name or description, case-insensitive
	Department chat.DepartmentID
	All        bool // also those of other departments; for who manages tags
	Offset     int64
	Limit      int64 // 0: all
	Sort       rest.Sort
}

// List returns a page of the tags the actor may use for what the filter says, and
// how many there are (tags-units 1.3).
func (s *Service) List(ctx context.Context, by chat.Actor, f Filter) ([]Tag, int64, error) {
	manages := by.May(chat.ManageLivechatTags)
	v := view{user: by.User, all: f.All && manages, department: f.Department}
	if f.Department != "" && !manages {
		his, err := isHis(ctx, s.DB, by.User, f.Department)
		if err != nil {
			return nil, 0, err
		}
		if !his {
			v.department = ""
		}
	}
	v.own = v.department == "" && !manages
	return list(ctx, s.DB, v, f)
}

// Find returns a tag.
func (s *Service) Find(ctx context.Context, tag chat.TagID) (Tag, error) {
	t, err := find(ctx, s.DB, tag)
	if errors.Is(err, db.ErrNoRows) {
		return t, fault.Text(fault.NotFound, notFound)
	}
	return t, err
}

const notFound = "Tag not found"

// Draft is what a tag shall be: the whole record.
type Draft struct {
	ID          chat.TagID // empty: a new one
	Name        string
	Description string
	Departments []chat.DepartmentID
}

// Save makes a tag or replaces one.
func (s *Service) Save(ctx context.Context, d Draft) (t Tag, err error) {
	d.Name, d.Description = strings.TrimSpace(d.Name), strings.TrimSpace(d.Description)
	if d.Name == "" {
		return t, fault.New(fault.Invalid, "error-invalid-name", "A name is needed").At("tagData.name")
	}
	d.Departments = slices.Clone(d.Departments)
	slices.Sort(d.Departments)
	d.Departments = slices.Compact(d.Departments)
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		if _, err := tx.Next(ctx, "tags"); err != nil { // two changes of names wait for each other
			return err
		}
		if t, err = s.save(ctx, tx, d); err != nil {
			return err
		}
		t, err = find(ctx, tx, t.ID)
		return err
	})
	return t, err
}

func (s *Service) save(ctx context.Context, tx *db.Tx, d Draft) (Tag, error) {
	t := Tag{ID: d.ID, Name: d.Name, Description: d.Description}
	write := update
	if d.ID == "" {
		t.ID, write = chat.TagID(id.New()), insert
	} else if _, err := find(ctx, tx, d.ID); errors.Is(err, db.ErrNoRows) {
		return t, fault.Text(fault.NotFound, notFound)
	} else if err != nil {
		return t, err
	}
	written, err := write(ctx, tx, t)
	if err != nil {
		return t, err
	}
	if !written {
		return t, fault.New(fault.Invalid, "error-duplicate-tag-name", "The name is in use").At("tagData.name")
	}
	known, err := countKnown(ctx, tx, t.ID, d.Departments)
	if err != nil {
		return t, err
	}
	if known != int64(len(d.Departments)) {
		return t, fault.New(fault.Invalid, "error-invalid-department", "Invalid department").At("tagDepartments")
	}
	return t, setDepartments(ctx, tx, t.ID, d.Departments)
}

// Delete removes a tag; conversations keep its name.
func (s *Service) Delete(ctx context.Context, tag chat.TagID) error {
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		t, err := find(ctx, tx, tag)
		if errors.Is(err, db.ErrNoRows) {
			return fault.Text(fault.Invalid, notFound)
		} else if err != nil {
			return err
		}
		if err := remove(ctx, tx, tag); err != nil {
			return err
		}
		return s.Canned.ForgetTag(ctx, tx, t.Name)
	})
}

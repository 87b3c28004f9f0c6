// Package canned keeps prepared texts: of one person, of a department, of everybody.
// It does not put them into messages, nor does it fill their placeholders: what an
// agent sends is written by rooms.
package canned

import (
	"context"
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/id"
	"github.com/foyerchat/foyer/platform/rest"
)

// Deps is what canned responses need.
type Deps struct{ DB *db.DB }

// Service keeps them.
type Service struct{ Deps }

// New makes the service.
func New(d Deps) *Service { return &Service{d} }

// Scope says whose a response is.
type Scope string

// The scopes.
const (
	Global     Scope = "global"
	Department Scope = "department"
	User       Scope = "user"
)

// Response is a prepared text (canned-responses.md 2).
type Response struct {
	ID           chat.CannedID     `json:"_id"`
	Shortcut     string            `json:"shortcut"`
	Text         string            `json:"text"`
	Scope        Scope             `json:"scope"`
	DepartmentID chat.DepartmentID `json:"departmentId,omitempty"`
	Tags         []string          `json:"tags"`
	UserID       chat.UserID       `json:"userId,omitempty"`
	CreatedBy    Creator           `json:"createdBy"`
	CreatedAt    clock.Instant     `json:"_createdAt"`
	UpdatedAt    clock.Instant     `json:"_updatedAt"`
	Can          *Can              `json:"can,omitempty"` // in the list: what the caller may do
}

// Creator is who made a response.
type Creator struct {
	ID       chat.UserID `json:"_id"`
	Username string      `json:"username"`
}

// Can is what somebody may do with a response.
type Can struct {
	Change bool `json:"change"`
	Remove bool `json:"remove"`
}

// Filter says which responses are wanted; empty fields do not restrict.
type Filter struct {
	Shortcut   string // exactly
	Text       string // part of shortcut or text, case-insensitive
	Scope      Scope
	Tags       []string // has one of them
	Department chat.DepartmentID
	CreatedBy  chat.UserID
	Offset     int64
	Limit      int64 // 0: all
	Sort       rest.Sort
}

// Usable lists what the actor may put into a message (canned-responses.md 4).
func (s *Service) Usable(ctx context.Context, by chat.Actor) ([]Response, error) {
	return usable(ctx, s.DB, by.User, by.May(chat.ViewAllCannedResponses))
}

// List returns a page of what the actor may see, and how much there is. Who sees all
// departments' sees other people's own ones, too.
func (s *Service) List(ctx context.Context, by chat.Actor, f Filter) ([]Response, int64, error) {
	found, total, err := list(ctx, s.DB, by.User, by.May(chat.ViewAllCannedResponses), f)
	if err != nil {
		return nil, 0, err
	}
	his, err := departmentsOf(ctx, s.DB, by.User)
	for i, r := range found {
		change := mayChange(by, r, his)
		found[i].Can = &Can{Change: change && by.May(chat.SaveCannedResponses), Remove: change && by.May(chat.RemoveCannedResponses)}
	}
	return found, total, err
}

func errUnknown(kind fault.Kind) error { return fault.Text(kind, "error-canned-response-not-found") }

// Find returns a response the actor may see.
func (s *Service) Find(ctx context.Context, by chat.Actor, rid chat.CannedID) (Response, error) {
	r, err := find(ctx, s.DB, by.User, by.May(chat.ViewAllCannedResponses), rid)
	if errors.Is(err, db.ErrNoRows) {
		return r, errUnknown(fault.NotFound)
	}
	return r, err
}

// Save makes a response, or changes the one of the id.
func (s *Service) Save(ctx context.Context, by chat.Actor, r Response) error {
	r.Shortcut = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(r.Shortcut), "!"))
	if r.Shortcut == "" || strings.TrimSpace(r.Text) == "" {
		return fault.New(fault.Invalid, "invalid-params", "A shortcut and a text are needed")
	}
	if r.Tags = once(r.Tags); slices.ContainsFunc(r.Tags, func(t string) bool { return utf8.RuneCountInString(t) > maxTag }) {
		return fault.New(fault.Invalid, "error-invalid-tag", "Invalid tag").At("tags")
	}
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		his, err := departmentsOf(ctx, tx, by.User)
		if err != nil {
			return err
		}
		write := insert
		if r.ID == "" {
			r.ID, r.CreatedBy = chat.CannedID(id.New()), Creator{by.User, by.Username}
		} else {
			write = update
			old, err := find(ctx, tx, by.User, by.May(chat.ViewAllCannedResponses), r.ID)
			if errors.Is(err, db.ErrNoRows) {
				return errUnknown(fault.Invalid)
			} else if err != nil {
				return err
			}
			if !mayChange(by, old, his) {
				return errScope(old.Scope)
			}
			r.UserID = old.UserID
		}
		if r, err = s.owned(ctx, tx, by, r); err != nil {
			return err
		}
		if !mayChange(by, r, his) {
			return errScope(r.Scope)
		}
		return s.write(ctx, tx, r, write)
	})
}

// maxTag is how many characters the name of a tag has at most.
const maxTag = 100

// once are the tags without blanks around them, each once.
func once(tags []string) []string {
	out := []string{}
	for _, t := range tags {
		if t = strings.TrimSpace(t); t != "" && !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	return out
}

// owned gives the response what its scope wants and takes what it does not.
func (s *Service) owned(ctx context.Context, tx *db.Tx, by chat.Actor, r Response) (Response, error) {
	if r.Scope != Department {
		r.DepartmentID = ""
	}
	switch {
	case r.Scope == User && r.UserID == "":
		r.UserID = by.User
	case r.Scope != User:
		r.UserID = ""
	}
	if r.Scope != Department {
		return r, nil
	}
	known, err := departmentExists(ctx, tx, r.DepartmentID)
	if err == nil && !known {
		err = fault.New(fault.Invalid, "error-invalid-department", "Invalid department").At("departmentId")
	}
	return r, err
}

func (s *Service) write(ctx context.Context, tx *db.Tx, r Response, write func(context.Context, *db.Tx, Response) error) error {
	if err := write(ctx, tx, r); db.IsUnique(err) {
		return fault.New(fault.Invalid, "error-invalid-shortcut", "Shortcut provided already exists").At("shortcut")
	} else if err != nil {
		return err
	}
	return tx.Emit(ctx, chat.CannedChanged{})
}

// errScope refuses what somebody may not do with responses of a scope.
func errScope(scope Scope) error {
	return fault.New(fault.Invalid, "error-not-allowed", "Not allowed to save or remove canned responses of "+string(scope)+" scope").At("scope")
}

// Delete removes a response.
func (s *Service) Delete(ctx context.Context, by chat.Actor, rid chat.CannedID) error {
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		old, err := find(ctx, tx, by.User, by.May(chat.ViewAllCannedResponses), rid)
		if errors.Is(err, db.ErrNoRows) {
			return errUnknown(fault.Invalid)
		} else if err != nil {
			return err
		}
		his, err := departmentsOf(ctx, tx, by.User)
		if err != nil {
			return err
		}
		if !mayChange(by, old, his) {
			return errScope(old.Scope)
		}
		if err := remove(ctx, tx, rid); err != nil {
			return err
		}
		return tx.Emit(ctx, chat.CannedChanged{})
	})
}

// mayChange reports whether somebody may save or remove such a response; his are the
// departments he works in or oversees (canned-responses.md 3, 7.3, 7.5).
func mayChange(by chat.Actor, r Response, his map[chat.DepartmentID]bool) bool {
	switch {
	case by.May(chat.SaveAllCannedResponses):
		return true
	case r.Scope == User:
		return r.UserID == by.User
	case r.Scope == Department:
		return by.May(chat.SaveDepartmentCannedResponses) && his[r.DepartmentID]
	}
	return false
}

// ForgetTag takes a removed tag's name from every response.
func (s *Service) ForgetTag(ctx context.Context, tx *db.Tx, name string) error {
	tagged, err := taggedWith(ctx, tx, name)
	if err != nil || len(tagged) == 0 {
		return err
	}
	for _, r := range tagged {
		if err := setTags(ctx, tx, r.ID, slices.DeleteFunc(r.Tags, func(t string) bool { return t == name })); err != nil {
			return err
		}
	}
	return tx.Emit(ctx, chat.CannedChanged{})
}

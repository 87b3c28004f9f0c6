package messenger

import (
	"context"
	"errors"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/seal"
)

// Page is a Facebook page whose messages become chats. One that is not entered here has
// no more than the token of the settings. Its own is sealed where it is stored.
type Page struct {
	ID          string            `json:"pageId"`
	Name        string            `json:"name"`
	AccessToken string            `json:"accessToken" doc:"A mask, or empty when the one of the settings is used."`
	Department  chat.DepartmentID `json:"departmentId,omitempty"`
	Welcome     string            `json:"welcomeMessage"`
	Finished    string            `json:"finishedMessage"`
	Offline     string            `json:"offlineMessage"`
	Subscribed  bool              `json:"subscribed"`
}

func errNoPage() error { return fault.Text(fault.NotFound, "Resource not found") }

func errPageExists() error {
	return fault.New(fault.Invalid, "error-page-exists", "This page is entered already").At("pageId")
}

// Pages lists the pages for people: their tokens are masks.
func (s *Service) Pages(ctx context.Context) ([]Page, error) {
	all, err := listPages(ctx, s.DB)
	for i := range all {
		if all[i].AccessToken != "" {
			all[i].AccessToken = chat.SecretMask
		}
	}
	return all, err
}

// token speaks for a page at Facebook: its own, or that of the settings; "": there is none
// that can be used.
func (s *Service) token(p Page) string {
	if p.AccessToken == "" {
		return s.Settings.Current().FacebookKey
	}
	plain, err := seal.Open(*s.key.Load(), p.AccessToken)
	if err != nil {
		s.Log.Error("the token of a page cannot be read, enter it again", "page", p.ID, "error", err)
		return ""
	}
	return plain
}

// sealed is a token as it is stored; a mask stands for the one before.
func (s *Service) sealed(token string, before Page) (string, error) {
	switch token {
	case "":
		return "", nil
	case chat.SecretMask:
		return before.AccessToken, nil
	}
	return seal.Seal(*s.key.Load(), token)
}

// Save makes a page, or changes the one with its id, which there must not be where a new one
// is meant. A mask instead of the token leaves it as it is. What is to be subscribed, or not
// any more, is that at Facebook first: if that fails nothing is changed.
func (s *Service) Save(ctx context.Context, p Page, fresh bool) error {
	if p.Name = line(p.Name); p.Name == "" {
		return fault.New(fault.Invalid, "error-name-required", "A page has a name").At("name")
	}
	if known, err := departmentExists(ctx, s.DB, p.Department); err != nil {
		return err
	} else if p.Department != "" && !known {
		return fault.New(fault.Invalid, "error-invalid-department", "The provided department is invalid").At("departmentId")
	}
	before, err := findPage(ctx, s.DB, p.ID)
	if err != nil {
		return err
	}
	if fresh && before.Name != "" {
		return errPageExists()
	}
	if p.AccessToken, err = s.sealed(p.AccessToken, before); err != nil {
		return err
	}
	if p.Subscribed != before.Subscribed || p.Subscribed && p.AccessToken != before.AccessToken {
		if why := s.subscribe(ctx, s.token(p), p.ID, p.Subscribed); why != "" {
			return fault.New(fault.Invalid, "error-facebook-refused", why)
		}
	}
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		if fresh {
			return insertPage(ctx, tx, p)
		}
		return savePage(ctx, tx, p)
	})
	if db.IsUnique(err) { // entered while Facebook was asked
		return errPageExists()
	}
	return err
}

// Delete forgets a page; its chats stay. Facebook is asked to tell of it no more, but what
// it says does not keep a page here.
func (s *Service) Delete(ctx context.Context, id string) error {
	p, err := findPage(ctx, s.DB, id)
	if err != nil {
		return err
	}
	if p.Name == "" {
		return errNoPage()
	}
	if p.Subscribed {
		if why := s.subscribe(ctx, s.token(p), p.ID, false); why != "" {
			s.Log.Warn("a page that goes is still subscribed", "page", p.ID, "reason", why)
		}
	}
	return s.DB.InTx(ctx, func(tx *db.Tx) error { return deletePage(ctx, tx, id) })
}

// freed takes a department that is no more from its pages.
func (s *Service) freed(ctx context.Context, d chat.DepartmentID) error {
	return s.DB.InTx(ctx, func(tx *db.Tx) error { return clearDepartment(ctx, tx, d) })
}

// orNone is a page that may not be entered here.
func orNone(p Page, err error) (Page, error) {
	if errors.Is(err, db.ErrNoRows) {
		return Page{}, nil
	}
	return p, err
}

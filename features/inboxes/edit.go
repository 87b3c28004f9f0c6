package inboxes

import (
	"context"
	"errors"
	"strings"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/id"
	"github.com/foyerchat/foyer/platform/mail"
	"github.com/foyerchat/foyer/platform/seal"
)

// Find finds an inbox for people: its passwords are masks.
func (s *Service) Find(ctx context.Context, inbox chat.InboxID) (Inbox, error) {
	i, err := find(ctx, s.DB, inbox)
	if errors.Is(err, db.ErrNoRows) {
		err = errNoInbox()
	}
	return i.masked(), err
}

// Search finds the inbox of an address; nil: there is none.
func (s *Service) Search(ctx context.Context, email string) (*Inbox, error) {
	i, err := findByEmail(ctx, s.DB, strings.ToLower(strings.TrimSpace(email)))
	if errors.Is(err, db.ErrNoRows) {
		return nil, nil
	}
	i = i.masked()
	return &i, err
}

// List lists inboxes and says how many there are.
func (s *Service) List(ctx context.Context, f Filter) ([]Inbox, int64, error) {
	all, total, err := list(ctx, s.DB, f)
	for n := range all {
		all[n] = all[n].masked()
	}
	return all, total, err
}

// masked is an inbox without its passwords.
func (i Inbox) masked() Inbox {
	for _, p := range []*string{&i.SMTP.Password, &i.IMAP.Password} {
		if *p != "" {
			*p = chat.SecretMask
		}
	}
	return i
}

// Save makes an inbox, or changes the one with its id. A mask instead of a password leaves
// the stored one as it is, at the same server only.
func (s *Service) Save(ctx context.Context, by chat.Actor, i Inbox) (chat.InboxID, error) {
	if err := i.fit(); err != nil {
		return "", err
	}
	err := s.DB.InTx(ctx, func(tx *db.Tx) error {
		before, err := find(ctx, tx, i.ID)
		switch {
		case i.ID != "" && errors.Is(err, db.ErrNoRows):
			return errNoInbox()
		case i.ID != "" && err != nil:
			return err
		}
		for _, p := range []struct {
			field    string
			now, was *Server
		}{{"smtp", &i.SMTP, &before.SMTP}, {"imap", &i.IMAP, &before.IMAP}} {
			if err := s.seal(p.field, p.now, p.was); err != nil {
				return err
			}
		}
		if err := departmentFits(ctx, tx, i.Department); err != nil {
			return err
		}
		i.UpdatedAt = tx.Now()
		if i.ID == "" {
			i.ID, i.CreatedAt, i.CreatedBy = chat.InboxID(id.New()), tx.Now(), by.Ref()
			err = insert(ctx, tx, i)
		} else {
			err = update(ctx, tx, i)
		}
		if err != nil {
			return err
		}
		return tx.Emit(ctx, chat.InboxesChanged{})
	})
	if db.IsUnique(err) {
		err = fault.New(fault.Invalid, "error-email-inbox-exists", "E11000 duplicate key error: another inbox has this address").At("email")
	}
	return i.ID, err
}

// seal hides a server's password, or keeps the hidden one it has. A stored password is
// given to no other server than the one it was for.
func (s *Service) seal(field string, now, was *Server) (err error) {
	switch {
	case now.Password == "":
		return nil
	case now.Password != chat.SecretMask:
		now.Password, err = seal.Seal(*s.key.Load(), now.Password)
		return err
	case was.Password == "", now.Host != was.Host, now.Port != was.Port, now.Username != was.Username, was.Secure && !now.Secure:
		return errInvalid(field+".password", "The password is needed again for another server")
	}
	now.Password = was.Password
	return nil
}

// opened is a server as it is used.
func (s *Service) opened(server Server) (Server, error) {
	if server.Password == "" {
		return server, nil
	}
	plain, err := seal.Open(*s.key.Load(), server.Password)
	server.Password = plain
	return server, err
}

// fit tidies an inbox and refuses one that cannot work.
func (i *Inbox) fit() error {
	i.Name, i.Description, i.SenderInfo = mail.Line(i.Name, 200), mail.Line(i.Description, 1000), mail.Line(i.SenderInfo, 200)
	if i.Name == "" {
		return errInvalid("name", "A name is needed")
	}
	address, err := mail.ParseAddress(i.Email)
	if err != nil || address.Name != "" {
		return errInvalid("email", "Not an e-mail address")
	}
	i.Email = strings.ToLower(address.Address)
	if i.Department == "All" {
		i.Department = ""
	}
	for field, server := range map[string]*Server{"smtp": &i.SMTP, "imap": &i.IMAP} {
		server.Host, server.Username = strings.TrimSpace(server.Host), strings.TrimSpace(server.Username)
		switch {
		case server.Host == "" || strings.ContainsAny(server.Host, "/@ \t\r\n"):
			return errInvalid(field+".server", "Not the name of a server")
		case server.Port < 1 || server.Port > 65535:
			return errInvalid(field+".port", "Not a port")
		case strings.ContainsAny(server.Username+server.Password, "\r\n\x00"):
			return errInvalid(field+".username", "A line break in the user's name or password")
		}
	}
	i.IMAP.MaxRetries = max(-1, i.IMAP.MaxRetries)
	return nil
}

func departmentFits(ctx context.Context, q db.Querier, d chat.DepartmentID) error {
	if d == "" {
		return nil
	}
	if there, err := departmentExists(ctx, q, d); err != nil || there {
		return err
	}
	return errInvalid("department", "There is no such department")
}

// Delete removes an inbox; its chats stay.
func (s *Service) Delete(ctx context.Context, inbox chat.InboxID) error {
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		n, err := remove(ctx, tx, inbox)
		if err == nil && n == 0 {
			err = errNoInbox()
		}
		if err != nil {
			return err
		}
		return tx.Emit(ctx, chat.InboxesChanged{})
	})
}

// Forget has the inboxes looked at again; every node does on InboxesChanged.
func (s *Service) Forget() {
	select {
	case s.changed <- struct{}{}:
	default:
	}
}

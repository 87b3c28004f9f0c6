package app

import (
	"context"
	"errors"
	"io"
	"log/slog"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/features/accounts"
	"github.com/foyerchat/foyer/platform/clock"
)

// Person is a user as the command line names him.
type Person struct {
	ID, Username, Name, Email, Password string
	Roles                               []string
	Active                              bool
}

// CreatePerson makes a user, beside a running server or without one.
func CreatePerson(ctx context.Context, s Storage, p Person) (Person, error) {
	var made chat.User
	err := withFeatures(ctx, s, func(f *features) (err error) {
		made, err = f.accounts.Create(ctx, accounts.NewUser{ID: chat.UserID(p.ID), Username: p.Username, Name: p.Name,
			Email: p.Email, Verified: true, Roles: p.Roles, Digest: accounts.DigestOf(p.Password)})
		return err
	})
	return personOf(made), err
}

// ListPeople lists all users by username.
func ListPeople(ctx context.Context, s Storage) ([]Person, error) {
	if err := s.there(); err != nil {
		return nil, err
	}
	people := []Person{}
	err := withFeatures(ctx, s, func(f *features) error {
		for {
			users, total, err := f.accounts.List(ctx, 500, len(people))
			for _, u := range users {
				people = append(people, personOf(u))
			}
			if err != nil || len(users) == 0 || len(people) >= total {
				return err
			}
		}
	})
	return people, err
}

// SetPassword gives a user a new password; his sessions end, on a running server too.
func SetPassword(ctx context.Context, s Storage, p Person) error {
	if err := s.there(); err != nil {
		return err
	}
	return withFeatures(ctx, s, func(f *features) error {
		u, err := f.accounts.FindByUsername(ctx, p.Username)
		if p.ID != "" {
			u, err = f.accounts.Find(ctx, chat.UserID(p.ID))
		}
		if err != nil {
			return err
		}
		return f.accounts.SetPassword(ctx, u.ID, accounts.DigestOf(p.Password))
	})
}

func personOf(u chat.User) Person {
	p := Person{ID: string(u.ID), Username: u.Username, Name: u.Name, Roles: u.Roles, Active: u.Active}
	if len(u.Emails) > 0 {
		p.Email = u.Emails[0].Address
	}
	return p
}

// withFeatures lends the features on an open database. Nothing here delivers
// events: a running server, or the next one, finds them.
func withFeatures(ctx context.Context, s Storage, do func(*features) error) error {
	log := slog.New(slog.NewTextHandler(io.Discard, nil))
	d, err := openStorage(ctx, s, clock.System, log)
	if err != nil {
		return err
	}
	f := tie(ground{db: d, clock: clock.System, log: log})
	err = f.settings.Reload(ctx)
	if err == nil {
		err = do(f)
	}
	return errors.Join(err, d.Close())
}

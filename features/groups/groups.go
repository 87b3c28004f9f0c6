// Package groups keeps the private groups of users that set-ups of the compatible API
// make, so that offline messages can be sent to them. Nobody chats in them; features/rooms
// reads them where rooms of every kind are read.
package groups

import (
	"context"
	"errors"
	"regexp"
	"strings"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/id"
)

// Messages are the offline messages.
type Messages interface {
	// Unshare takes a channel's messages from those who saw them as its members.
	Unshare(ctx context.Context, tx *db.Tx, channel string) error
	// GoTo reports whether messages go to a channel, or went there.
	GoTo(ctx context.Context, tx *db.Tx, channel string) (bool, error)
}

// Deps is what groups needs.
type Deps struct {
	DB       *db.DB
	Messages Messages
}

// Service keeps them.
type Service struct{ Deps }

// New makes the service.
func New(d Deps) *Service { return &Service{d} }

// Draft is what a group shall be.
type Draft struct {
	Name         string
	Members      []string // usernames; those of nobody are left out
	WithoutMaker bool
	ReadOnly     bool
	CustomFields map[string]any
}

var validName = regexp.MustCompile(`^[0-9A-Za-z._-]{1,100}$`)

var (
	errNoName   = fault.Text(fault.Invalid, `Body param "name" is required`)
	errNeither  = fault.New(fault.Invalid, "error-room-param-not-provided", `The parameter "roomId" or "roomName" is required`)
	errNotFound = fault.New(fault.Invalid, "error-room-not-found", `The required "roomId" or "roomName" param provided does not match any group`)
)

// Create makes a group; its maker is a member.
func (s *Service) Create(ctx context.Context, by chat.Actor, d Draft) (c chat.Group, err error) {
	if d.Name == "" {
		return c, errNoName
	}
	if !validName.MatchString(d.Name) {
		return c, fault.New(fault.Invalid, "error-invalid-room-name", "A name consists of letters, digits, dots, underscores and dashes").At("name")
	}
	c = chat.Group{ID: chat.RoomID(id.New()), T: chat.GroupPrivate, Name: d.Name, FName: d.Name, RO: d.ReadOnly, SysMes: true, CustomFields: d.CustomFields,
		U: &chat.UserRef{ID: by.User}}
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		c.TS, c.UpdatedAt = tx.Now(), tx.Now()
		fresh, err := s.insert(ctx, tx, by, c)
		if err != nil {
			return err
		}
		if !fresh {
			return fault.New(fault.Invalid, "error-duplicate-channel-name", "A channel with name '"+d.Name+"' exists").At("name")
		}
		if err := join(ctx, tx, c.ID, by.User, !d.WithoutMaker, d.Members); err != nil {
			return err
		}
		c.Msgs, c.LM, c.UsersCount, c.U.Username, err = figures(ctx, tx, c)
		return err
	})
	return c, err
}

// insert writes a group; false: its name is in use. Who does not manage chats takes no
// channel to himself that offline messages go to already.
func (s *Service) insert(ctx context.Context, tx *db.Tx, by chat.Actor, c chat.Group) (bool, error) {
	if !by.May(chat.ViewLivechatManager) {
		if taken, err := s.Messages.GoTo(ctx, tx, c.Name); err != nil || taken {
			return false, err
		}
	}
	return insert(ctx, tx, c)
}

// Delete removes a group, chosen by id or name; its offline messages stay with those who
// see all.
func (s *Service) Delete(ctx context.Context, rid chat.RoomID, name string) error {
	if rid == "" && name == "" {
		return errNeither
	}
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		g, err := find(ctx, tx, rid, strings.ToLower(name))
		switch {
		case errors.Is(err, db.ErrNoRows):
			return errNotFound
		case err != nil:
			return err
		case g.t != chat.GroupPrivate:
			return fault.New(fault.Invalid, "error-not-allowed", "Not allowed")
		}
		if err := s.Messages.Unshare(ctx, tx, g.name); err != nil {
			return err
		}
		return remove(ctx, tx, g.id)
	})
}

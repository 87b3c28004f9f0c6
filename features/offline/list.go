package offline

import (
	"context"
	"strings"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
)

// sight is which messages somebody may see: all, or those of his departments; an agent
// only those of a channel, but also those of no department.
type sight struct {
	chat.Sight
	channels bool
}

// sightOf: managers see every message, monitors those of their units, agents those of
// their departments and of none while the settings give them a channel.
func (s *Service) sightOf(a chat.Actor) sight {
	return sight{a.Sight(), s.Settings.Current().OfflineToChannel}
}

// Filter chooses messages; what is empty chooses all.
type Filter struct {
	State         chat.OfflineState
	Department    chat.DepartmentID
	Text          string // part of name, address or text
	Offset, Limit int64
}

// List lists the messages somebody may see, the newest first, and says how many there
// are and how many of all he may see are new.
func (s *Service) List(ctx context.Context, by chat.Actor, f Filter) (all []Listed, total, fresh int64, err error) {
	return list(ctx, s.DB, s.sightOf(by), f)
}

// Listed is a message with its department's name.
type Listed struct {
	chat.OfflineMessage
	DepartmentName string `json:"departmentName,omitempty"`
}

// Mark says what has become of a message.
func (s *Service) Mark(ctx context.Context, by chat.Actor, id string, state chat.OfflineState) error {
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		n, err := mark(ctx, tx, s.sightOf(by), id, state, by.User)
		if err == nil && n == 0 {
			err = errNotFound
		}
		if err != nil {
			return err
		}
		return tx.Emit(ctx, chat.OfflineChanged{ID: id, State: state})
	})
}

// Unshare takes a channel's messages from those who saw them as its members.
func (s *Service) Unshare(ctx context.Context, tx *db.Tx, channel string) error {
	return unshare(ctx, tx, strings.ToLower(channel))
}

// GoTo reports whether messages go to a channel, or went there.
func (s *Service) GoTo(ctx context.Context, tx *db.Tx, channel string) (bool, error) {
	if strings.EqualFold(s.Settings.Current().OfflineChannel, channel) {
		return true, nil
	}
	return goesTo(ctx, tx, strings.ToLower(channel))
}

// Remove forgets a message and its mails.
func (s *Service) Remove(ctx context.Context, by chat.Actor, id string) error {
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		n, err := remove(ctx, tx, s.sightOf(by), id)
		if err == nil && n == 0 {
			err = errNotFound
		}
		if err != nil {
			return err
		}
		if err := s.Mails.Forget(ctx, tx, id); err != nil {
			return err
		}
		return tx.Emit(ctx, chat.OfflineChanged{ID: id})
	})
}

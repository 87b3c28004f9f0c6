package onsite

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/id"
)

// Invite says something to a visitor; what was said before and has no answer gives way.
// His first answer opens the chat, with the agent who invited if he can take it.
func (s *Service) Invite(ctx context.Context, by chat.Actor, sighting, text string) error {
	if text == "" {
		return fault.New(fault.Invalid, "invalid-params", "text must not be empty")
	}
	return s.open(ctx, by, sighting, func(tx *db.Tx) error {
		if agent, err := isAgent(ctx, tx, by.User); err != nil || !agent {
			if err == nil {
				err = errAgent
			}
			return err
		}
		if talks, err := talking(ctx, tx, sighting); err != nil || talks {
			if err == nil {
				err = errChatting
			}
			return err
		}
		return say(ctx, tx, sighting, row{invitation: id.New(), text: text, by: by.User, invitedAt: tx.Now()})
	})
}

// Withdraw takes back what was said, if nobody answered.
func (s *Service) Withdraw(ctx context.Context, by chat.Actor, sighting string) error {
	return s.open(ctx, by, sighting, func(tx *db.Tx) error { return say(ctx, tx, sighting, row{}) })
}

func say(ctx context.Context, tx *db.Tx, sighting string, x row) error {
	n, err := invite(ctx, tx, sighting, x)
	if err == nil && n == 0 {
		err = errGone
	}
	return err
}

// open does something to a visitor who is there and whom the actor may see.
func (s *Service) open(ctx context.Context, by chat.Actor, sighting string, do func(*db.Tx) error) error {
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		if there, err := isThere(ctx, tx, sightOf(by), sighting); err != nil || !there {
			if err == nil {
				err = errGone
			}
			return err
		}
		if err := do(tx); err != nil {
			return err
		}
		return tx.Emit(ctx, chat.VisitorsMoved{})
	})
}

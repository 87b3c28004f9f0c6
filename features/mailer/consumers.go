package mailer

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/outbox"
)

// Consumers forget the mails about a visitor who is erased.
func (s *Service) Consumers() []outbox.Consumer {
	return []outbox.Consumer{outbox.On("mailer.erased", func(ctx context.Context, _ string, e chat.VisitorErased) error {
		return s.DB.InTx(ctx, func(tx *db.Tx) error { return s.Forget(ctx, tx, string(e.Visitor)) })
	})}
}

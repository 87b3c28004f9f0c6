package triggers

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/outbox"
)

// Consumers forget visitors who are erased.
func (s *Service) Consumers() []outbox.Consumer {
	return []outbox.Consumer{outbox.On("triggers.erased", func(ctx context.Context, _ string, e chat.VisitorErased) error {
		return s.DB.InTx(ctx, func(tx *db.Tx) error { return forget(ctx, tx, e.Visitor) })
	})}
}

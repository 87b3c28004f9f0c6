package inboxes

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/outbox"
)

// Consumers take a department that is gone from the inboxes.
func (s *Service) Consumers() []outbox.Consumer {
	return []outbox.Consumer{outbox.On("inboxes.department", func(ctx context.Context, _ string, e chat.DepartmentChanged) error {
		if !e.Removed {
			return nil
		}
		return s.DB.InTx(ctx, func(tx *db.Tx) error {
			if n, err := dropDepartment(ctx, tx, e.Department); err != nil || n == 0 {
				return err
			}
			return tx.Emit(ctx, chat.InboxesChanged{})
		})
	})}
}

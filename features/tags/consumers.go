package tags

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/outbox"
)

// Consumers follow departments: one that is removed leaves the tags it had, unless it
// is a tag's only one, which would make that tag usable everywhere (departments.md 5.3).
func (s *Service) Consumers() []outbox.Consumer {
	return []outbox.Consumer{outbox.On("tags.department", func(ctx context.Context, _ string, e chat.DepartmentChanged) error {
		if !e.Removed {
			return nil
		}
		return s.DB.InTx(ctx, func(tx *db.Tx) error { return forget(ctx, tx, e.Department) })
	})}
}

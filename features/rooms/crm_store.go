package rooms

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
)

// KeepCRMData keeps with a room what the CRM answered last.
func (s *Service) KeepCRMData(ctx context.Context, tx *db.Tx, rid chat.RoomID, data string) error {
	_, err := tx.Exec(ctx, `UPDATE rooms SET crm_data = $2 WHERE id = $1`, rid, data)
	return err
}

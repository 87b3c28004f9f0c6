package offline

import (
	"context"
	"fmt"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/id"
)

// Rooms lets a visitor speak in his chat.
type Rooms interface {
	Share(ctx context.Context, a chat.Actor, m chat.Sharing) (chat.Message, error)
}

// Resume says in a guest's chat what he left before and nobody has dealt with: whoever
// has the claim wrote it (LC-OFF-8). A repeated call says nothing twice.
func (s *Service) Resume(ctx context.Context, guest chat.Actor, rid chat.RoomID, claim string) error {
	all, err := unhandled(ctx, s.DB, id.Hash(claim))
	if err != nil {
		return err
	}
	for _, m := range all {
		if _, err := s.Rooms.Share(ctx, guest, chat.Sharing{RID: rid, ID: chat.MessageID(m.ID), Msg: recalled(m, s.Settings.Current())}); err != nil {
			return err
		}
		err := s.DB.InTx(ctx, func(tx *db.Tx) error {
			if err := resumed(ctx, tx, m.ID, guest.Visitor, rid); err != nil {
				return err
			}
			return tx.Emit(ctx, chat.OfflineChanged{ID: m.ID, State: chat.OfflineHandled})
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// recalled is a message as it is said in a chat, no longer than a visitor's may be.
func recalled(m chat.OfflineMessage, set *chat.Settings) string {
	words := []rune(fmt.Sprintf("%s %s:\n%s", texts(set).left, m.At.Time().UTC().Format("2006-01-02 15:04 UTC"), m.Text))
	if most := min(set.VisitorMessageLimit(), int(set.MessageMaxAllowedSize)); len(words) > most {
		words = append(words[:most-1], '…')
	}
	return string(words)
}

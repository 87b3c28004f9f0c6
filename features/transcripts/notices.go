package transcripts

import (
	"context"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
)

// noticesFor is how long a notice waits for its reader.
const noticesFor = 30 * 24 * time.Hour

// Notice is the system's word to whoever asked for a PDF (LC-PDF-4, LC-PDF-5).
type Notice struct {
	RID  chat.RoomID   `json:"rid"`
	Name string        `json:"name" doc:"The visitor's."`
	File chat.FileID   `json:"fileId,omitempty" doc:"None: it could not be made."`
	At   clock.Instant `json:"ts"`
}

// notify tells whoever asked what became of his PDF.
func (s *Service) notify(ctx context.Context, tx *db.Tx, p printing, file chat.FileID) error {
	if err := forgetNotices(ctx, tx, p.User, tx.Now().Add(-noticesFor)); err != nil {
		return err
	}
	if known, err := putNotice(ctx, tx, p, file); err != nil || !known {
		return err
	}
	return tx.Emit(ctx, chat.NoticesChanged{User: p.User})
}

// Notices lists what somebody has not put away, the newest first.
func (s *Service) Notices(ctx context.Context, who chat.UserID) ([]Notice, error) {
	return listNotices(ctx, s.DB, who)
}

// PutAway forgets what somebody was told of a room's PDF.
func (s *Service) PutAway(ctx context.Context, who chat.UserID, rid chat.RoomID) error {
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		if err := forgetNotice(ctx, tx, who, rid); err != nil {
			return err
		}
		return tx.Emit(ctx, chat.NoticesChanged{User: who})
	})
}

package files

import (
	"bytes"
	"context"
	"io"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/rest"
)

// arrived is a file whose content is there.
type arrived struct{ chat.Arrived }

func (a arrived) Receive(into io.Writer, most int64) (rest.Received, error) {
	if int64(len(a.Content)) > most {
		return rest.Received{}, rest.ErrTooMuch
	}
	n, err := io.Copy(into, bytes.NewReader(a.Content))
	return rest.Received{Name: a.Name, Size: n}, err
}

// Arrive takes a file that came on a channel and writes the message that shows it; the
// rules are those of uploads.
func (s *Service) Arrive(ctx context.Context, by chat.Actor, a chat.Arrived) (chat.Message, error) {
	f, _, err := s.Take(ctx, by, a.RID, arrived{a})
	if err != nil {
		return chat.Message{}, err
	}
	return s.shareOnce(ctx, by, f, Said{ID: a.ID, Msg: a.Msg, Location: a.Location})
}

package files

import (
	"bytes"
	"context"
	"errors"
	"io"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/rest"
)

// letter is a file that came with a mail.
type letter struct {
	name    string
	message chat.MessageID
	content []byte
}

func (l letter) Receive(into io.Writer, most int64) (rest.Received, error) {
	out := rest.Received{Name: l.name, Size: int64(len(l.content)), Values: map[string]string{"_id": string(l.message)}}
	if out.Size > most {
		return out, rest.ErrTooMuch
	}
	_, err := io.Copy(into, bytes.NewReader(l.content))
	return out, err
}

// Attach takes a file into a chat that its visitor sent by mail, under a message's id.
func (s *Service) Attach(ctx context.Context, a chat.Actor, rid chat.RoomID, m chat.MessageID, name string, content []byte) error {
	_, err := s.Upload(ctx, a, rid, letter{name, m, content})
	return err
}

// Content is a file of a chat, if it is no larger than most bytes.
func (s *Service) Content(ctx context.Context, file chat.FileID, most int64) ([]byte, error) {
	f, err := find(ctx, s.DB, file)
	if errors.Is(err, db.ErrNoRows) {
		return nil, errNotFound()
	} else if err != nil {
		return nil, err
	}
	if f.Size > most {
		return nil, fault.New(fault.TooLarge, "error-mail-too-large", "The file is too large for a mail")
	}
	content, err := s.Open(ctx, f, false)
	if err != nil {
		return nil, err
	}
	defer content.Close()
	return io.ReadAll(io.LimitReader(content, most))
}

package files

import (
	"context"
	"errors"
	"io"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/blob"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/rest"
)

// Proof is what somebody who asks for a file shows of himself.
type Proof struct {
	Token   string           // of a signed link
	User    rest.Credentials // of a user
	Secret  string           // of our own widget's visitor
	Visitor string           // a visitor's token
	RID     chat.RoomID      // the chat he says it is of
}

// Find finds a file that the proof opens (LC-UPL-6).
func (s *Service) Find(ctx context.Context, file chat.FileID, p Proof) (File, error) {
	f, err := find(ctx, s.DB, file)
	if errors.Is(err, db.ErrNoRows) {
		return f, errNotFound()
	} else if err != nil {
		return f, err
	}
	if s.signed(f, p.Token) || f.Kind == Uploaded && !s.Settings.Current().FilesProtected {
		return f, nil
	}
	a, err := s.actor(ctx, p)
	if err == nil && a.IsVisitor() && f.Kind != Uploaded {
		err = errForbidden()
	}
	if err == nil && p.Visitor != "" && a.IsVisitor() && p.RID != f.RID {
		err = errForbidden()
	}
	if err == nil {
		_, _, err = s.Rooms.Visible(ctx, a, f.RID)
	}
	if _, ok := fault.Of(err); ok {
		err = errForbidden()
	}
	return f, err
}

func (s *Service) actor(ctx context.Context, p Proof) (chat.Actor, error) {
	switch {
	case p.User.Token != "" || p.User.Cookie != "" && p.Visitor == "" && p.Secret == "":
		caller, err := s.Accounts.User(ctx, p.User)
		a, _ := caller.Identity.(chat.Actor)
		return a, err
	case p.Secret != "":
		return s.Visitors.BySecret(ctx, p.Secret)
	case p.Visitor != "":
		v, err := s.Visitors.ByToken(ctx, p.Visitor)
		return chat.Actor{Visitor: v.ID, Username: v.Username, Name: v.Name}, err
	}
	return chat.Actor{}, errForbidden()
}

// Open opens a file's content, or its thumbnail if it has one.
func (s *Service) Open(ctx context.Context, f File, thumbnail bool) (io.ReadSeekCloser, error) {
	name := f.blob()
	if thumbnail && f.Picture != nil && f.Picture.Thumbnail {
		name = f.thumbnail()
	}
	content, err := s.Blobs.Open(ctx, name)
	if errors.Is(err, blob.ErrNotFound) {
		err = errNotFound()
	}
	return content, err
}

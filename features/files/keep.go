package files

import (
	"context"
	"errors"
	"image"
	"io"
	"os"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/id"
	"github.com/foyerchat/foyer/platform/picture"
)

// store keeps a file that may be kept: a picture clean, everything else as it is.
func (s *Service) store(ctx context.Context, f File, content temporary) (File, error) {
	if !picture.Readable(f.Type) {
		return s.keep(ctx, f, content.File, nil)
	}
	cleaned, err := s.newTemporary()
	if err != nil {
		return f, err
	}
	defer cleaned.remove()
	thumb, err := s.newTemporary()
	if err != nil {
		return f, err
	}
	defer thumb.remove()
	p, err := picture.Clean(ctx, f.Type, content.File, cleaned, thumb)
	if err != nil {
		return f, err
	}
	f.Picture = &p
	if f.Size, err = cleaned.Seek(0, io.SeekCurrent); err != nil {
		return f, err
	}
	return s.keep(ctx, f, cleaned.File, thumb.File)
}

// keep notes a file and stores its content: a note without content is found and
// removed later, content without a note never would be.
func (s *Service) keep(ctx context.Context, f File, content, thumb *os.File) (File, error) {
	err := s.DB.InTx(ctx, func(tx *db.Tx) error {
		f.CreatedAt = tx.Now()
		return insert(ctx, tx, f)
	})
	if err != nil {
		return f, err
	}
	err = s.put(ctx, f.blob(), content)
	if err == nil && f.Picture != nil && f.Picture.Thumbnail {
		err = s.put(ctx, f.thumbnail(), thumb)
	}
	if err != nil {
		s.remove(context.WithoutCancel(ctx), f)
	}
	return f, err
}

func (s *Service) put(ctx context.Context, name string, content *os.File) error {
	if _, err := content.Seek(0, io.SeekStart); err != nil {
		return err
	}
	_, err := s.Blobs.Put(ctx, name, content)
	return err
}

// remove removes a file now or, when that fails, leaves it to the job.
func (s *Service) remove(ctx context.Context, f File) {
	if err := s.Delete(ctx, f); err != nil {
		s.Log.Error("file cannot be removed yet", "file", f.ID, "err", err)
	}
}

// Delete removes a file: its content first, so that nothing is left that nobody knows of.
func (s *Service) Delete(ctx context.Context, f File) error {
	for _, name := range []string{f.blob(), f.thumbnail()} {
		if err := s.Blobs.Delete(ctx, name); err != nil {
			return err
		}
	}
	return s.DB.InTx(ctx, func(tx *db.Tx) error { return remove(ctx, tx, f.ID) })
}

// Made is a file that the server itself makes of a chat.
type Made struct {
	RID        chat.RoomID
	Kind       Kind
	Name, Type string
}

// Keep stores what the server made; content is read from its beginning.
func (s *Service) Keep(ctx context.Context, m Made, content *os.File) (chat.FileID, error) {
	size, err := content.Seek(0, io.SeekEnd)
	if err != nil {
		return "", err
	}
	f := File{FileRef: chat.FileRef{ID: chat.FileID(id.Secret()), Name: fileName(m.Name, m.Type), Type: m.Type}, RID: m.RID, Kind: m.Kind,
		Size: size, Sender: string(chat.SystemUserID), Secret: id.Secret()}
	f, err = s.keep(ctx, f, content, nil)
	return f.ID, err
}

// KeepTranscript stores a PDF of a chat, in place of an earlier one.
func (s *Service) KeepTranscript(ctx context.Context, rid chat.RoomID, name string, content *os.File) (chat.FileID, error) {
	before, err := made(ctx, s.DB, rid, Transcript)
	if err != nil {
		return "", err
	}
	file, err := s.Keep(ctx, Made{RID: rid, Kind: Transcript, Name: name, Type: "application/pdf"}, content)
	for _, f := range before {
		if err == nil {
			s.remove(ctx, f)
		}
	}
	return file, err
}

// Look is what a picture looks like, perhaps smaller; nil when the file is none.
func (s *Service) Look(ctx context.Context, file chat.FileID) (image.Image, error) {
	f, err := find(ctx, s.DB, file)
	if errors.Is(err, db.ErrNoRows) || err == nil && f.Picture == nil {
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	content, err := s.Open(ctx, f, true)
	if _, ok := fault.Of(err); ok {
		return nil, nil // removed meanwhile
	} else if err != nil {
		return nil, err
	}
	defer content.Close()
	img, _, err := image.Decode(content)
	if err != nil {
		return nil, nil // such as a moving one
	}
	return img, nil
}

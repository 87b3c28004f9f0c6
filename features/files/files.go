// Package files is what people send besides words: it takes uploads of visitors and
// agents, looks what they really are, cleans pictures of what they tell about their
// maker, keeps the content in the blob store and gives it to those who may see the
// chat. The message that shows a file is written by rooms; a file whose message or
// chat is gone is removed by a job. It serves nothing that a browser would run.
package files

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/blob"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/id"
	"github.com/foyerchat/foyer/platform/picture"
	"github.com/foyerchat/foyer/platform/rest"
)

// Rooms says who may see and write in a chat, and writes there.
type Rooms interface {
	// Visible finds a room the actor may see with what he may do.
	Visible(ctx context.Context, a chat.Actor, rid chat.RoomID) (chat.Room, chat.Can, error)
	// Share stores the message that shows a file; a repeat of its id is answered with
	// the stored one.
	Share(ctx context.Context, a chat.Actor, m chat.Sharing) (chat.Message, error)
}

// Visitors know visitors by what they prove themselves with.
type Visitors interface {
	ByToken(ctx context.Context, token string) (chat.Visitor, error)
	BySecret(ctx context.Context, secret string) (chat.Actor, error)
}

// Accounts know users by their credentials.
type Accounts interface {
	User(ctx context.Context, c rest.Credentials) (rest.Caller, error)
}

// Settings is the snapshot of the settings.
type Settings interface{ Current() *chat.Settings }

// Deps is what files need.
type Deps struct {
	DB       *db.DB
	Log      *slog.Logger
	Settings Settings
	Blobs    blob.Store
	Folder   string // where uploads are while they come
	Rooms    Rooms
	Visitors Visitors
	Accounts Accounts
}

// Service takes, keeps and gives files.
type Service struct{ Deps }

// New makes the service.
func New(d Deps) *Service { return &Service{Deps: d} }

// File is a stored file.
type File struct {
	chat.FileRef
	RID       chat.RoomID
	Message   chat.MessageID // empty: not said yet
	Kind      Kind
	Size      int64
	Picture   *picture.Cleaned
	ByVisitor bool
	Sender    string
	Secret    string
	CreatedAt clock.Instant
}

// Kind is where a file comes from.
type Kind string

// The kinds.
const (
	Uploaded   Kind = "upload"
	Transcript Kind = "transcript" // staff only
)

// Source is a file on its way in.
type Source interface {
	Receive(into io.Writer, most int64) (rest.Received, error)
}

// The blobs of a file.
func (f File) blob() string      { return "files/" + string(f.ID) }
func (f File) thumbnail() string { return "thumbnails/" + string(f.ID) }

// Upload takes a file into a chat and writes the message that shows it.
func (s *Service) Upload(ctx context.Context, a chat.Actor, rid chat.RoomID, from Source) (chat.Message, error) {
	f, form, err := s.Take(ctx, a, rid, from)
	if err != nil {
		return chat.Message{}, err
	}
	said := Said{ID: chat.MessageID(form.Values["_id"]), Msg: form.Values["msg"], Description: form.Values["description"]}
	return s.shareOnce(ctx, a, f, said)
}

// shareOnce is share for a file that is removed again when no message shows it.
func (s *Service) shareOnce(ctx context.Context, a chat.Actor, f File, said Said) (chat.Message, error) {
	m, err := s.share(ctx, a, f, said)
	if err != nil || m.File == nil || m.File.ID != f.ID { // refused, or a repeat of what is stored
		s.remove(context.WithoutCancel(ctx), f)
	}
	return m, err
}

// Said is what goes with a file.
type Said struct {
	ID               chat.MessageID // empty: the server chooses
	Msg, Description string

	Location *chat.Point
}

// Confirm writes the message for a file that its sender took into the chat before.
func (s *Service) Confirm(ctx context.Context, a chat.Actor, rid chat.RoomID, file chat.FileID, said Said) (chat.Message, error) {
	f, err := find(ctx, s.DB, file)
	if errors.Is(err, db.ErrNoRows) || err == nil && (f.RID != rid || f.ByVisitor || f.Sender != string(a.User) || f.Kind != Uploaded) {
		return chat.Message{}, fault.New(fault.Invalid, "error-invalid-file", "Invalid file")
	} else if err != nil {
		return chat.Message{}, err
	}
	if f.Message != "" {
		said.ID = f.Message // confirmed before: answered with what is stored
	}
	return s.share(ctx, a, f, said)
}

const mostDescription = 5000

func (s *Service) share(ctx context.Context, a chat.Actor, f File, said Said) (chat.Message, error) {
	if len(said.Description) > mostDescription {
		return chat.Message{}, fault.New(fault.Invalid, "error-message-size-exceeded", "The description is too long").At("description")
	}
	if said.ID == "" {
		said.ID = chat.MessageID(id.New())
	}
	if err := fitID(said.ID); err != nil {
		return chat.Message{}, err
	}
	if err := s.DB.InTx(ctx, func(tx *db.Tx) error { return setMessage(ctx, tx, f.ID, said.ID) }); err != nil {
		return chat.Message{}, err
	}
	shared := chat.Shared{File: &f.FileRef, Files: []chat.FileRef{f.FileRef}, Attachments: []chat.Attachment{f.attachment(said.Description)}}
	return s.Rooms.Share(ctx, a, chat.Sharing{RID: f.RID, ID: said.ID, Msg: said.Msg, Shared: shared, Location: said.Location})
}

// fitID refuses what is no message's id (as rooms do for messages without a file).
func fitID(m chat.MessageID) error {
	ok := len(m) <= 64
	for _, c := range []byte(m) {
		ok = ok && c > ' ' && c <= '~'
	}
	if !ok {
		return fault.New(fault.Invalid, "invalid-params", "_id must be up to 64 printable characters").At("_id")
	}
	return nil
}

// Take stores a file of a chat without a message.
func (s *Service) Take(ctx context.Context, a chat.Actor, rid chat.RoomID, from Source) (f File, form rest.Received, err error) {
	if err := s.mayUpload(ctx, a, rid); err != nil {
		return f, form, err
	}
	temporary, err := s.newTemporary()
	if err != nil {
		return f, form, err
	}
	defer temporary.remove()
	most := s.Settings.Current().FileSizeLimit()
	if form, err = from.Receive(temporary, most); errors.Is(err, rest.ErrTooMuch) {
		err = errTooLarge(most)
	}
	if err != nil {
		return f, form, err
	}
	f = File{FileRef: chat.FileRef{ID: chat.FileID(id.Secret())}, RID: rid, Kind: Uploaded, Size: form.Size,
		ByVisitor: a.IsVisitor(), Sender: string(a.User), Secret: id.Secret()}
	if a.IsVisitor() {
		f.Sender = string(a.Visitor)
	}
	if f.Type, err = s.kindOf(temporary, form.Name, form.Size); err != nil {
		return f, form, err
	}
	f.Name = fileName(form.Name, f.Type)
	if a.IsVisitor() {
		if err := s.fitsRoom(ctx, rid, f.Size); err != nil {
			return f, form, err
		}
	}
	f, err = s.store(ctx, f, temporary)
	return f, form, err
}

// mayUpload refuses who may not write in the chat before anything is read of him.
func (s *Service) mayUpload(ctx context.Context, a chat.Actor, rid chat.RoomID) error {
	if !s.Settings.Current().FilesOn() {
		return errOff()
	}
	r, can, err := s.Rooms.Visible(ctx, a, rid)
	if _, ok := fault.Of(err); ok {
		return errForbidden()
	}
	if err == nil && (!r.Open || !can.Write) {
		err = errForbidden()
	}
	return err
}

// fitsRoom refuses a visitor's file when he has left enough in this chat.
func (s *Service) fitsRoom(ctx context.Context, rid chat.RoomID, size int64) error {
	most := s.Settings.Current().FileRoomMegabytes << 20
	if most == 0 {
		return nil
	}
	has, err := visitorsBytes(ctx, s.DB, rid)
	if err == nil && has+size > most {
		err = errTooLarge(most)
	}
	return err
}

// What is refused, in the words and the form that clients of the compatible API read.

func refused(reason, text string, beside map[string]any) error {
	all := map[string]any{"reason": reason, "errorType": reason}
	for k, v := range beside {
		all[k] = v
	}
	return &fault.Fault{Kind: fault.Invalid, Code: reason, Message: text, Beside: all}
}

func errOff() error { return refused("error-file-upload-disabled", "File upload is off", nil) }

func errType() error {
	return refused("error-type-not-allowed", "Files of this type may not be sent", nil)
}

func errTooLarge(most int64) error {
	return refused("error-size-not-allowed", "The file is too large", map[string]any{"sizeAllowed": readable(most)})
}

// errForbidden is also for chats that do not exist (LC-TOK-4).
func errForbidden() error { return fault.Text(fault.Forbidden, "unauthorized") }

func errNotFound() error { return fault.Text(fault.NotFound, "File not found") }

// readable is a number of bytes for people: "100 MB".
func readable(n int64) string {
	units := []string{"B", "KB", "MB", "GB"}
	v, i := float64(n), 0
	for ; v >= 1024 && i < len(units)-1; i++ {
		v /= 1024
	}
	return fmt.Sprintf("%.4g %s", v, units[i])
}

// temporary is a file that lasts as long as a request.
type temporary struct{ *os.File }

func (s *Service) newTemporary() (temporary, error) {
	f, err := os.CreateTemp(s.Folder, "upload-*")
	if err == nil {
		os.Remove(f.Name()) // an open file needs no name, and so nothing stays after a crash; where it does, remove is later
	}
	return temporary{f}, err
}

func (t temporary) remove() {
	t.Close()
	os.Remove(t.Name())
}

// forbidden hides why somebody is not known.
func forbidden(err error) error {
	if _, ok := fault.Of(err); ok {
		return errForbidden()
	}
	return err
}

package files

import (
	"context"
	"mime"
	"net/http"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/rest"
)

// Rows are the endpoints of files (rest-api.md 5 and 8).
func (s *Service) Rows() []rest.Endpoint {
	tag := rest.Tag("files")
	refusals := rest.Errors("unauthorized", "File upload is off [error-file-upload-disabled]", "Files of this type may not be sent [error-type-not-allowed]",
		"The file is too large [error-size-not-allowed]", "File required [error-no-file]", "The file is empty [error-file-empty]", "Just 1 file is allowed [error-one-file]",
		"The picture cannot be read [error-invalid-picture]", "The picture has too many pixels [error-picture-too-large]")
	form := rest.Form("msg", "description", "_id")
	often := rest.Limit("upload", 300, time.Minute)
	return []rest.Endpoint{
		rest.Row("POST", "/api/v1/livechat/upload/{rid}", rest.Public, "Send a file as visitor.", s.uploadByVisitor, tag, form, often, refusals),
		rest.Row("POST", "/api/v1/rooms.upload/{rid}", rest.SignedIn, "Send a file as a user.", s.uploadByUser, tag, form, often, refusals),
		rest.Row("POST", "/api/v1/rooms.media/{rid}", rest.SignedIn, "Bring a file as a user; rooms.mediaConfirm sends it.", s.bring, tag, often, refusals),
		rest.Row("POST", "/api/v1/rooms.mediaConfirm/{rid}/{fileId}", rest.SignedIn, "Send a file one brought.", s.confirm, tag, rest.Errors("Invalid file [error-invalid-file]")),
		rest.Row("POST", "/api/v1/foyer/widget/upload", rest.Guest, "Send a file as guest; a repeat of its _id is harmless.", s.uploadByGuest, tag, form, often, refusals),
		rest.Row("GET", "/api/v1/foyer/widget/files/{fileId}", rest.Guest, "A link that opens a file of the guest's chat for ten minutes.", s.guestLink, tag,
			rest.Errors("unauthorized", "File not found")),
		rest.Row("GET", "/file-upload/{fileId}/{name}", rest.Public, "A file, for who may see its chat.", s.readFile, tag, rest.Errors("unauthorized", "File not found")),
	}
}

type visitorUpload struct {
	RID   chat.RoomID `path:"rid"`
	Token string      `header:"X-Visitor-Token"`
	File  rest.Upload `json:"-"`
}

// messageOnTop is a message as the answer itself.
type messageOnTop struct{ chat.Message }

func (s *Service) uploadByVisitor(ctx context.Context, r visitorUpload) (messageOnTop, error) {
	if r.Token == "" {
		return messageOnTop{}, errForbidden()
	}
	a, err := s.actor(ctx, Proof{Visitor: r.Token})
	if err != nil {
		return messageOnTop{}, forbidden(err)
	}
	m, err := s.Upload(ctx, a, r.RID, r.File)
	return messageOnTop{m.ForVisitor(s.Settings.Current().ShowAgentInfo)}, err
}

type userUpload struct {
	RID  chat.RoomID `path:"rid"`
	File rest.Upload `json:"-"`
}

type messageAnswer struct {
	Message chat.Message `json:"message"`
}

func (s *Service) uploadByUser(ctx context.Context, r userUpload) (messageAnswer, error) {
	m, err := s.Upload(ctx, rest.Identity[chat.Actor](ctx), r.RID, r.File)
	return messageAnswer{m.ForStaff()}, err
}

type broughtFile struct {
	ID  chat.FileID `json:"_id"`
	URL string      `json:"url"`
}

type broughtAnswer struct {
	File broughtFile `json:"file"`
}

func (s *Service) bring(ctx context.Context, r userUpload) (broughtAnswer, error) {
	f, _, err := s.Take(ctx, rest.Identity[chat.Actor](ctx), r.RID, r.File)
	return broughtAnswer{broughtFile{f.ID, f.Path()}}, err
}

type confirmFile struct {
	RID         chat.RoomID `path:"rid"`
	File        chat.FileID `path:"fileId"`
	Msg         string      `json:"msg"`
	Description string      `json:"description"`
}

func (s *Service) confirm(ctx context.Context, r confirmFile) (messageAnswer, error) {
	m, err := s.Confirm(ctx, rest.Identity[chat.Actor](ctx), r.RID, r.File, Said{Msg: r.Msg, Description: r.Description})
	return messageAnswer{m.ForStaff()}, err
}

type guestUpload struct {
	RID  chat.RoomID `query:"rid" required:"true" minLength:"1" maxLength:"100"`
	File rest.Upload `json:"-"`
}

func (s *Service) uploadByGuest(ctx context.Context, r guestUpload) (messageAnswer, error) {
	m, err := s.Upload(ctx, rest.Identity[chat.Actor](ctx), r.RID, r.File)
	return messageAnswer{m.ForVisitor(s.Settings.Current().ShowAgentInfo)}, err
}

type guestFile struct {
	ID      chat.FileID `path:"fileId"`
	Session string      `header:"X-Foyer-Session"`
}

type linkAnswer struct {
	URL string `json:"url"`
}

func (s *Service) guestLink(ctx context.Context, r guestFile) (linkAnswer, error) {
	f, err := s.Find(ctx, r.ID, Proof{Secret: r.Session})
	if err != nil {
		return linkAnswer{}, err
	}
	link, err := s.signedPath(f, widgetLinkLasts)
	return linkAnswer{link}, err
}

// readFile takes every credential that clients of the compatible API show for files:
// in headers, in the query, in cookies.
type readFile struct {
	ID        chat.FileID `path:"fileId"`
	Name      string      `path:"name"` // for people; the id says which file
	Signed    string      `query:"token" maxLength:"2000"`
	Thumbnail bool        `query:"thumbnail" doc:"A smaller picture, if there is one."`
	RID       chat.RoomID `query:"rc_rid" maxLength:"100"`
	Token     string      `query:"rc_token" maxLength:"255"`
	User      string      `query:"rc_uid" maxLength:"100"`
	RIDKept   chat.RoomID `cookie:"rc_rid" maxLength:"100"`
	TokenKept string      `cookie:"rc_token" maxLength:"255"`
	UserKept  string      `cookie:"rc_uid" maxLength:"100"`
	Session   string      `cookie:"foyer_session"`
	AuthToken string      `header:"X-Auth-Token"`
	UserID    string      `header:"X-User-Id"`
	Guest     string      `header:"X-Foyer-Session"`
}

func (r readFile) proof(ctx context.Context) Proof {
	p := Proof{Token: r.Signed, Secret: r.Guest, Visitor: r.Token, RID: r.RID}
	p.User = rest.Credentials{UserID: r.UserID, Token: r.AuthToken, Cookie: r.Session, Meta: rest.From(ctx)}
	if r.Token == "" && r.TokenKept != "" {
		p.Visitor, p.RID, r.User = r.TokenKept, r.RIDKept, r.UserKept
	}
	if r.User != "" && p.User.Token == "" && p.Visitor != "" {
		p.User, p.Visitor = rest.Credentials{UserID: r.User, Token: p.Visitor, Meta: rest.From(ctx)}, ""
	}
	if p.User.Token != "" {
		p.User.Cookie = ""
	}
	return p
}

func (s *Service) readFile(ctx context.Context, r readFile) (rest.Content, error) {
	f, err := s.Find(ctx, r.ID, r.proof(ctx))
	if err != nil {
		return rest.Content{}, err
	}
	body, err := s.Open(ctx, f, r.Thumbnail)
	if err != nil {
		return rest.Content{}, err
	}
	c := rest.Content{Type: served(f.Type), Tag: string(f.ID), Body: body, Header: http.Header{}}
	way := "attachment"
	if shown[f.Type] != nil {
		way = "inline"
	}
	if r.Thumbnail && f.Picture != nil && f.Picture.Thumbnail {
		c.Type, c.Tag = "image/jpeg", string(f.ID)+"-thumbnail"
	}
	c.Header.Set("Content-Disposition", mime.FormatMediaType(way, map[string]string{"filename": f.Name}))
	c.Header.Set("Content-Security-Policy", "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; sandbox")
	c.Header.Set("Cache-Control", "private, no-cache")
	c.Header.Set("Referrer-Policy", "no-referrer")
	// A page elsewhere may show a file whose credential it knows, not one that the browser's own opens.
	c.Header.Set("Cross-Origin-Resource-Policy", "cross-origin")
	if r.Signed == "" && r.Token == "" {
		c.Header.Set("Cross-Origin-Resource-Policy", "same-origin")
	}
	return c, nil
}

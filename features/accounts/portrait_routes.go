package accounts

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/id"
	"github.com/foyerchat/foyer/platform/picture"
	"github.com/foyerchat/foyer/platform/rest"
)

func (s *Service) portraitRows() []rest.Endpoint {
	users := rest.Tag("users")
	refusals := rest.Errors("User not found.", "Editing this user is not allowed [error-action-not-allowed]")
	return []rest.Endpoint{
		rest.Row("GET", "/avatar/{name...}", rest.Public, "A picture for any name: of the user with this username or display name, else its initials. uid/ and an id is a name, too.",
			s.avatar, users, rest.UserToo(), rest.Also(http.StatusNoContent, "There is no picture, and initials are not wanted.")),
		rest.Row("GET", "/api/v1/users.getAvatar", rest.Public, "Leads to the picture of a user.", s.getAvatar, users, rest.Also(http.StatusTemporaryRedirect, "The picture is at the Location.")),
		rest.Row("POST", "/api/v1/users.setAvatar", rest.SignedIn, "Set one's picture, or that of another user.", s.setAvatar, users, rest.Form("userId", "username"), rest.FileField("image"),
			rest.Limit("portrait", 60, time.Minute), refusals, rest.Errors("The picture cannot be read [error-invalid-picture]", "The picture has too many pixels [error-picture-too-large]",
				"The file is too large [error-size-not-allowed]", "File required [error-no-file]", "Just 1 file is allowed [error-one-file]")),
		rest.Row("POST", "/api/v1/users.resetAvatar", rest.SignedIn, "Take one's picture away, or that of another user.", s.resetAvatar, users, refusals),
		rest.Row("GET", "/api/v1/foyer/console/faces", rest.SignedIn, "Which users have a picture.", s.faces, rest.Tag("console")),
	}
}

type avatarQuery struct {
	Name     string `path:"name"`
	Initials *bool  `query:"initials" doc:"false: without a picture the answer is empty (204)."`
	Known    string `header:"If-None-Match"`
}

func (s *Service) avatar(ctx context.Context, q avatarQuery) (rest.Bytes, error) {
	p, err := s.Portrait(ctx, rest.Identity[chat.Actor](ctx), q.Name)
	h := http.Header{"Cache-Control": {"private, no-cache"}, "Vary": {"Cookie"}, "Cross-Origin-Resource-Policy": {"cross-origin"},
		"Content-Security-Policy": {"default-src 'none'; sandbox"}}
	switch {
	case errors.Is(err, db.ErrNoRows) && q.Initials != nil && !*q.Initials:
		return rest.Bytes{Header: h, Status: http.StatusNoContent}, nil
	case errors.Is(err, db.ErrNoRows):
		drawn := monogram(strings.TrimPrefix(q.Name, byID))
		p = Portrait{picture.Small{Type: "image/svg+xml", Content: drawn}, id.Hash(string(drawn))[:32]}
	case err != nil:
		return rest.Bytes{}, err
	}
	h.Set("Etag", `"`+p.Tag+`"`)
	if strings.Contains(q.Known, h.Get("Etag")) {
		return rest.Bytes{Header: h, Status: http.StatusNotModified}, nil
	}
	return rest.Bytes{Type: p.Type, Body: p.Content, Header: h}, nil
}

type getAvatar struct {
	UserID   chat.UserID `query:"userId" maxLength:"100"`
	Username string      `query:"username" maxLength:"100"`
}

// getAvatar looks nobody up: it must not tell who there is.
func (s *Service) getAvatar(_ context.Context, q getAvatar) (rest.Bytes, error) {
	name := url.PathEscape(q.Username)
	switch {
	case q.UserID != "":
		name = byID + url.PathEscape(string(q.UserID))
	case name == "":
		return rest.Bytes{}, fault.New(fault.Invalid, "error-user-param-not-provided", `The required "userId" or "username" param was not provided`)
	}
	return rest.Bytes{Status: http.StatusTemporaryRedirect, Header: http.Header{"Location": {"/avatar/" + name}}}, nil
}

type setAvatar struct {
	Image rest.Upload `json:"-"`
}

const mostPhoto = 10 << 20 // bytes of an upload, in memory

func (s *Service) setAvatar(ctx context.Context, r setAvatar) (struct{}, error) {
	var photo bytes.Buffer
	form, err := r.Image.Receive(&photo, mostPhoto)
	if errors.Is(err, rest.ErrTooMuch) {
		err = fault.New(fault.Invalid, "error-size-not-allowed", "The file is too large")
	}
	if err != nil {
		return struct{}{}, err
	}
	target, err := s.target(ctx, userQuery{UserID: chat.UserID(form.Values["userId"]), Username: form.Values["username"]})
	if err != nil {
		return struct{}{}, err
	}
	p, err := picture.Square(ctx, bytes.NewReader(photo.Bytes()), portraitSide)
	if err != nil {
		return struct{}{}, err
	}
	return struct{}{}, s.SetPortrait(ctx, rest.Identity[chat.Actor](ctx), target, p)
}

type resetAvatar struct {
	UserID   chat.UserID `json:"userId" maxLength:"100"`
	Username string      `json:"username" maxLength:"100"`
}

func (s *Service) resetAvatar(ctx context.Context, r resetAvatar) (struct{}, error) {
	target, err := s.target(ctx, userQuery{UserID: r.UserID, Username: r.Username})
	if err != nil {
		return struct{}{}, err
	}
	return struct{}{}, s.ResetPortrait(ctx, rest.Identity[chat.Actor](ctx), target)
}

// Face says that a user has a picture.
type Face struct {
	ID  chat.UserID `json:"_id"`
	Tag string      `json:"tag"` // another one with every picture
}

type facesResponse struct {
	Faces []Face `json:"faces"`
}

func (s *Service) faces(ctx context.Context, _ struct{}) (facesResponse, error) {
	all, err := listFaces(ctx, s.DB)
	return facesResponse{all}, err
}

package files

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
)

// Signed links open one file for a while without any sign-in: for servers that are
// told of a message, and for pages that cannot show who they are.
const (
	linkLasts       = time.Hour
	widgetLinkLasts = 10 * time.Minute
)

// claims are what a link's token (a JSON Web Token, HS256) says.
type claims struct {
	RID     chat.RoomID `json:"rid"`
	File    chat.FileID `json:"fileId"`
	Issued  int64       `json:"iat"` // seconds
	Expires int64       `json:"exp"`
}

var tokenHead = encode([]byte(`{"alg":"HS256","typ":"JWT"}`))

func encode(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

// Link is the path of a file for somebody outside; signed, if files are protected and
// the settings want links to be signed. Empty: there is no such file.
func (s *Service) Link(ctx context.Context, file chat.FileID) (string, error) {
	f, err := find(ctx, s.DB, file)
	if errors.Is(err, db.ErrNoRows) {
		return "", nil
	} else if err != nil {
		return "", err
	}
	settings := s.Settings.Current()
	if !settings.FilesProtected || !settings.FileLinksSigned {
		return f.Path(), nil
	}
	return s.signedPath(f, linkLasts)
}

func (s *Service) signedPath(f File, lasts time.Duration) (string, error) {
	now := s.DB.Clock().Now()
	b, err := json.Marshal(claims{RID: f.RID, File: f.ID, Issued: int64(now) / 1000, Expires: int64(now.Add(lasts)) / 1000})
	said := tokenHead + "." + encode(b)
	return f.Path() + "?token=" + said + "." + s.signature(f, said), err
}

func (s *Service) signature(f File, said string) string {
	key := s.Settings.Current().FileLinkSecret
	if key == "" {
		key = f.Secret
	}
	m := hmac.New(sha256.New, []byte(key))
	m.Write([]byte(said))
	return encode(m.Sum(nil))
}

// Lasts reports whether a link with this token, which may be none, opens a file for some
// time yet; also when the file is gone and no other link would.
func (s *Service) Lasts(ctx context.Context, file chat.FileID, token string) (bool, error) {
	f, err := find(ctx, s.DB, file)
	if errors.Is(err, db.ErrNoRows) {
		return true, nil
	}
	settings := s.Settings.Current()
	needed := settings.FilesProtected && settings.FileLinksSigned
	return !needed || s.signedUntil(f, token, s.DB.Clock().Now().Add(linkLasts/4)), err
}

// signed reports whether a token opens the file now.
func (s *Service) signed(f File, token string) bool {
	return s.signedUntil(f, token, s.DB.Clock().Now())
}

func (s *Service) signedUntil(f File, token string, moment clock.Instant) bool {
	at := strings.LastIndexByte(token, '.')
	if at < 0 || !strings.HasPrefix(token, tokenHead+".") || !hmac.Equal([]byte(s.signature(f, token[:at])), []byte(token[at+1:])) {
		return false
	}
	var c claims
	b, err := base64.RawURLEncoding.DecodeString(strings.TrimPrefix(token[:at], tokenHead+"."))
	if err != nil || json.Unmarshal(b, &c) != nil {
		return false
	}
	return c.File == f.ID && clock.Instant(c.Expires*1000) > moment
}

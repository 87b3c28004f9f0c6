package integrations

import (
	"context"
	"encoding/json"
	"net/url"
	"strings"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/seal"
)

// Frame is the address of the page beside a room, for one user: with who he is, which
// room it is and, when a key is set, a token of his for an hour that only the page's
// server can read (webhooks.md 4).
func (s *Service) Frame(ctx context.Context, a chat.Actor, session chat.SessionID, rid chat.RoomID) (string, error) {
	set := s.Settings.Current()
	if !set.FrameEnabled || set.FrameURL == "" {
		return "", fault.New(fault.Invalid, "error-external-frame-disabled", "There is no external frame")
	}
	if _, _, err := s.Rooms.Visible(ctx, a, rid); err != nil {
		return "", err
	}
	token := ""
	if key, err := chat.FrameKey(set.FrameKey); err == nil && key != nil {
		lent, err := s.Tokens.Lend(ctx, a.User, session)
		if err != nil {
			return "", err
		}
		if token, err = seal.Seal(key, lent); err != nil {
			return "", err
		}
	}
	return frameURL(set.FrameURL, a.User, rid, token)
}

// frameURL adds to the page's address, whose own query stays. The sealed token is
// escaped twice, as receivers expect.
func frameURL(page string, u chat.UserID, rid chat.RoomID, sealed string) (string, error) {
	address, err := url.Parse(page)
	if err != nil {
		return "", err
	}
	more := url.Values{"uid": {string(u)}, "rid": {string(rid)}}
	if sealed != "" {
		more.Set("t", url.QueryEscape(sealed))
	}
	address.RawQuery = strings.TrimPrefix(address.RawQuery+"&"+more.Encode(), "&")
	return address.String(), nil
}

// NewFrameKey makes the frame a new key and shows it, once: its receiver needs it too.
func (s *Service) NewFrameKey(ctx context.Context, a chat.Actor) (string, error) {
	jwk := chat.NewFrameKey(seal.NewKey())
	raw, err := json.Marshal(jwk)
	if err != nil {
		return "", err
	}
	return jwk, s.Settings.Change(ctx, a, "Omnichannel_External_Frame_Encryption_JWK", raw)
}

package integrations

import (
	"context"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/rest"
)

// Rows are the endpoints of integrations.
func (s *Service) Rows() []rest.Endpoint {
	tag, serves, unseen := rest.Tag("integrations"), rest.Any(string(chat.ViewLRoom)), rest.Errors("error-invalid-room")
	return []rest.Endpoint{
		rest.Row("POST", "/api/v1/foyer/rooms/{rid}/frame", serves, "The address of the external frame beside a room, for the caller alone; its token lasts an hour.",
			s.postFrame, tag, unseen, rest.Errors("There is no external frame [error-external-frame-disabled]")),
		rest.Row("POST", "/api/v1/foyer/external-frame/key", rest.All(string(chat.EditPrivilegedSetting)), "Give the external frame a new key, shown this once.", s.postKey, tag),
		rest.Row("GET", "/api/v1/foyer/rooms/{rid}/identity", serves, "What the site said about a room's visitor, the latest first.", s.getIdentity, tag, unseen),
		rest.Row("POST", "/api/v1/foyer/rooms/{rid}/identity", serves, "Ask the site again who the visitor is.", s.postVerify, tag, unseen,
			rest.Limit("identity", 30, time.Minute), rest.Errors("The page says nothing about this visitor [error-no-identity-claim]")),
		rest.Row("POST", "/api/v1/foyer/widget/identity", rest.Guest, "What the page says about the guest of a room; the site is asked about it, the guest never hears the answer.",
			s.postClaim, rest.Tag("widget"), rest.Limit("widget-identity", 30, time.Minute), rest.Errors("[invalid-room]")),
	}
}

type byRoom struct {
	RID chat.RoomID `path:"rid" maxLength:"100"`
}

type frameAnswer struct {
	URL string `json:"url"`
}

func (s *Service) postFrame(ctx context.Context, r byRoom) (a frameAnswer, err error) {
	a.URL, err = s.Frame(ctx, rest.Identity[chat.Actor](ctx), chat.SessionID(rest.SessionID(ctx)), r.RID)
	return a, err
}

type keyAnswer struct {
	Key string `json:"key"` // a JSON Web Key
}

func (s *Service) postKey(ctx context.Context, _ struct{}) (a keyAnswer, err error) {
	a.Key, err = s.NewFrameKey(ctx, rest.Identity[chat.Actor](ctx))
	return a, err
}

type identityAnswer struct {
	Checks []Check `json:"checks"`
	May    bool    `json:"mayVerify"` // the page said something and the site has an address
}

func (s *Service) getIdentity(ctx context.Context, r byRoom) (a identityAnswer, err error) {
	a.Checks, a.May, err = s.Identity(ctx, rest.Identity[chat.Actor](ctx), r.RID)
	return a, err
}

type checkAnswer struct {
	Check Check `json:"check"`
}

func (s *Service) postVerify(ctx context.Context, r byRoom) (a checkAnswer, err error) {
	a.Check, err = s.Verify(ctx, rest.Identity[chat.Actor](ctx), r.RID)
	return a, err
}

type claim struct {
	RID    chat.RoomID `json:"rid" required:"true" minLength:"1" maxLength:"100"`
	Custom string      `json:"custom" required:"true" maxLength:"4000"`
}

func (s *Service) postClaim(ctx context.Context, r claim) (struct{}, error) {
	return struct{}{}, s.Claim(ctx, rest.Identity[chat.Actor](ctx), r.RID, r.Custom)
}

package rooms

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/rest"
)

// Calls are the same rules as older clients ask for them (rest-api.md 24).
func (s *Service) Calls() []rest.Call {
	return []rest.Call{
		rest.Procedure("sendMessage", rest.SignedIn, s.callSend),
		rest.Procedure("livechat:returnAsInquiry", rest.All("view-l-room"), s.callReturn),
		rest.Procedure("livechat:loadHistory", rest.Public, s.callHistory),
	}
}

func (s *Service) callSend(ctx context.Context, r sendMessage) (chat.Message, error) {
	out, err := s.sendMessage(ctx, r)
	return out.Message, err
}

func (s *Service) callReturn(ctx context.Context, r returnInquiry) (bool, error) {
	out, err := s.returnInquiry(ctx, r)
	return out.Result, err
}

type callHistory struct {
	Asked struct {
		RID   chat.RoomID   `json:"rid" required:"true" minLength:"1" maxLength:"100"`
		Token string        `json:"token" required:"true" minLength:"1" maxLength:"255"`
		Limit int64         `json:"limit" min:"1" default:"20"`
		End   clock.Instant `json:"end"`
		Seen  clock.Instant `json:"ls"`
	} `json:"query" required:"true"`
}

func (s *Service) callHistory(ctx context.Context, r callHistory) (historyAnswer, error) {
	q := r.Asked
	return s.visitorHistory(ctx, visitorHistory{RID: q.RID, Token: q.Token, Limit: q.Limit, End: q.End, Seen: q.Seen})
}

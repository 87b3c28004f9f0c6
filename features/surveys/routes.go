package surveys

import (
	"context"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/rest"
)

// Rows are the endpoints (rest-api.md 7).
func (s *Service) Rows() []rest.Endpoint {
	refused := rest.Errors("[invalid-room]", "[invalid-data]")
	return []rest.Endpoint{
		rest.Row("POST", "/api/v1/livechat/room.survey", rest.Public, "Rate a conversation, while it lasts or afterwards.", s.postSurvey, rest.Tag("surveys"),
			rest.Errors("[invalid-token]"), refused),
		rest.Row("POST", "/api/v1/foyer/widget/survey", rest.Guest, "Rate the guest's conversation.", s.postOwnSurvey, rest.Tag("widget"),
			rest.Limit("widget-survey", 30, time.Minute), refused),
	}
}

type postSurvey struct {
	RID   chat.RoomID `json:"rid" required:"true" maxLength:"100"`
	Token string      `json:"token" required:"true" maxLength:"255"`
	Data  []Answer    `json:"data" required:"true" maxItems:"100"`
}

type surveyResult struct {
	RID  chat.RoomID       `json:"rid"`
	Data map[string]string `json:"data"`
}

func (s *Service) postSurvey(ctx context.Context, r postSurvey) (surveyResult, error) {
	v, err := s.Guests.ByToken(ctx, r.Token)
	if err != nil {
		return surveyResult{}, err
	}
	given, err := s.Rate(ctx, v.ID, r.RID, r.Data)
	return surveyResult{r.RID, given}, err
}

type postOwnSurvey struct {
	RID  chat.RoomID `json:"rid" required:"true" maxLength:"100"`
	Data []Answer    `json:"data" required:"true" maxItems:"100"`
}

func (s *Service) postOwnSurvey(ctx context.Context, r postOwnSurvey) (surveyResult, error) {
	given, err := s.Rate(ctx, rest.Identity[chat.Actor](ctx).Visitor, r.RID, r.Data)
	return surveyResult{r.RID, given}, err
}

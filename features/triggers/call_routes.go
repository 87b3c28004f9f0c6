package triggers

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/rest"
)

// Calls are the same rules as older clients ask for them (rest-api.md 24).
func (s *Service) Calls() []rest.Call {
	may := rest.All(string(chat.ViewLivechatManager))
	return []rest.Call{
		rest.Procedure("livechat:saveTrigger", may, s.callSave),
		rest.Procedure("livechat:removeTrigger", may, s.callRemove),
	}
}

type callSave struct {
	Trigger postTrigger `json:"trigger" required:"true"`
}

func (s *Service) callSave(ctx context.Context, r callSave) (bool, error) {
	_, err := s.post(ctx, r.Trigger)
	return err == nil, err
}

type callRemove struct {
	ID chat.TriggerID `json:"_id" required:"true" minLength:"1" maxLength:"64"`
}

func (s *Service) callRemove(ctx context.Context, r callRemove) (bool, error) {
	err := s.Delete(ctx, r.ID)
	return err == nil, err
}

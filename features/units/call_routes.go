package units

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/rest"
)

// Calls are the same rules as older clients ask for them (rest-api.md 24).
func (s *Service) Calls() []rest.Call {
	return []rest.Call{
		rest.Procedure("livechat:saveUnit", rest.All(manageUnits), s.callSave),
		rest.Procedure("livechat:removeUnit", rest.All(manageUnits), s.callRemove),
		rest.Procedure("livechat:addMonitor", rest.All(manageMonitors), s.postMonitor),
		rest.Procedure("livechat:removeMonitor", rest.All(manageMonitors), s.callRemoveMonitor),
	}
}

type callSave struct {
	ID chat.UnitID `json:"_id" maxLength:"64"`
	postUnit
}

func (s *Service) callSave(ctx context.Context, r callSave) (savedUnit, error) {
	if r.ID == "" {
		return s.postUnit(ctx, r.postUnit)
	}
	return s.putUnit(ctx, putUnit{oneUnit{r.ID}, r.postUnit})
}

type callRemove struct {
	ID chat.UnitID `json:"id" required:"true" maxLength:"64"`
}

func (s *Service) callRemove(ctx context.Context, r callRemove) (bool, error) {
	err := s.Delete(ctx, rest.Identity[chat.Actor](ctx), r.ID)
	return err == nil, err
}

func (s *Service) callRemoveMonitor(ctx context.Context, r changeMonitor) (bool, error) {
	err := s.RemoveMonitor(ctx, r.Username)
	return err == nil, err
}

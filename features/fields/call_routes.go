package fields

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/rest"
)

// Calls are the same rules as older clients ask for them (rest-api.md 24).
func (s *Service) Calls() []rest.Call {
	return []rest.Call{
		rest.Procedure("livechat:saveCustomField", rest.All(viewManager), s.callSave),
		rest.Procedure("livechat:removeCustomField", rest.All(viewManager), s.callRemove),
	}
}

func (s *Service) callSave(ctx context.Context, r postField) (chat.CustomField, error) {
	saved, err := s.postField(ctx, r)
	return saved.CustomField, err
}

func (s *Service) callRemove(ctx context.Context, r deleteField) (bool, error) {
	err := s.Delete(ctx, r.ID)
	return err == nil, err
}

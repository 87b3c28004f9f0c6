package tags

import (
	"context"

	"github.com/foyerchat/foyer/platform/rest"
)

// Calls are the same rules as older clients ask for them (rest-api.md 24).
func (s *Service) Calls() []rest.Call {
	return []rest.Call{
		rest.Procedure("livechat:saveTag", rest.All(manageTags), s.postTag),
		rest.Procedure("livechat:removeTag", rest.All(manageTags), s.callRemove),
	}
}

func (s *Service) callRemove(ctx context.Context, r deleteTag) (bool, error) {
	err := s.Delete(ctx, r.ID)
	return err == nil, err
}

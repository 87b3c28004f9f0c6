package offline

import (
	"context"

	"github.com/foyerchat/foyer/platform/rest"
)

// Calls are the same rules as older clients ask for them (lifecycle 16).
func (s *Service) Calls() []rest.Call {
	return []rest.Call{rest.Procedure("livechat:sendOfflineMessage", rest.Public, s.callLeave, often)}
}

type callLeave struct {
	Message left `json:"data" required:"true"`
}

func (s *Service) callLeave(ctx context.Context, r callLeave) (bool, error) {
	_, err := s.postMessage(ctx, r.Message)
	return err == nil, err
}

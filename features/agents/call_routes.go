package agents

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/rest"
)

// Calls are the same rules as older clients ask for them (rest-api.md 24).
func (s *Service) Calls() []rest.Call {
	return []rest.Call{rest.Procedure("livechat:changeLivechatStatus", rest.Any(viewLRoom), s.callStatus)}
}

type callStatus struct {
	Change struct {
		AgentID chat.AgentID `json:"agentId" maxLength:"64"`
		Status  string       `json:"status"`
	} `json:"change"`
}

// callStatus words refusals as these clients know them; for another's switch, that the
// hours are closed is none.
func (s *Service) callStatus(ctx context.Context, r callStatus) (bool, error) {
	to, by := chat.Availability(r.Change.Status), rest.Identity[chat.Actor](ctx)
	if to != "" && to != chat.Available && to != chat.NotAvailable {
		return false, fault.New(fault.Invalid, errNotAllowed, "Invalid Status")
	}
	_, err := s.Switch(ctx, by, r.Change.AgentID, to)
	f, known := fault.Of(err)
	switch {
	case err == nil:
		return true, nil
	case known && f.Kind == fault.NotFound:
		return false, fault.New(fault.Invalid, errNotAllowed, "Invalid Agent Id")
	case known && f.Kind == fault.Forbidden:
		return false, fault.New(fault.Forbidden, errNotAllowed, "Not allowed")
	case fault.Has(err, errHoursClosed) && r.Change.AgentID != "" && r.Change.AgentID != by.User:
		return false, nil
	}
	return false, err
}

const (
	errNotAllowed  = "error-not-allowed"
	errHoursClosed = "error-business-hours-are-closed"
)

package hours

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/rest"
)

// Calls are the same rules as older clients ask for them (rest-api.md 24).
func (s *Service) Calls() []rest.Call {
	return []rest.Call{
		rest.Procedure("livechat:saveBusinessHour", rest.Any(viewHours), s.callSave),
		rest.Procedure("livechat:removeBusinessHour", rest.Any(viewHours), s.callRemove),
	}
}

// callHour may carry all that was read before; what is not listed is dropped.
type callHour struct {
	ID          chat.HourID `json:"_id" maxLength:"64"`
	Type        string      `json:"type" enum:"default,custom" default:"default"`
	Name        string      `json:"name" maxLength:"255"`
	Active      bool        `json:"active" default:"true"`
	Zone        string      `json:"timezoneName" maxLength:"64"`
	Departments string      `json:"departmentsToApplyBusinessHour" maxLength:"65536"`
	WorkHours   []window    `json:"workHours" required:"true" maxItems:"1000"`
	Timezone    struct {
		Name string `json:"name" maxLength:"64"`
	} `json:"timezone"`
}

type callSave struct {
	Hour callHour `json:"businessHour" required:"true"`
}

func (s *Service) callSave(ctx context.Context, r callSave) (bool, error) {
	h := r.Hour
	if h.Zone == "" {
		h.Zone = h.Timezone.Name
	}
	_, err := s.postSave(ctx, postSave{ID: h.ID, Type: h.Type, Name: h.Name, Active: h.Active, Zone: h.Zone, Departments: h.Departments, WorkHours: h.WorkHours})
	return err == nil, err
}

func (s *Service) callRemove(ctx context.Context, r postRemove) (bool, error) {
	_, err := s.postRemove(ctx, r)
	return err == nil, err
}

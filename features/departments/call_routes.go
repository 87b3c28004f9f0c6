package departments

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/rest"
)

// Calls are the same rules as older clients ask for them (rest-api.md 24).
func (s *Service) Calls() []rest.Call {
	return []rest.Call{rest.Procedure("livechat:saveDepartment", rest.All(manageDepartments), s.callSave)}
}

type callSave struct {
	ID chat.DepartmentID `json:"_id" maxLength:"64"`
	post
}

// callSave answers with the department alone.
func (s *Service) callSave(ctx context.Context, r callSave) (Department, error) {
	if _, err := r.unit(); err != nil {
		return Department{}, err
	}
	if r.ID == "" {
		saved, err := s.post(ctx, r.post)
		return saved.Department, err
	}
	saved, err := s.update(ctx, put(r))
	return saved.Department, err
}

package visitors

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/rest"
)

// Calls are the same rules as older clients ask for them (rest-api.md 24).
func (s *Service) Calls() []rest.Call {
	return []rest.Call{
		rest.Procedure("livechat:registerGuest", rest.Public, s.callRegister, registers),
		rest.Procedure("livechat:loginByToken", rest.Public, s.callLogin),
	}
}

type registeredGuest struct {
	UserID  chat.VisitorID `json:"userId"`
	Visitor chat.Visitor   `json:"visitor"`
}

func (s *Service) callRegister(ctx context.Context, r postVisitor) (registeredGuest, error) {
	out, err := s.postVisitor(ctx, r)
	return registeredGuest{UserID: out.Visitor.ID, Visitor: out.Visitor}, err
}

type callLogin struct {
	Token string `json:"token" required:"true" maxLength:"255"`
}

type knownGuest struct {
	ID chat.VisitorID `json:"_id"`
}

// callLogin answers null for a token of nobody.
func (s *Service) callLogin(ctx context.Context, r callLogin) (*knownGuest, error) {
	v, err := s.ByToken(ctx, r.Token)
	if fault.Has(err, "invalid-token") {
		return nil, nil
	}
	return &knownGuest{ID: v.ID}, err
}

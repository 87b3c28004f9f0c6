package canned

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/rest"
)

// Rows are the endpoints of canned responses (rest-api.md 19).
func (s *Service) Rows() []rest.Endpoint {
	tag, view := rest.Tag("canned responses"), rest.All(string(chat.ViewCannedResponses))
	unknown, scope := rest.Errors("error-canned-response-not-found"), rest.Errors("Not allowed to save or remove canned responses of … scope [error-not-allowed]")
	removal := rest.All(string(chat.RemoveCannedResponses))
	return []rest.Endpoint{
		rest.Row("GET", "/api/v1/canned-responses", view, "List the canned responses one may see.", s.getList, tag, rest.Strict()),
		rest.Row("GET", "/api/v1/canned-responses.get", view, "The canned responses one may use: public ones, one's own, those of one's departments.", s.getUsable, tag),
		rest.Row("GET", "/api/v1/canned-responses/{_id}", view, "One canned response.", s.getOne, tag, unknown),
		rest.Row("POST", "/api/v1/canned-responses", rest.All(string(chat.SaveCannedResponses)), "Make a canned response, or change the one of the id.", s.post, tag, rest.Strict(), unknown, scope,
			rest.Errors("Shortcut provided already exists [error-invalid-shortcut]", "Invalid department [error-invalid-department]")),
		rest.Row("DELETE", "/api/v1/canned-responses", removal, "Remove a canned response.", s.deleteNamed, tag, unknown, scope),
		rest.Row("DELETE", "/api/v1/canned-responses/{_id}", removal, "Remove a canned response.", s.deleteOne, tag, unknown, scope),
	}
}

type getList struct {
	rest.Page
	rest.Choosing
	Shortcut   string            `query:"shortcut" maxLength:"255" doc:"Exactly."`
	Text       string            `query:"text" maxLength:"255" doc:"Part of shortcut or text."`
	Scope      string            `query:"scope" maxLength:"50"`
	Tags       []string          `query:"tags" maxItems:"50" doc:"Has one of them."`
	Department chat.DepartmentID `query:"departmentId" maxLength:"255"`
	CreatedBy  chat.UserID       `query:"createdBy" maxLength:"255"`
}

type responses struct {
	Responses []rest.Part[Response] `json:"cannedResponses"`
	rest.Counted
}

func (s *Service) getList(ctx context.Context, r getList) (responses, error) {
	f := Filter{Shortcut: r.Shortcut, Text: r.Text, Scope: Scope(r.Scope), Tags: r.Tags, Department: r.Department, CreatedBy: r.CreatedBy, Offset: r.Offset, Sort: r.Sort}
	if !r.Unlimited() {
		f.Limit = r.Limit()
	}
	found, total, err := s.List(ctx, rest.Identity[chat.Actor](ctx), f)
	if err != nil {
		return responses{}, err
	}
	parts, err := rest.Parts(found, r.Fields)
	return responses{parts, rest.Counted{Offset: r.Offset, Count: len(found), Total: total}}, err
}

type usableResponses struct {
	Responses []Response `json:"responses"`
}

func (s *Service) getUsable(ctx context.Context, _ struct{}) (usableResponses, error) {
	found, err := s.Usable(ctx, rest.Identity[chat.Actor](ctx))
	return usableResponses{found}, err
}

type oneResponse struct {
	ID chat.CannedID `path:"_id"`
}

type foundResponse struct {
	Response Response `json:"cannedResponse"`
}

func (s *Service) getOne(ctx context.Context, r oneResponse) (foundResponse, error) {
	found, err := s.Find(ctx, rest.Identity[chat.Actor](ctx), r.ID)
	return foundResponse{found}, err
}

type postResponse struct {
	ID         chat.CannedID     `json:"_id" maxLength:"255"`
	Shortcut   string            `json:"shortcut" required:"true" minLength:"1" maxLength:"100"`
	Text       string            `json:"text" required:"true" minLength:"1" maxLength:"20000"`
	Scope      string            `json:"scope" required:"true" enum:"global,department,user"`
	Department chat.DepartmentID `json:"departmentId" maxLength:"255" doc:"With the scope department."`
	Tags       []string          `json:"tags" maxItems:"50"`
}

func (s *Service) post(ctx context.Context, r postResponse) (struct{}, error) {
	return struct{}{}, s.Save(ctx, rest.Identity[chat.Actor](ctx), Response{ID: r.ID, Shortcut: r.Shortcut, Text: r.Text, Scope: Scope(r.Scope), DepartmentID: r.Department, Tags: r.Tags})
}

type deleteResponse struct {
	ID chat.CannedID `json:"_id" required:"true" maxLength:"255"`
}

func (s *Service) deleteNamed(ctx context.Context, r deleteResponse) (struct{}, error) {
	return struct{}{}, s.Delete(ctx, rest.Identity[chat.Actor](ctx), r.ID)
}

func (s *Service) deleteOne(ctx context.Context, r oneResponse) (struct{}, error) {
	return struct{}{}, s.Delete(ctx, rest.Identity[chat.Actor](ctx), r.ID)
}

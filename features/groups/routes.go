package groups

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/rest"
)

// Rows are the endpoints (rest-api.md 5).
func (s *Service) Rows() []rest.Endpoint {
	tag := rest.Tag("groups")
	return []rest.Endpoint{
		rest.Row("POST", "/api/v1/groups.create", rest.All(string(chat.CreateP)), "Make a private group, to which offline messages can be sent.", s.create, tag,
			rest.Errors(`Body param "name" is required`, "[error-invalid-room-name]", "A channel with name '…' exists [error-duplicate-channel-name]")),
		rest.Row("POST", "/api/v1/groups.delete", rest.All(string(chat.DeleteP)), "Remove a private group; what visitors left is kept for those who see all of it.", s.delete, tag,
			rest.Errors("Not allowed [error-not-allowed]", "[error-room-param-not-provided]", "[error-room-not-found]")),
	}
}

type createRequest struct {
	Name         string         `json:"name" maxLength:"255" doc:"Letters, digits, dots, underscores and dashes."`
	Members      []string       `json:"members" maxItems:"1000" doc:"Usernames; those of nobody are left out."`
	ExcludeSelf  bool           `json:"excludeSelf" doc:"The caller is no member."`
	ReadOnly     bool           `json:"readOnly"`
	CustomFields map[string]any `json:"customFields"`
}

type createAnswer struct {
	Group chat.Group `json:"group"`
}

func (s *Service) create(ctx context.Context, r createRequest) (createAnswer, error) {
	c, err := s.Create(ctx, rest.Identity[chat.Actor](ctx), Draft{Name: r.Name, Members: r.Members, WithoutMaker: r.ExcludeSelf, ReadOnly: r.ReadOnly, CustomFields: r.CustomFields})
	return createAnswer{c}, err
}

type deleteRequest struct {
	RID  chat.RoomID `json:"roomId" maxLength:"100"`
	Name string      `json:"roomName" maxLength:"255"`
}

func (s *Service) delete(ctx context.Context, r deleteRequest) (struct{}, error) {
	return struct{}{}, s.Delete(ctx, r.RID, r.Name)
}

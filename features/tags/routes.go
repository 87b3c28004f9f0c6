package tags

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/rest"
	"github.com/foyerchat/foyer/platform/schema"
)

const (
	viewLRoom  = string(chat.ViewLRoom)
	manageTags = string(chat.ManageLivechatTags)
)

// Rows are the endpoints of tags (rest-api.md 16).
func (s *Service) Rows() []rest.Endpoint {
	tag := rest.Tag("tags")
	return []rest.Endpoint{
		rest.Row("GET", "/api/v1/livechat/tags", rest.Any(viewLRoom, manageTags), "List the tags one may use: public ones, and those of a department or of one's own.", s.getTags, tag),
		rest.Row("GET", "/api/v1/livechat/tags/{tagId}", rest.Any(viewLRoom, manageTags), "One tag; for an unknown id a body that is null.", s.getTag, tag),
		rest.Row("POST", "/api/v1/livechat/tags.save", rest.All(manageTags), "Make a tag, or replace one; what is left out is empty then.", s.postTag, tag,
			rest.Errors(notFound, "The name is in use [error-duplicate-tag-name]", "Invalid department [error-invalid-department]")),
		rest.Row("POST", "/api/v1/livechat/tags.delete", rest.All(manageTags), "Remove a tag; conversations keep its name.", s.deleteTag, tag, rest.Errors(notFound)),
	}
}

type getTags struct {
	rest.Page
	Text       string            `query:"text" maxLength:"255" doc:"Part of name or description."`
	Department chat.DepartmentID `query:"department" maxLength:"255" doc:"Also those of this department, for its people."`
	ViewAll    bool              `query:"viewAll" doc:"Every tag, for who manages them."`
}

type tagsPage struct {
	Tags []Tag `json:"tags"`
	rest.Counted
}

func (s *Service) getTags(ctx context.Context, r getTags) (tagsPage, error) {
	f := Filter{Text: r.Text, Department: r.Department, All: r.ViewAll, Offset: r.Offset, Sort: r.Sort}
	if !r.Unlimited() {
		f.Limit = r.Limit()
	}
	found, total, err := s.List(ctx, rest.Identity[chat.Actor](ctx), f)
	return tagsPage{Tags: found, Counted: rest.Counted{Offset: r.Offset, Count: len(found), Total: total}}, err
}

type oneTag struct {
	ID chat.TagID `path:"tagId"`
}

// tagOrNone is a tag or, for an unknown id, what older servers say (rest-api.md 16, 27).
type tagOrNone struct {
	Tag  *Tag   `alternative:"true"`
	None *noTag `alternative:"true"`
}

type noTag struct {
	StatusCode int       `json:"statusCode"`
	Body       *struct{} `json:"body"`
}

// MarshalJSON writes the one it is.
func (t tagOrNone) MarshalJSON() ([]byte, error) { return schema.MarshalUnion(t) }

func (s *Service) getTag(ctx context.Context, r oneTag) (tagOrNone, error) {
	t, err := s.Find(ctx, r.ID)
	if f, ok := fault.Of(err); ok && f.Kind == fault.NotFound {
		return tagOrNone{None: &noTag{StatusCode: 200}}, nil
	}
	return tagOrNone{Tag: &t}, err
}

type tagData struct {
	Name        string `json:"name" required:"true" maxLength:"100"`
	Description string `json:"description" maxLength:"1000"`
}

type postTag struct {
	ID          chat.TagID          `json:"_id" maxLength:"255"`
	Data        tagData             `json:"tagData" required:"true"`
	Departments []chat.DepartmentID `json:"tagDepartments" maxItems:"1000" doc:"None: usable for every chat."`
}

func (s *Service) postTag(ctx context.Context, r postTag) (Tag, error) {
	return s.Save(ctx, Draft{ID: r.ID, Name: r.Data.Name, Description: r.Data.Description, Departments: r.Departments})
}

type deleteTag struct {
	ID chat.TagID `json:"id" required:"true"`
}

func (s *Service) deleteTag(ctx context.Context, r deleteTag) (struct{}, error) {
	return struct{}{}, s.Delete(ctx, r.ID)
}

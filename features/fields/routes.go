package fields

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/rest"
)

const (
	viewLRoom   = string(chat.ViewLRoom)
	viewManager = string(chat.ViewLivechatManager)
)

// Rows are the endpoints of custom fields (rest-api.md 14).
func (s *Service) Rows() []rest.Endpoint {
	tag := rest.Tag("custom fields")
	value := rest.Errors("[invalid-custom-field]", "Invalid value for … field [error-invalid-custom-field-value]")
	return []rest.Endpoint{
		rest.Row("GET", "/api/v1/livechat/custom-fields", rest.All(viewLRoom), "List the custom fields.", s.getFields, tag),
		rest.Row("GET", "/api/v1/livechat/custom-fields/{_id}", rest.All(viewLRoom), "One custom field; null for an unknown one.", s.getField, tag),
		rest.Row("POST", "/api/v1/livechat/custom-fields.save", rest.All(viewManager), "Define a custom field, or change one.", s.postField, tag,
			rest.Errors("There is no such custom field [error-invalid-custom-field]", "The name is in use [error-custom-field-name-already-exists]",
				"A name has letters, digits, dashes and underscores [error-invalid-custom-field-name]")),
		rest.Row("POST", "/api/v1/livechat/custom-fields.delete", rest.All(viewManager), "Remove a custom field and what is stored in it.", s.deleteField, tag,
			rest.Errors("There is no such custom field [error-invalid-custom-field]")),
		rest.Row("POST", "/api/v1/livechat/custom.field", rest.Public, "Store one value of the visitor of a token, or of his rooms.", s.postValue, tag,
			rest.UserToo(), rest.Paced("custom-field"), rest.Errors("[invalid-token]"), value),
		rest.Row("POST", "/api/v1/livechat/custom.fields", rest.Public, "Store several values of the visitor of a token, or of his rooms: all or none.", s.postValues, tag,
			rest.UserToo(), rest.Paced("custom-field"), rest.Errors("[invalid-token]"), value),
		rest.Row("POST", "/api/v1/foyer/widget/custom.fields", rest.Guest, "Store several values of our own widget's visitor: all or none.", s.postOwnValues, rest.Tag("widget"),
			rest.Paced("custom-field"), value),
	}
}

type getFields struct {
	rest.Page
	Text string `query:"text" maxLength:"255" doc:"Part of label or id."`
}

type fieldsPage struct {
	CustomFields []chat.CustomField `json:"customFields"`
	rest.Counted
}

func (s *Service) getFields(ctx context.Context, r getFields) (fieldsPage, error) {
	f := Filter{Text: r.Text, Offset: r.Offset, Sort: r.Sort}
	if !r.Unlimited() {
		f.Limit = r.Limit()
	}
	found, total, err := s.List(ctx, f)
	return fieldsPage{CustomFields: found, Counted: rest.Counted{Offset: r.Offset, Count: len(found), Total: total}}, err
}

type oneField struct {
	ID chat.FieldID `path:"_id"`
}

type foundField struct {
	CustomField *chat.CustomField `json:"customField"` // null: none
}

func (s *Service) getField(ctx context.Context, r oneField) (foundField, error) {
	f, err := s.Find(ctx, r.ID)
	return foundField{f}, err
}

type postField struct {
	ID   *chat.FieldID `json:"customFieldId" maxLength:"255" doc:"Null: a new one."`
	Data struct {
		Field        chat.FieldID    `json:"field" required:"true" maxLength:"255"`
		Label        string          `json:"label" required:"true" maxLength:"255"`
		Scope        chat.FieldScope `json:"scope" required:"true" enum:"visitor,room"`
		Visibility   string          `json:"visibility" required:"true" enum:"visible,hidden,public,private,true,false" doc:"public or true means visible, private or false hidden."`
		Regexp       string          `json:"regexp" maxLength:"1000"`
		Searchable   bool            `json:"searchable"`
		Type         string          `json:"type" enum:"input,select"`
		Required     bool            `json:"required"`
		DefaultValue string          `json:"defaultValue" maxLength:"1024"`
		Options      string          `json:"options" maxLength:"5000" doc:"Of a select, separated by commas."`
		Public       bool            `json:"public" doc:"In the registration form; only while visible."`
	} `json:"customFieldData" required:"true"`
}

type savedField struct {
	CustomField chat.CustomField `json:"customField"`
}

func (s *Service) postField(ctx context.Context, r postField) (savedField, error) {
	var id chat.FieldID
	if r.ID != nil {
		id = *r.ID
	}
	d := r.Data
	f, err := s.Save(ctx, id, chat.CustomField{ID: d.Field, Label: d.Label, Scope: d.Scope, Visibility: d.Visibility, Regexp: d.Regexp,
		Searchable: d.Searchable, Type: d.Type, Required: d.Required, DefaultValue: d.DefaultValue, Options: d.Options, Public: d.Public})
	return savedField{f}, err
}

type deleteField struct {
	ID chat.FieldID `json:"customFieldId" required:"true" maxLength:"255"`
}

func (s *Service) deleteField(ctx context.Context, r deleteField) (struct{}, error) {
	return struct{}{}, s.Delete(ctx, r.ID)
}

type postValue struct {
	Token string `json:"token" required:"true" minLength:"1" maxLength:"255"`
	chat.FieldWrite
}

type writtenValue struct {
	Field chat.FieldWrite `json:"field"`
}

func (s *Service) postValue(ctx context.Context, r postValue) (writtenValue, error) {
	return writtenValue{r.FieldWrite}, s.Write(ctx, r.Token, []chat.FieldWrite{r.FieldWrite}, staff(ctx))
}

// staff reports whether the caller is a colleague who may see conversations.
func staff(ctx context.Context) bool { return rest.Identity[chat.Actor](ctx).May(chat.ViewLRoom) }

type postValues struct {
	Token  string            `json:"token" required:"true" minLength:"1" maxLength:"255"`
	Values []chat.FieldWrite `json:"customFields" required:"true" minItems:"1" maxItems:"100"`
}

// written is a stored value; this one endpoint spells its key in two ways, and
// clients read either.
type written struct {
	Name chat.FieldID `json:"Key"`
	chat.FieldWrite
}

type writtenValues struct {
	Fields []written `json:"fields"`
}

func (s *Service) postValues(ctx context.Context, r postValues) (writtenValues, error) {
	out := writtenValues{Fields: make([]written, len(r.Values))}
	for i, v := range r.Values {
		out.Fields[i] = written{v.Key, v}
	}
	return out, s.Write(ctx, r.Token, r.Values, staff(ctx))
}

type postOwnValues struct {
	Values []chat.FieldWrite `json:"customFields" required:"true" minItems:"1" maxItems:"100"`
}

func (s *Service) postOwnValues(ctx context.Context, r postOwnValues) (struct{}, error) {
	return struct{}{}, s.WriteOf(ctx, rest.Identity[chat.Actor](ctx).Visitor, r.Values, false)
}

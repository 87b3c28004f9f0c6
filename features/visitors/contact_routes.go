package visitors

import (
	"context"
	"encoding/json"
	"strings"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/rest"
)

const editContact = string(chat.EditOmnichannelContact)

// contactRows are the older contact endpoints, which work on visitors (LC-CON-7), and
// our own for the contact manager of a visitor whose token nobody is shown.
func (s *Service) contactRows() []rest.Endpoint {
	tag, noAgent := rest.Tag("contacts"), rest.Errors("The contact manager is no agent [error-contact-manager-not-found]")
	return []rest.Endpoint{
		rest.Row("POST", "/api/v1/omnichannel/contact", rest.All(viewLRoom), "Note a visitor by token, new or known.", s.postContact, tag, rest.MatchErrors(), noAgent,
			rest.Errors("Invalid token [error-invalid-token]", "Invalid email [error-invalid-email]")),
		rest.Row("GET", "/api/v1/omnichannel/contact", rest.All(viewLRoom), "A visitor by id; null for an unknown one.", s.getContact, tag),
		rest.Row("GET", "/api/v1/omnichannel/contact.search", rest.All(viewLRoom), "The latest visitor with an address or a number; null for none.", s.searchContact, tag),
		rest.Row("POST", "/api/v1/foyer/visitors/{_id}/manager", rest.All(viewLRoom, editContact), "Choose the agent a visitor goes to first.", s.postManager, tag, noAgent,
			rest.Errors("visitor-not-found")),
	}
}

type contactManager struct {
	Username string `json:"username" maxLength:"255" doc:"Empty: nobody."`
}

type postContact struct {
	ID       chat.VisitorID    `json:"_id" maxLength:"64"`
	Token    string            `json:"token" required:"true"`
	Name     string            `json:"name" required:"true" maxLength:"255"`
	Email    string            `json:"email" maxLength:"254"`
	Phone    string            `json:"phone" maxLength:"50"`
	Username string            `json:"username" maxLength:"255" doc:"Not looked at."`
	Custom   map[string]string `json:"customFields" doc:"Fields that are not declared are dropped."`
	Manager  *contactManager   `json:"contactManager"`
}

type savedContact struct {
	Contact chat.VisitorID `json:"contact"`
}

func (s *Service) postContact(ctx context.Context, r postContact) (savedContact, error) {
	c := Contact{Registration: Registration{Token: r.Token, ID: r.ID, Name: r.Name, Email: r.Email, Phone: r.Phone, Fields: chat.WritesOf(r.Custom), Trusted: true}}
	if r.Manager != nil {
		c.Manager = &r.Manager.Username
	}
	v, err := s.SaveContact(ctx, c)
	return savedContact{Contact: v.ID}, err
}

type contactResult struct {
	Contact *chat.Visitor `json:"contact"` // null: none
}

type getContact struct {
	ID chat.VisitorID `query:"contactId" required:"true"`
}

func (s *Service) getContact(ctx context.Context, r getContact) (contactResult, error) {
	v, err := s.Contact(ctx, r.ID)
	return contactResult{Contact: v}, err
}

type searchContact struct {
	Email  *string `query:"email" maxLength:"254"`
	Phone  *string `query:"phone" maxLength:"50"`
	Custom *string `query:"custom" maxLength:"20000" doc:"JSON object of custom field values."`
}

func (r searchContact) wanted() (w Wanted, err error) {
	if r.Custom != nil {
		var fields map[string]any
		if err := json.Unmarshal([]byte(*r.Custom), &fields); err != nil {
			return w, fault.New(fault.Invalid, "invalid-params", "The parameter 'custom' is not a JSON object").At("custom")
		}
		w.Custom = fields
	}
	blank := r.Email != nil && strings.TrimSpace(*r.Email) == "" || r.Phone != nil && strings.TrimSpace(*r.Phone) == ""
	if blank || r.Email == nil && r.Phone == nil && len(w.Custom) == 0 {
		return w, fault.New(fault.Invalid, "invalid-params", "Give email, phone or custom")
	}
	if r.Email != nil {
		w.Email = *r.Email
	}
	if r.Phone != nil {
		w.Phone = *r.Phone
	}
	return w, nil
}

func (s *Service) searchContact(ctx context.Context, r searchContact) (contactResult, error) {
	w, err := r.wanted()
	if err != nil {
		return contactResult{}, err
	}
	v, err := s.FindContact(ctx, w)
	return contactResult{Contact: v}, err
}

type postManager struct {
	ID       chat.VisitorID `path:"_id"`
	Username string         `json:"username" required:"true" maxLength:"255" doc:"Of an agent; empty: nobody."`
}

func (s *Service) postManager(ctx context.Context, r postManager) (visitorResult, error) {
	v, err := s.SetManager(ctx, r.ID, r.Username)
	return visitorResult{Visitor: v}, err
}

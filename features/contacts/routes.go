package contacts

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/rest"
)

// Rows are the endpoints of contacts (rest-api.md 15).
func (s *Service) Rows() []rest.Endpoint {
	tag, view, change := rest.Tag("contacts"), rest.All(string(chat.ViewLivechatContact)), rest.All(string(chat.UpdateLivechatContact))
	unknown := rest.Errors("error-contact-not-found")
	values := rest.Errors("error-contact-manager-not-found", "Invalid value for … field", "Custom field … is not allowed")
	addresses := rest.Errors("Invalid email … [error-invalid-email]")
	channel := rest.Errors("error-contact-channel-not-found")
	return []rest.Endpoint{
		rest.Row("POST", "/api/v1/omnichannel/contacts", rest.All(string(chat.CreateLivechatContact)), "Make a contact.", s.postContact, tag, rest.Strict(), values, addresses),
		rest.Row("POST", "/api/v1/omnichannel/contacts.update", change, "Change a contact; what is absent stays.", s.updateContact, tag, rest.Strict(), unknown, values, addresses),
		rest.Row("POST", "/api/v1/omnichannel/contacts.conflicts", change, "Settle what a merge could not decide.", s.resolve, tag, rest.Strict(), unknown, values, rest.Errors("error-contact-has-no-conflicts")),
		rest.Row("GET", "/api/v1/omnichannel/contacts.get", view, "A contact; null for an unknown one.", s.getContact, tag),
		rest.Row("GET", "/api/v1/omnichannel/contacts.search", view, "List contacts by name.", s.search, tag),
		rest.Row("GET", "/api/v1/omnichannel/contacts.history", rest.All(string(chat.ViewLivechatContactHistory)), "A contact's conversations on all channels.", s.getHistory, tag, unknown),
		rest.Row("GET", "/api/v1/omnichannel/contacts.channels", view, "A contact's channels, the one written on last first.", s.getChannels, tag, unknown),
		rest.Row("GET", "/api/v1/omnichannel/contacts.checkExistence", view, "Whether there is a contact with this id, address or number: one of them.", s.getExistence, tag),
		rest.Row("POST", "/api/v1/omnichannel/contacts.block", rest.All(string(chat.BlockLivechatContact)), "Close a channel to its visitor, and his chat on it.", s.block, tag, unknown, channel),
		rest.Row("POST", "/api/v1/omnichannel/contacts.unblock", rest.All(string(chat.UnblockLivechatContact)), "Open a channel again.", s.unblock, tag, unknown, channel),
		rest.Row("POST", "/api/v1/foyer/contacts.verify", change, "Say that whoever writes on a channel has an address or number; contacts verified by the same become one.", s.postVerify, tag, unknown, channel,
			rest.Errors("Invalid email … [error-invalid-email]", "A telephone number is needed [error-invalid-phone]")),
		rest.Row("POST", "/api/v1/foyer/contacts.unverify", change, "Say that nothing is known of who writes on a channel; what was merged stays.", s.postUnverify, tag, unknown, channel),
		rest.Row("POST", "/api/v1/foyer/contacts.erase", rest.All(string(chat.UpdateLivechatContact), string(chat.RemoveClosedLivechatRoom)),
			"Remove a contact with all its visitors and their conversations.", s.postErase, tag, unknown, rest.Errors("error-contact-has-open-rooms")),
		rest.Row("POST", "/api/v1/foyer/contacts.merge", change, "Make a contact part of another one; what they disagree about becomes a conflict.", s.merge, tag, unknown,
			rest.Errors("A contact cannot be merged with itself [error-contact-merge-same]")),
	}
}

type postContact struct {
	Name    string             `json:"name" required:"true" minLength:"1" maxLength:"500"`
	Emails  []emailForm        `json:"emails" required:"true" maxItems:"50"`
	Phones  []phoneForm        `json:"phones" required:"true" maxItems:"50"`
	Manager *managerForm       `json:"contactManager"`
	Fields  *map[string]string `json:"customFields"`
}

type savedContact struct {
	ID chat.ContactID `json:"contactId"`
}

func (s *Service) postContact(ctx context.Context, r postContact) (savedContact, error) {
	id, err := s.Create(ctx, Draft{Name: &r.Name, Emails: texts(&r.Emails, emailForm.text), Phones: texts(&r.Phones, phoneForm.text), Manager: r.Manager.agent(), Fields: r.Fields})
	return savedContact{id}, err
}

type updateContact struct {
	ID       chat.ContactID     `json:"contactId" required:"true" minLength:"1" maxLength:"255"`
	Name     *string            `json:"name" maxLength:"500"`
	Emails   *[]emailForm       `json:"emails" maxItems:"50"`
	Phones   *[]phoneForm       `json:"phones" maxItems:"50"`
	Manager  *managerForm       `json:"contactManager" doc:"Empty: nobody."`
	Fields   *map[string]string `json:"customFields" doc:"An empty text takes a value away."`
	Channels []map[string]any   `json:"channels" maxItems:"200" doc:"Understood and without effect."`
	Wipe     bool               `json:"wipeConflicts"`
}

type contactResult struct {
	Contact *ContactView `json:"contact"` // null: none
}

func (s *Service) result(ctx context.Context, c *Contact, err error) (contactResult, error) {
	if err != nil {
		return contactResult{}, err
	}
	one, err := s.showOne(ctx, c)
	return contactResult{one}, err
}

func (s *Service) updateContact(ctx context.Context, r updateContact) (contactResult, error) {
	c, err := s.Update(ctx, r.ID, Draft{Name: r.Name, Emails: texts(r.Emails, emailForm.text), Phones: texts(r.Phones, phoneForm.text), Manager: r.Manager.agent(), Fields: r.Fields, Wipe: r.Wipe})
	return s.result(ctx, &c, err)
}

type resolveConflicts struct {
	ID      chat.ContactID     `json:"contactId" required:"true" minLength:"1" maxLength:"255"`
	Name    *string            `json:"name" maxLength:"500"`
	Manager *managerForm       `json:"contactManager"`
	Fields  *map[string]string `json:"customFields"`
	Wipe    bool               `json:"wipeConflicts"`
}

type resolved struct {
	Result ContactView `json:"result"`
}

func (s *Service) resolve(ctx context.Context, r resolveConflicts) (resolved, error) {
	c, err := s.Update(ctx, r.ID, Draft{Name: r.Name, Manager: r.Manager.agent(), Fields: r.Fields, Wipe: r.Wipe, Resolves: true})
	if err != nil {
		return resolved{}, err
	}
	one, err := s.showOne(ctx, &c)
	if err != nil {
		return resolved{}, err
	}
	return resolved{*one}, nil
}

type oneContact struct {
	ID chat.ContactID `query:"contactId" required:"true" minLength:"1" maxLength:"255"`
}

type getContact struct {
	ID chat.ContactID `query:"contactId" required:"true" maxLength:"255" doc:"Not empty."`
}

func (s *Service) getContact(ctx context.Context, r getContact) (contactResult, error) {
	if r.ID == "" {
		return contactResult{}, fault.New(fault.Invalid, "invalid-params", `must pass "isNotEmpty" keyword validation`)
	}
	c, err := s.Find(ctx, r.ID)
	return s.result(ctx, c, err)
}

type searchContacts struct {
	rest.Page
	Text    string `query:"searchText" maxLength:"255" doc:"Part of name, address, number or searchable field."`
	Unknown *bool  `query:"unknown"`
}

type contactsPage struct {
	Contacts []ContactView `json:"contacts"`
	rest.Counted
}

func (s *Service) search(ctx context.Context, r searchContacts) (contactsPage, error) {
	found, total, err := s.List(ctx, Filter{Text: r.Text, Unknown: r.Unknown, Offset: r.Offset, Limit: r.Limit(), Sort: r.Sort})
	if err != nil {
		return contactsPage{}, err
	}
	all, err := s.show(ctx, found, true)
	return contactsPage{all, rest.Counted{Offset: r.Offset, Count: len(found), Total: total}}, err
}

type getHistory struct {
	rest.Page
	ID     chat.ContactID `query:"contactId" required:"true" minLength:"1" maxLength:"255"`
	Source string         `query:"source" maxLength:"50"`
}

type historyPage struct {
	History []Past `json:"history"`
	rest.Counted
}

func (s *Service) getHistory(ctx context.Context, r getHistory) (historyPage, error) {
	found, total, err := s.History(ctx, HistoryFilter{Contact: r.ID, Source: r.Source, Monitor: rest.Identity[chat.Actor](ctx).Monitor(), Offset: r.Offset, Limit: r.Limit(), Sort: r.Sort})
	return historyPage{found, rest.Counted{Offset: r.Offset, Count: len(found), Total: total}}, err
}

type channels struct {
	Channels []Channel `json:"channels"`
}

func (s *Service) getChannels(ctx context.Context, r oneContact) (channels, error) {
	c, err := s.Find(ctx, r.ID)
	if err == nil && c == nil {
		err = errUnknown()
	}
	if err != nil {
		return channels{}, err
	}
	return channels{c.Channels}, nil
}

type getExistence struct {
	ID    *chat.ContactID `query:"contactId" maxLength:"255"`
	Email *string         `query:"email" maxLength:"254"`
	Phone *string         `query:"phone" maxLength:"255"`
}

type existence struct {
	Exists bool `json:"exists"`
}

func (s *Service) getExistence(ctx context.Context, r getExistence) (existence, error) {
	given, w := 0, Who{}
	if r.ID != nil {
		given, w.ID = given+1, *r.ID
	}
	if r.Email != nil {
		given, w.Email = given+1, *r.Email
	}
	if r.Phone != nil {
		given, w.Phone = given+1, *r.Phone
	}
	switch {
	case given == 0:
		return existence{}, fault.New(fault.Invalid, "invalid-params",
			"must have required property 'contactId'  must have required property 'email'  must have required property 'phone'  must match exactly one schema in oneOf")
	case given > 1 || w == Who{}:
		return existence{}, fault.New(fault.Invalid, "invalid-params", "must match exactly one schema in oneOf")
	}
	yes, err := s.Exists(ctx, w)
	return existence{yes}, err
}

type channelOf struct {
	Visitor Association `json:"visitor" required:"true"`
}

func (s *Service) block(ctx context.Context, r channelOf) (struct{}, error) {
	return struct{}{}, s.Block(ctx, r.Visitor)
}

func (s *Service) unblock(ctx context.Context, r channelOf) (struct{}, error) {
	return struct{}{}, s.Unblock(ctx, r.Visitor)
}

type verifyChannel struct {
	Visitor Association `json:"visitor" required:"true"`
	Field   string      `json:"field" required:"true" enum:"email,phone"`
	Value   string      `json:"value" required:"true" minLength:"1" maxLength:"254"`
}

func (s *Service) postVerify(ctx context.Context, r verifyChannel) (contactResult, error) {
	c, err := s.Verify(ctx, r.Visitor, Proof{r.Field, r.Value})
	return s.result(ctx, &c, err)
}

func (s *Service) postUnverify(ctx context.Context, r channelOf) (contactResult, error) {
	c, err := s.Unverify(ctx, r.Visitor)
	return s.result(ctx, &c, err)
}

type eraseContact struct {
	ID chat.ContactID `json:"contactId" required:"true" minLength:"1" maxLength:"255"`
}

func (s *Service) postErase(ctx context.Context, r eraseContact) (struct{}, error) {
	return struct{}{}, s.Erase(ctx, r.ID)
}

type mergeContacts struct {
	ID   chat.ContactID `json:"contactId" required:"true" minLength:"1" maxLength:"255" doc:"The one that stays."`
	From chat.ContactID `json:"from" required:"true" minLength:"1" maxLength:"255" doc:"The one that becomes part of it."`
}

func (s *Service) merge(ctx context.Context, r mergeContacts) (contactResult, error) {
	c, err := s.Merge(ctx, r.ID, r.From)
	return s.result(ctx, &c, err)
}

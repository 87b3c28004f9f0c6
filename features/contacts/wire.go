package contacts

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/schema"
)

// The two forms in which clients of the compatible API know addresses and managers
// (rest-api.md 27): both are read, Foyer_contact_objects says which is written.
type (
	emailForm struct {
		Text   *string      `alternative:"true"`
		Object *emailObject `alternative:"true"`
	}
	phoneForm struct {
		Text   *string      `alternative:"true"`
		Object *phoneObject `alternative:"true"`
	}
	emailObject struct {
		Address string `json:"address" required:"true"`
	}
	phoneObject struct {
		PhoneNumber string `json:"phoneNumber" required:"true"`
	}
	managerObject struct {
		ID       chat.AgentID `json:"_id" required:"true" maxLength:"255"`
		Name     string       `json:"name"`
		Username string       `json:"username"`
	}
	managerForm struct {
		ID     *chat.AgentID  `alternative:"true" maxLength:"255"`
		Object *managerObject `alternative:"true"`
	}
)

// MarshalJSON writes the form that is set.
func (f emailForm) MarshalJSON() ([]byte, error) { return schema.MarshalUnion(f) }

// MarshalJSON writes the form that is set.
func (f phoneForm) MarshalJSON() ([]byte, error) { return schema.MarshalUnion(f) }

// MarshalJSON writes the form that is set.
func (f managerForm) MarshalJSON() ([]byte, error) { return schema.MarshalUnion(f) }

// texts are addresses in whichever form they came; nil when none were sent.
func texts[F any](forms *[]F, text func(F) string) *[]string {
	if forms == nil {
		return nil
	}
	out := []string{}
	for _, f := range *forms {
		out = append(out, text(f))
	}
	return &out
}

func (f emailForm) text() string {
	if f.Object != nil {
		return f.Object.Address
	}
	return orEmpty(f.Text)
}

func (f phoneForm) text() string {
	if f.Object != nil {
		return f.Object.PhoneNumber
	}
	return orEmpty(f.Text)
}

func (f *managerForm) agent() *chat.AgentID {
	switch {
	case f == nil:
		return nil
	case f.Object != nil:
		return &f.Object.ID
	}
	return f.ID
}

func orEmpty(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// ContactView is a contact as it travels.
type ContactView struct {
	Contact
	Emails  []emailForm  `json:"emails"`
	Phones  []phoneForm  `json:"phones"`
	Manager *managerForm `json:"contactManager,omitempty"`
}

// show words contacts for a client; a search names their managers where forms are objects.
func (s *Service) show(ctx context.Context, contacts []Contact, search bool) ([]ContactView, error) {
	objects := s.Settings.Current().ContactObjects
	names := map[chat.AgentID]chat.UserRef{}
	if objects && search {
		var err error
		if names, err = managersOf(ctx, s.DB, contacts); err != nil {
			return nil, err
		}
	}
	out := []ContactView{}
	for _, c := range contacts {
		one := ContactView{Contact: c, Emails: []emailForm{}, Phones: []phoneForm{}}
		for _, e := range c.Emails {
			one.Emails = append(one.Emails, emailOf(e, objects))
		}
		for _, p := range c.Phones {
			one.Phones = append(one.Phones, phoneOf(p, objects))
		}
		if c.Manager != "" {
			one.Manager = managerOf(c.Manager, names)
		}
		out = append(out, one)
	}
	return out, nil
}

// showOne words a contact; nil stays nil.
func (s *Service) showOne(ctx context.Context, c *Contact) (*ContactView, error) {
	if c == nil {
		return nil, nil
	}
	all, err := s.show(ctx, []Contact{*c}, false)
	if err != nil {
		return nil, err
	}
	return &all[0], nil
}

func emailOf(text string, object bool) emailForm {
	if object {
		return emailForm{Object: &emailObject{text}}
	}
	return emailForm{Text: &text}
}

func phoneOf(text string, object bool) phoneForm {
	if object {
		return phoneForm{Object: &phoneObject{text}}
	}
	return phoneForm{Text: &text}
}

func managerOf(id chat.AgentID, names map[chat.AgentID]chat.UserRef) *managerForm {
	if u, ok := names[id]; ok {
		return &managerForm{Object: &managerObject{ID: id, Name: u.Name, Username: u.Username}}
	}
	return &managerForm{ID: &id}
}

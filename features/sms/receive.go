package sms

import (
	"context"
	"crypto/subtle"
	"errors"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/rest"
)

// Call is a provider's request.
type Call struct {
	Service    string
	Department string // id or name; empty: the setting's
	Secret     string
	Signature  string // Twilio's
	Raw        rest.Raw
}

// incomingPath is where providers call.
const incomingPath = "/api/v1/livechat/sms-incoming/"

func errService() error { return fault.Text(fault.Invalid, "Invalid service") }

func errOff() error {
	return fault.New(fault.Invalid, "error-sms-disabled", "Text messages are off")
}

func errRequest() error { return fault.Text(fault.Invalid, "Invalid request") }

func errIncomplete() error {
	return fault.New(fault.Invalid, "invalid-params", "A text has a sender, a receiver and words, a file or a place")
}

func errDepartment() error {
	return fault.New(fault.Invalid, "error-invalid-department", "The provided department is invalid")
}

// Receive takes a text (webhooks.md 7.1). The answer is the provider's form of it; what
// is wrong with the request itself is a fault.
func (s *Service) Receive(ctx context.Context, c Call) (rest.Bytes, error) {
	set := s.Settings.Current()
	p := providers[c.Service]
	f := parseFields(c.Raw)
	switch {
	case p == nil || c.Service != set.SMSService:
		return rest.Bytes{}, errService()
	case !set.SMSEnabled:
		return rest.Bytes{}, errOff()
	case !s.authentic(p, set, c, f):
		return rest.Bytes{}, errRequest()
	}
	t := p.parse(f)
	t.service, t.proven = p.name, set.SMSInboundSecret != "" || p.signed && set.TwilioToken != ""
	if !t.complete() {
		return rest.Bytes{}, errIncomplete()
	}
	department, err := s.department(ctx, c.Department, set.SMSDepartment)
	if err != nil {
		return rest.Bytes{}, err
	}
	return s.answer(p, s.take(ctx, t, department))
}

// authentic reports whether the provider sent it: signed, where it signs and has
// credentials here, else with the secret, where there is one.
func (s *Service) authentic(p *provider, set *chat.Settings, c Call, f fields) bool {
	if p.signed && (set.TwilioAccount != "" || set.TwilioToken != "") {
		address := s.site() + incomingPath + c.Service
		if c.Raw.Query != "" {
			address += "?" + c.Raw.Query
		}
		return set.TwilioToken != "" && s.site() != "" && twilioSigned(set.TwilioToken, address, c.Raw, f, c.Signature)
	}
	return set.SMSInboundSecret == "" || subtle.ConstantTimeCompare([]byte(set.SMSInboundSecret), []byte(c.Secret)) == 1
}

// department is the wanted one if it exists, else the standard one, which must.
func (s *Service) department(ctx context.Context, wanted, standard string) (chat.DepartmentID, error) {
	for _, name := range []string{wanted, standard} {
		if name == "" {
			continue
		}
		found, err := departmentNamed(ctx, s.DB, name)
		if err == nil || !errors.Is(err, db.ErrNoRows) {
			return found, err
		}
	}
	if standard != "" {
		return "", errDepartment()
	}
	return "", nil
}

// answer words what became of a text: who sent it reads why nobody will, as far as that
// is anything to him.
func (s *Service) answer(p *provider, err error) (rest.Bytes, error) {
	f, ok := fault.Of(err)
	switch {
	case err == nil:
		return p.accepted, nil
	case !ok || f.Kind != fault.Invalid:
		return rest.Bytes{}, err
	}
	s.Log.Warn("a text message was refused", "code", f.Code)
	return p.refused(s.words().refusal(f.Code)), nil
}

// take writes a text into the conversation of whoever sent it.
func (s *Service) take(ctx context.Context, t text, department chat.DepartmentID) error {
	v, err := s.sender(ctx, t.From, department)
	if err != nil {
		return err
	}
	if err := s.say(ctx, v, t); err != nil {
		return err
	}
	return s.describe(ctx, v.Visitor, t.Of)
}

// senderTries bounds how often a lost race for a new number is run again.
const senderTries = 3

var errRaced = errors.New("somebody else met this number")

// sender is the visitor with a number, known or new. Only who wrote from it before is
// known by it: a number that somebody claims on a website leads nobody to another's texts.
func (s *Service) sender(ctx context.Context, from string, department chat.DepartmentID) (a chat.Actor, err error) {
	for range senderTries {
		err = s.DB.InTx(ctx, func(tx *db.Tx) (err error) {
			a, err = s.meet(ctx, tx, from, department)
			return err
		})
		if !errors.Is(err, errRaced) {
			return a, err
		}
	}
	return a, err
}

func (s *Service) meet(ctx context.Context, tx *db.Tx, from string, department chat.DepartmentID) (chat.Actor, error) {
	a, err := findSender(ctx, tx, key(from))
	if err == nil {
		return a, s.Visitors.Settle(ctx, tx, a.Visitor, department)
	} else if !errors.Is(err, db.ErrNoRows) {
		return a, err
	}
	v, err := s.Visitors.Meet(ctx, tx, chat.Newcomer{Username: digits(from), Phone: from, Department: department})
	if fault.Has(err, "error-livechat-visitor-registration") { // the username was free a moment ago
		err = errRaced
	}
	if err != nil {
		return a, err
	}
	if new, err := insertNumber(ctx, tx, key(from), v.ID); err != nil || !new {
		return a, errors.Join(err, errRaced)
	}
	return chat.Actor{Visitor: v.ID, Username: v.Username, Name: v.Name}, nil
}

// describe keeps what the provider knows of the sender, in the fields there are for it. A
// value that such a field refuses is left out.
func (s *Service) describe(ctx context.Context, v chat.VisitorID, known map[string]string) error {
	for _, w := range chat.WritesOf(known) {
		if w.Value == "" {
			continue
		}
		err := s.DB.InTx(ctx, func(tx *db.Tx) error {
			return s.Visitors.WriteFields(ctx, tx, v, chat.FieldWrites{New: []chat.FieldWrite{w}, Trusted: true})
		})
		if _, refused := fault.Of(err); err != nil && !refused {
			return err
		}
	}
	return nil
}

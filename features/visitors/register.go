package visitors

import (
	"context"
	"maps"
	"strconv"
	"strings"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/id"
	"github.com/foyerchat/foyer/platform/search"
)

// Registration is what a visitor says about himself; nil and empty fields are not given,
// but a given empty department removes the stored one (LC-REG-3, LC-REG-6).
type Registration struct {
	Token      string
	ID         chat.VisitorID // chosen by the caller for a new visitor, or empty
	Site       chat.SiteID
	Name       string
	Email      string
	Phone      string
	Department *string // id or name
	From       Origin
	Fields     []chat.FieldWrite
	Consent    string // the words about the use of his data that he accepted (LC-REG-12)
	Trusted    bool   // staff or an integration that signed in writes: all fields may be filled
	ByStaff    bool   // somebody else says it: the visitor's presence stays as it is
	Username   string // of a new visitor, if it is free; empty: guest-n
}

// Origin is what the request tells about the visitor's browser; stored only when the
// privacy setting allows it, and only at the first registration.
type Origin struct{ IP, UserAgent, Host string }

func (r *Registration) clean() error {
	email, err := cleanEmail(r.Email)
	r.Email = email
	r.Name, r.Phone = cleanText(r.Name, maxName), cleanText(r.Phone, maxPhone)
	r.Consent = strings.TrimSpace(r.Consent)
	if r.Site == "" {
		r.Site = chat.DefaultSite
	}
	return err
}

func invalidRegistrationToken() error {
	return fault.New(fault.Invalid, "error-invalid-token", "Invalid token").At("visitor.token")
}

// Register finds the visitor of the token and changes what is given, or makes a
// new one. Only the token decides whose record it is: a known telephone number
// or address never leads to somebody else's record (LC-REG-4 (a) and (d)).
func (s *Service) Register(ctx context.Context, r Registration) (v chat.Visitor, err error) {
	if !tokenUsable(r.Token) {
		return v, invalidRegistrationToken()
	}
	if err := r.clean(); err != nil {
		return v, err
	}
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		v, err = s.register(ctx, tx, r)
		return err
	})
	return v, err
}

func (s *Service) register(ctx context.Context, tx *db.Tx, r Registration) (chat.Visitor, error) {
	known, opens, err := forRegistration(ctx, tx, r.Token)
	switch {
	case gone(err):
		return s.create(ctx, tx, r, true)
	case err != nil:
		return known, err
	case !opens: // the stand-in of a visitor of our own widget is no credential
		return known, invalidRegistrationToken()
	}
	return s.update(ctx, tx, known, r)
}

// create adds a visitor; if another registration with the token wins the race, that record is updated instead (LC-REG-5).
func (s *Service) create(ctx context.Context, tx *db.Tx, r Registration, opens bool) (chat.Visitor, error) {
	v := chat.Visitor{ID: r.ID, Site: r.Site, Token: r.Token, Name: r.Name, TS: tx.Now(), Status: chat.Online, UpdatedAt: tx.Now()}
	if r.ByStaff {
		v.Status = chat.Offline
	}
	if v.ID == "" {
		v.ID = chat.VisitorID(id.New())
	} else if !usableID.MatchString(string(v.ID)) {
		return v, fault.New(fault.Invalid, "error-livechat-visitor-registration", "Invalid id").At("visitor.id")
	}
	if known, err := siteExists(ctx, tx, r.Site); err != nil {
		return v, err
	} else if !known {
		return v, fault.New(fault.Invalid, "error-invalid-site", "Unknown site").At("site")
	}
	var err error
	if v.Department, err = s.department(ctx, tx, "", r); err != nil {
		return v, err
	}
	if v.Username, err = username(ctx, tx, r.Username); err != nil {
		return v, err
	}
	v.VisitorEmails, v.Phone = emails(r.Email), phones(r.Phone)
	if v.LivechatData, err = s.filled(ctx, tx, nil, r); err != nil {
		return v, err
	}
	if v.ContactID, err = s.Contacts.For(ctx, tx, v); err != nil {
		return v, err
	}
	if s.Settings.Current().CollectHTTPHeaderInformation {
		v.IP, v.UserAgent, v.Host = r.From.IP, cleanText(r.From.UserAgent, 1000), cleanText(r.From.Host, 255)
	}
	if added, err := insert(ctx, tx, v, opens); err != nil {
		if db.IsUnique(err) {
			return v, fault.New(fault.Invalid, "error-livechat-visitor-registration", "The id is in use").At("visitor.id")
		}
		return v, err
	} else if !added && !opens { // a channel's visitor is never somebody who has a secret of his own
		return v, fault.New(fault.Invalid, "error-livechat-visitor-registration", "The token is in use").At("visitor.token")
	} else if !added {
		return s.register(ctx, tx, r)
	}
	if err := agree(ctx, tx, v.ID, r.Consent); err != nil || !opens {
		return v, err
	}
	return v, adoptPages(ctx, tx, v.ID, pagesBefore(r.Token))
}

// username is the wished one if nobody has it, else the next guest's.
func username(ctx context.Context, tx *db.Tx, wished string) (string, error) {
	if wished != "" {
		if taken, err := usernameTaken(ctx, tx, wished); err != nil || !taken {
			return wished, err
		}
	}
	n, err := tx.Next(ctx, "visitor-username")
	return "guest-" + strconv.FormatInt(n, 10), err
}

// update changes what is given and differs; nothing is announced when nothing did change.
func (s *Service) update(ctx context.Context, tx *db.Tx, v chat.Visitor, r Registration) (chat.Visitor, error) {
	if err := agree(ctx, tx, v.ID, r.Consent); err != nil {
		return v, err
	}
	next := v
	r.Site = v.Site
	if r.Name != "" {
		next.Name = r.Name
	}
	if r.Email != "" {
		next.VisitorEmails = emails(r.Email)
	}
	if r.Phone != "" {
		next.Phone = phones(r.Phone)
	}
	if !r.ByStaff {
		next.Status = chat.Online
	}
	var err error
	if next.Department, err = s.department(ctx, tx, v.Department, r); err != nil {
		return v, err
	}
	if next.LivechatData, err = s.filled(ctx, tx, v.LivechatData, r); err != nil {
		return v, err
	}
	if same(v, next) {
		return v, nil
	}
	next.UpdatedAt = tx.Now()
	if err := save(ctx, tx, next); err != nil {
		return v, err
	}
	return next, s.announce(ctx, tx, v.ID)
}

func same(a, b chat.Visitor) bool {
	return a.Name == b.Name && a.Department == b.Department && a.Status == b.Status &&
		first(a.VisitorEmails) == first(b.VisitorEmails) && first(a.Phone) == first(b.Phone) && maps.Equal(a.LivechatData, b.LivechatData)
}

func first[T any](list []T) (t T) {
	if len(list) > 0 {
		t = list[0]
	}
	return t
}

// department finds what the registration names, by id or else by name, when it differs from the stored one (LC-REG-3).
func (s *Service) department(ctx context.Context, tx *db.Tx, stored chat.DepartmentID, r Registration) (chat.DepartmentID, error) {
	switch {
	case r.Department == nil || *r.Department == string(stored):
		return stored, nil
	case *r.Department == "":
		return "", nil
	}
	found, err := departmentNamed(ctx, tx, r.Site, *r.Department)
	if gone(err) {
		return "", fault.New(fault.Invalid, "error-invalid-department", "The provided department is invalid").At("visitor.department")
	}
	return found, err
}

func emails(address string) []chat.Email {
	if address == "" {
		return nil
	}
	return []chat.Email{{Address: address}}
}

func phones(number string) []chat.Phone {
	if number == "" {
		return nil
	}
	return []chat.Phone{{PhoneNumber: number}}
}

// searchText is what staff's search looks in.
func searchText(v chat.Visitor) string {
	text := v.Name + "\n" + v.Username
	for _, e := range v.VisitorEmails {
		text += "\n" + e.Address
	}
	for _, p := range v.Phone {
		text += "\n" + p.PhoneNumber
	}
	return search.Fold(text)
}

// stale reports whether an instant lies further back than a day; what is stored "now and then" is stored then.
func stale(now, at clock.Instant) bool { return now.Sub(at) > day }

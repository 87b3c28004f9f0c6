// Package livechatoo is what pages of the second widget API, and those who write them,
// need of the server: small numbers for departments and operators, the texts they
// welcome with, what pages tell agents about a visitor, and one answer with both lists, who is
// there, and the page's addresses and requests. An operator is an agent. Numbers authorise nothing (LT-SEC-7).
package livechatoo

import (
	"context"
	"slices"
	"strings"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
)

// Sites knows the websites this server serves.
type Sites interface {
	// Choose is the site of an account, or without one that of a page's host.
	Choose(ctx context.Context, account chat.SiteID, host string) (chat.SiteID, error)
	// For is the snapshot of the settings as a site has them.
	For(ctx context.Context, site chat.SiteID) (*chat.Settings, error)
}

// Deps is what the service needs.
type Deps struct {
	DB    *db.DB
	Clock clock.Clock
	Sites Sites
	Rooms Rooms
}

// Service keeps numbers and welcomes.
type Service struct{ Deps }

// New makes the service.
func New(d Deps) *Service { return &Service{d} }

// Kind says what has a number.
type Kind string

// The kinds.
const (
	Departments Kind = "department"
	Operators   Kind = "operator"
)

// Start numbers what has no number yet.
func (s *Service) Start(ctx context.Context) error {
	return s.DB.InTx(ctx, func(tx *db.Tx) error { return fill(ctx, tx) })
}

// numbered gives a newcomer its number; whoever has one keeps it.
func (s *Service) numbered(ctx context.Context, k Kind, id string) error {
	if has, err := hasNumber(ctx, s.DB, k, id); err != nil || has {
		return err
	}
	return s.Start(ctx)
}

func fill(ctx context.Context, tx *db.Tx) error {
	for _, k := range []Kind{Departments, Operators} {
		all, err := numberless(ctx, tx, k)
		if err != nil {
			return err
		}
		for _, id := range all {
			no, err := tx.Next(ctx, "livechatoo."+string(k))
			if err != nil {
				return err
			}
			if err := number(ctx, tx, k, id, no); err != nil {
				return err
			}
		}
	}
	return nil
}

// Department is one as pages know it.
type Department struct {
	ID      chat.DepartmentID `json:"_id"`
	No      int64             `json:"no"`
	Name    string            `json:"name"`
	Welcome string            `json:"welcome,omitempty"`
	Online  bool              `json:"online"` // one of its operators is reachable

	site    chat.SiteID
	offered bool
}

// Operator is an agent as pages know him.
type Operator struct {
	ID          chat.AgentID `json:"_id"`
	No          int64        `json:"no"`
	Username    string       `json:"username"`
	Name        string       `json:"name"`
	Departments []int64      `json:"departments"` // their numbers
	Welcome     string       `json:"welcome,omitempty"`
	Online      bool         `json:"online"`
}

// List lists every department and operator with its number, for administrators.
func (s *Service) List(ctx context.Context) ([]Department, []Operator, error) {
	return lists(ctx, s.DB)
}

// Welcome sets what a department's or operator's proactive chats begin with.
func (s *Service) Welcome(ctx context.Context, k Kind, id, text string) error {
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		known, err := setWelcome(ctx, tx, k, id, strings.TrimSpace(text))
		if err == nil && !known {
			err = fault.New(fault.Invalid, "error-not-found", "There is no such department or operator")
		}
		return err
	})
}

// Page is what a page asks once (livechatoo.md 11.3).
type Page struct {
	Account           chat.SiteID  `json:"account"`
	Departments       []Department `json:"departments"` // none without department support
	Operators         []Operator   `json:"operators"`   // none while visitors may not see who serves them
	DepartmentSupport bool         `json:"departmentSupport"`
	ManualAssignment  bool         `json:"manualAssignment"` // the visitor picks the operator
	Contact           string       `json:"urlContact"`
	FAQ               string       `json:"urlFaq"`
	Privacy           string       `json:"urlPrivacy"`
	Requests          Requests     `json:"requests"`
	Rating            bool         `json:"rating"`
	GoogleAnalytics   bool         `json:"googleAnalytics"`
	Domains           []string     `json:"domains"` // that share visitors; "*." stands for any subdomain
}

// Request says whether something is asked before a chat.
type Request string

// The requests.
const (
	Off      Request = "off"
	Optional Request = "optional" // the visitor may decline
	Required Request = "required"
)

// Requests are what is asked before a chat.
type Requests struct {
	Name  Request `json:"name"`
	Email Request `json:"email"`
	Phone Request `json:"phone"`
}

// ForPage answers a page of an account, or of the site of its host.
func (s *Service) ForPage(ctx context.Context, account chat.SiteID, host string) (p Page, err error) {
	if p.Account, err = s.Sites.Choose(ctx, account, host); err != nil {
		return p, err
	}
	set, err := s.Sites.For(ctx, p.Account)
	if err != nil {
		return p, err
	}
	departments, operators, err := lists(ctx, s.DB)
	if err != nil {
		return p, err
	}
	return compose(p.Account, set, departments, operators), nil
}

// compose is what a site's pages are told: its offered departments, and the operators
// who serve one of them or none at all.
func compose(site chat.SiteID, set *chat.Settings, departments []Department, operators []Operator) Page {
	p := Page{Account: site, Departments: []Department{}, Operators: []Operator{}, DepartmentSupport: set.DepartmentSupport,
		ManualAssignment: set.ManualOperatorAssignment && set.ShowAgentInfo, Contact: set.ContactURL, FAQ: set.FAQURL, Privacy: set.PrivacyURL,
		Rating: set.RatingEnabled, GoogleAnalytics: set.GoogleAnalyticsEvents,
		Domains: append([]string{}, chat.Hosts(set.AllowedDomainsList)...)}
	asks := func(on bool) Request {
		switch {
		case !on || !set.RegistrationForm:
			return Off
		case set.BeforeChatRequestMode == "required":
			return Required
		}
		return Optional
	}
	p.Requests = Requests{asks(set.NameFieldRegistrationForm), asks(set.EmailFieldRegistrationForm), asks(set.PhoneFieldRegistrationForm)}
	var here []int64
	for _, d := range departments {
		if d.site == site && d.offered {
			p.Departments = append(p.Departments, d)
			here = append(here, d.No)
		}
	}
	if !set.ShowAgentInfo {
		operators = nil
	}
	for _, o := range operators {
		if len(o.Departments) == 0 || slices.ContainsFunc(o.Departments, func(no int64) bool { return slices.Contains(here, no) }) {
			o.Departments = slices.DeleteFunc(slices.Clone(o.Departments), func(no int64) bool { return !slices.Contains(here, no) })
			p.Operators = append(p.Operators, o)
		}
	}
	if !set.DepartmentSupport {
		p.Departments = []Department{}
	}
	return p
}

package onsite

import (
	"context"
	"strings"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/rest"
)

// Rows are the endpoints (livechatoo.md 10.13, 11.3).
func (s *Service) Rows() []rest.Endpoint {
	tag, staff := rest.Tag("visitors on the sites"), rest.Any(string(chat.ViewLRoom), string(chat.ViewLivechatManager))
	there := rest.Errors("The visitor has left the site [error-visitor-gone]")
	return []rest.Endpoint{
		rest.Row("POST", "/api/v1/foyer/widget/here", rest.Public, "A browser's sign of life while its page is looked at; the answer says what an agent has to say.", s.postHere,
			rest.Tag("widget"), rest.Limit("widget-here", 600, time.Minute), rest.Errors("Unknown site [error-invalid-site]")),
		rest.Row("GET", "/api/v1/foyer/onsite", staff, "Who is on the sites now: those who reached a target first, then who came last.", s.getList, tag),
		rest.Row("POST", "/api/v1/foyer/onsite.invite", staff, "Say something to a visitor; the first answer opens the chat.", s.postInvite, tag, there,
			rest.Limit("onsite-invite", 60, time.Minute), rest.Errors("The visitor is in a chat [error-visitor-chatting]", "Only an agent may invite [error-not-an-agent]")),
		rest.Row("POST", "/api/v1/foyer/onsite.withdraw", staff, "Take an invitation back that has no answer.", s.postWithdraw, tag, there),
	}
}

type postHere struct {
	Session   string              `header:"X-Foyer-Session"`
	Page      string              `json:"page" required:"true" minLength:"8" maxLength:"64" pattern:"^[A-Za-z0-9_-]+$" doc:"The browser's own name for its page load."`
	Site      chat.SiteID         `json:"site" maxLength:"64" doc:"The account of the page; none: the host tells."`
	Host      string              `json:"host" maxLength:"255" doc:"Of the page."`
	Href      string              `json:"href" required:"true" maxLength:"2000"`
	Title     string              `json:"title" maxLength:"500"`
	Referrer  string              `json:"referrer" maxLength:"2000"`
	Name      string              `json:"name" maxLength:"100" doc:"As the page tells, like the next three."`
	StaffName string              `json:"staffName" maxLength:"100" doc:"That only agents see."`
	Email     string              `json:"email" maxLength:"254"`
	Phone     string              `json:"phone" maxLength:"50"`
	Targets   []string            `json:"targets" maxItems:"20" doc:"The target pages reached."`
	Ledger    []chat.TriggerEntry `json:"ledger" maxItems:"200" doc:"What triggers did on this page load, and why; of those that there are no more nothing is noted."`
	Moved     bool                `json:"moved" doc:"This is another page than before."`
	Offered   bool                `json:"offered" doc:"A trigger or the page has spoken and waits."`
	Consents  bool                `json:"consents" doc:"The visitor has agreed to what is done with his data."`
	Left      bool                `json:"left" doc:"The page is being left."`
}

func (s *Service) postHere(ctx context.Context, r postHere) (Call, error) {
	for i, one := range r.Targets {
		r.Targets[i] = strings.ToValidUTF8(one[:min(len(one), 1000)], "")
	}
	m := rest.From(ctx)
	return s.Here(ctx, Beat{Page: r.Page, Account: r.Site, Host: r.Host, Secret: r.Session, Href: r.Href, Title: r.Title, Referrer: r.Referrer,
		Name: r.Name, StaffName: r.StaffName, Email: r.Email, Phone: r.Phone, Targets: r.Targets, Ledger: r.Ledger, Moved: r.Moved, Offered: r.Offered, Consents: r.Consents, Left: r.Left,
		IP: m.IP, Browser: m.UserAgent})
}

type getList struct {
	rest.Page
	Text string `query:"text" maxLength:"255" doc:"Part of name, address, page or title."`
}

type listAnswer struct {
	Visitors  []Sighting `json:"visitors"`
	MayInvite bool       `json:"mayInvite"`
	Partial   bool       `json:"partial" doc:"There may be more whom the caller does not see."`
	rest.Counted
}

func (s *Service) getList(ctx context.Context, r getList) (listAnswer, error) {
	by := rest.Identity[chat.Actor](ctx)
	all, total, may, err := s.List(ctx, by, Filter{Text: strings.TrimSpace(r.Text), Offset: r.Offset, Limit: r.Limit()})
	return listAnswer{all, may, !sightOf(by).All, rest.Counted{Offset: r.Offset, Count: len(all), Total: total}}, err
}

type byID struct {
	ID string `json:"_id" required:"true" minLength:"1" maxLength:"64"`
}

type postInvite struct {
	byID
	Text string `json:"text" required:"true" maxLength:"2000"`
}

func (s *Service) postInvite(ctx context.Context, r postInvite) (struct{}, error) {
	return struct{}{}, s.Invite(ctx, rest.Identity[chat.Actor](ctx), r.ID, strings.TrimSpace(r.Text))
}

func (s *Service) postWithdraw(ctx context.Context, r byID) (struct{}, error) {
	return struct{}{}, s.Withdraw(ctx, rest.Identity[chat.Actor](ctx), r.ID)
}

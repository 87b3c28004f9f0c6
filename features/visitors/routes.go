package visitors

import (
	"context"
	"slices"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/rest"
)

// Rows are the endpoints (rest-api.md 6).
func (s *Service) Rows() []rest.Endpoint {
	return slices.Concat(s.visitorRows(), s.staffRows(), s.contactRows())
}

// registers is how often one client may register, whichever way.
var registers = rest.Paced("visitor-register")

// visitorRows are what a visitor's browser calls; the token, or the session's secret, is the credential.
func (s *Service) visitorRows() []rest.Endpoint {
	tag, unknown := rest.Tag("visitors"), rest.Errors("[invalid-token]")
	return []rest.Endpoint{
		rest.Row("POST", "/api/v1/livechat/visitor", rest.Public, "Register a visitor, or change the one of this token.", s.postVisitor, tag,
			rest.MatchErrors(), rest.UserToo(), registers, rest.Errors("Invalid value for … field [error-invalid-custom-field-value]", "Invalid token [error-invalid-token]", "Invalid email [error-invalid-email]")),
		rest.Row("GET", "/api/v1/livechat/visitor/{token}", rest.Public, "The visitor of a token.", s.getVisitor, tag, unknown),
		rest.Row("DELETE", "/api/v1/livechat/visitor/{token}", rest.Public, "Remove the visitor of a token and his conversations.", s.deleteVisitor, tag, unknown,
			rest.Errors("Cannot remove visitors with opened rooms [visitor-has-open-rooms]")),
		rest.Row("POST", "/api/v1/livechat/visitor.status", rest.Public, "Set a visitor's presence.", s.postStatus, tag, rest.MatchErrors(), unknown),
		rest.Row("POST", "/api/v1/livechat/visitors.status", rest.Public, "Set a visitor's presence.", s.postStatus, tag, rest.MatchErrors(), unknown),
		rest.Row("POST", "/api/v1/livechat/page.visited", rest.Public, "Store a page view.", s.postPage, tag, rest.Paced("page-visited")),
		rest.Row("POST", "/api/v1/foyer/widget/visitor", rest.Public, "Register with our own widget; with a session, change its visitor.", s.postWelcome, rest.Tag("widget"),
			registers, rest.Errors("Invalid email [error-invalid-email]")),
		rest.Row("POST", "/api/v1/foyer/widget/page", rest.Guest, "Store a page that the guest saw.", s.postSeenPage, rest.Tag("widget"), rest.Paced("page-visited")),
		rest.Row("POST", "/api/v1/foyer/widget/forget", rest.Guest, "Remove the guest and his conversations.", s.postForget, rest.Tag("widget"),
			rest.Errors("Cannot remove visitors with opened rooms [visitor-has-open-rooms]")),
		rest.Row("POST", "/api/v1/foyer/widget/handover", rest.Guest, "A code with which the guest goes on at another of the site's domains, for a minute and once.", s.postHandover, rest.Tag("widget"),
			rest.Limit("handover", 30, time.Minute), rest.Errors("These domains do not share visitors [error-domain-not-listed]")),
		rest.Row("POST", "/api/v1/foyer/widget/handover.take", rest.Public, "Go on with what came along from another domain.", s.postTakeOver, rest.Tag("widget"),
			rest.Limit("handover-take", 30, time.Minute), rest.Errors("The code is not valid any more [error-invalid-code]")),
	}
}

type origin struct {
	ID         chat.VisitorID `json:"id"`
	Token      string         `json:"token" required:"true"`
	Name       string         `json:"name" maxLength:"255"`
	Email      string         `json:"email" maxLength:"254"`
	Phone      string         `json:"phone" maxLength:"50"`
	Department *string        `json:"department" maxLength:"255" doc:"Id or name; empty removes the stored one."`

	Fields  []chat.FieldWrite `json:"customFields" maxItems:"100" doc:"What is no field to fill is left out."`
	Consent string            `json:"consent" maxLength:"10000" doc:"The words about the use of personal data that the visitor accepted; kept with the time."`
}

type postVisitor struct {
	Visitor origin `json:"visitor" required:"true"`
}

type visitorResult struct {
	Visitor chat.Visitor `json:"visitor"`
}

func (s *Service) postVisitor(ctx context.Context, r postVisitor) (visitorResult, error) {
	in := r.Visitor
	v, err := s.Register(ctx, Registration{Token: in.Token, ID: in.ID, Name: in.Name, Email: in.Email, Phone: in.Phone, Department: in.Department, From: from(ctx),
		Fields: in.Fields, Consent: in.Consent, Trusted: rest.Identity[chat.Actor](ctx).May(chat.ViewLRoom)})
	return visitorResult{Visitor: v}, err
}

func from(ctx context.Context) Origin {
	m := rest.From(ctx)
	return Origin{IP: m.IP, UserAgent: m.UserAgent, Host: m.Host}
}

type byTokenRequest struct {
	Token string `path:"token"`
}

func (s *Service) getVisitor(ctx context.Context, r byTokenRequest) (visitorResult, error) {
	v, err := s.ByToken(ctx, r.Token)
	return visitorResult{Visitor: v}, err
}

type erased struct {
	ID chat.VisitorID `json:"_id"`
	TS clock.Instant  `json:"ts"`
}

type deletedVisitor struct {
	Visitor erased `json:"visitor"`
}

func (s *Service) deleteVisitor(ctx context.Context, r byTokenRequest) (deletedVisitor, error) {
	v, err := s.Erase(ctx, r.Token)
	return deletedVisitor{Visitor: erased{ID: v.ID, TS: v.TS}}, err
}

type postStatus struct {
	Token  string        `json:"token" required:"true"`
	Status chat.Presence `json:"status" required:"true" enum:"online,away,busy,offline"`
}

type statusResult struct {
	Token  string        `json:"token"`
	Status chat.Presence `json:"status"`
}

func (s *Service) postStatus(ctx context.Context, r postStatus) (statusResult, error) {
	return statusResult(r), s.SetStatusByToken(ctx, r.Token, r.Status)
}

type location struct {
	Href string `json:"href" required:"true" maxLength:"8000"`
}

type pageInfo struct {
	Change   string   `json:"change" required:"true" maxLength:"50"`
	Title    string   `json:"title" required:"true" maxLength:"8000"`
	Location location `json:"location" required:"true"`
}

type postPage struct {
	Token    string      `json:"token" required:"true"`
	RID      chat.RoomID `json:"rid" maxLength:"64"`
	PageInfo pageInfo    `json:"pageInfo" required:"true"`
}

type navigation struct {
	Page  pageInfo `json:"page"`
	Token string   `json:"token,omitempty"`
}

type visitedPage struct {
	Msg        string     `json:"msg"`
	Navigation navigation `json:"navigation"`
}

type pageResult struct {
	Page *visitedPage `json:"page,omitempty"`
}

func (s *Service) postPage(ctx context.Context, r postPage) (pageResult, error) {
	p := Page{RoomID: r.RID, Change: r.PageInfo.Change, Title: r.PageInfo.Title, Href: r.PageInfo.Location.Href}
	kept, err := s.PageVisited(ctx, r.Token, p)
	if err != nil || !kept {
		return pageResult{}, err
	}
	return pageResult{Page: &visitedPage{Msg: p.Msg(), Navigation: navigation{Page: r.PageInfo, Token: r.Token}}}, nil
}

type postWelcome struct {
	Session    string      `header:"X-Foyer-Session"`
	Token      string      `json:"token" maxLength:"255" doc:"What the page knows its visitor by; it proves who he is."`
	Site       chat.SiteID `json:"site" maxLength:"64"`
	Name       string      `json:"name" maxLength:"255"`
	Email      string      `json:"email" maxLength:"254"`
	Phone      string      `json:"phone" maxLength:"50"`
	Department *string     `json:"department" maxLength:"255"`

	Fields  []chat.FieldWrite `json:"customFields" maxItems:"100" doc:"What is no field to fill is left out."`
	Consent string            `json:"consent" maxLength:"10000" doc:"The words about the use of personal data that the visitor accepted; kept with the time."`
}

type welcome struct {
	Session string       `json:"session" doc:"The secret of this browser, to be sent as X-Foyer-Session."`
	Visitor chat.Visitor `json:"visitor"`
}

func (s *Service) postWelcome(ctx context.Context, r postWelcome) (welcome, error) {
	v, session, err := s.Welcome(ctx, r.Session, Registration{Token: r.Token, Site: r.Site, Name: r.Name, Email: r.Email, Phone: r.Phone, Department: r.Department, Fields: r.Fields, Consent: r.Consent, From: from(ctx)})
	return welcome{Session: session, Visitor: v}, err
}

type seenPage struct {
	RID chat.RoomID `json:"rid" maxLength:"64"`
	pageInfo
}

func (s *Service) postSeenPage(ctx context.Context, r seenPage) (struct{}, error) {
	_, err := s.see(ctx, string(rest.Identity[chat.Actor](ctx).Visitor), Page{RoomID: r.RID, Change: r.Change, Title: r.Title, Href: r.Location.Href})
	return struct{}{}, err
}

type postHandover struct {
	From string `json:"from" required:"true" minLength:"1" maxLength:"255" doc:"Host of the page."`
	To   string `json:"to" required:"true" minLength:"1" maxLength:"255" doc:"Host of the page to come."`
}

type handoverAnswer struct {
	Code string `json:"code"`
}

func (s *Service) postHandover(ctx context.Context, r postHandover) (a handoverAnswer, err error) {
	a.Code, err = s.HandOver(ctx, rest.Identity[chat.Actor](ctx), r.From, r.To)
	return a, err
}

type postTakeOver struct {
	Code string `json:"code" required:"true" minLength:"32" maxLength:"100"`
	From string `json:"from" required:"true" minLength:"1" maxLength:"255" doc:"Host of the page that the visitor comes from, as the browser tells."`
	To   string `json:"to" required:"true" minLength:"1" maxLength:"255" doc:"Host of the page."`
}

type takeOverAnswer struct {
	Session string `json:"session"`
}

func (s *Service) postTakeOver(ctx context.Context, r postTakeOver) (a takeOverAnswer, err error) {
	a.Session, err = s.TakeOver(ctx, r.Code, r.From, r.To)
	return a, err
}

func (s *Service) postForget(ctx context.Context, _ struct{}) (struct{}, error) {
	return struct{}{}, s.EraseGuest(ctx, rest.Identity[chat.Actor](ctx))
}

// Guest is BySecret for the API's Authenticator.
func (s *Service) Guest(ctx context.Context, secret string) (rest.Caller, error) {
	a, err := s.BySecret(ctx, secret)
	return rest.Caller{Identity: a, Token: secret}, err
}

package triggers

import (
	"context"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/rest"
)

// Rows are the endpoints of triggers (rest-api.md 20, webhooks.md 2).
func (s *Service) Rows() []rest.Endpoint {
	tag, own, may := rest.Tag("triggers"), rest.Tag("widget"), rest.All(string(chat.ViewLivechatManager))
	service := rest.Errors("Livechat secret token is not configured", codeTimeout, codeAnswer)
	noTrigger := rest.Errors("Invalid trigger", "Invalid service URL")
	return []rest.Endpoint{
		rest.Row("GET", "/api/v1/livechat/triggers", may, "List triggers.", s.getAll, tag),
		rest.Row("POST", "/api/v1/livechat/triggers", may, "Make a trigger, or replace one.", s.post, tag,
			rest.Errors("Unknown site [error-invalid-site]", "There are as many triggers as there may be [error-too-many-triggers]")),
		rest.Row("GET", "/api/v1/livechat/triggers/{_id}", may, "One trigger; null when there is none.", s.getOne, tag),
		rest.Row("DELETE", "/api/v1/livechat/triggers/{_id}", may, "Remove a trigger.", s.delete, tag),
		rest.Row("POST", "/api/v1/livechat/triggers/external-service/test", may, "Ask an external service once and say what it answered.", s.postTest, tag,
			rest.Strict(), rest.Limit("trigger-test", 15, time.Minute), service),
		rest.Row("POST", "/api/v1/livechat/triggers/{_id}/external-service/call", rest.Public, "What a trigger's external service has to say to a visitor.", s.postCall, tag,
			rest.Limit("trigger-call", 10, time.Minute), service, noTrigger, rest.Errors("Trigger is not configured to use an external service")),
		rest.Row("POST", "/api/v1/foyer/widget/trigger", rest.Public, "Who says what when a trigger fires in our own widget.", s.postFire, own,
			rest.Limit("trigger-call", 10, time.Minute), service, noTrigger, rest.Errors("Sorry, no online agents [no-agent-online]")),
		rest.Row("POST", "/api/v1/foyer/widget/visit", rest.Guest, "What happened on the guest's page load and what triggers made of it; all of it each time.", s.postVisit, own,
			rest.Limit("trigger-visit", 60, time.Minute)),
		rest.Row("GET", "/api/v1/foyer/triggers.ledger", rest.All(string(chat.ViewLRoom)), "What triggers did on the latest visits of a room's visitor, and why.", s.getLedger, tag,
			rest.Errors("error-invalid-room")),
		rest.Row("GET", "/api/v1/foyer/onsite.ledger", rest.Any(string(chat.ViewLRoom), string(chat.ViewLivechatManager)), "What triggers did on the visits of somebody on a site since he came, and why.", s.getLedgerOnsite, tag,
			rest.Errors("The visitor has left the site [error-visitor-gone]")),
		rest.Row("GET", "/api/v1/foyer/triggers.visits", may, "The visits of a period, to try changed triggers on.", s.getVisits, tag),
	}
}

type triggersPage struct {
	Triggers []chat.Trigger `json:"triggers"`
	rest.Counted
}

func (s *Service) getAll(ctx context.Context, p rest.Page) (triggersPage, error) {
	limit := int64(0)
	if !p.Unlimited() {
		limit = p.Limit()
	}
	found, total, err := s.List(ctx, p.Sort, p.Offset, limit)
	return triggersPage{Triggers: found, Counted: rest.Counted{Offset: p.Offset, Count: len(found), Total: total}}, err
}

type postTrigger struct {
	ID          chat.TriggerID   `json:"_id" maxLength:"64"`
	Name        *string          `json:"name" required:"true" exact:"true" maxLength:"255"`
	Description *string          `json:"description" required:"true" exact:"true" maxLength:"1000"`
	Enabled     *bool            `json:"enabled" required:"true" exact:"true"`
	RunOnce     *bool            `json:"runOnce" required:"true" exact:"true"`
	Site        chat.SiteID      `json:"site" maxLength:"64" doc:"None: on every site."`
	Conditions  []chat.Condition `json:"conditions" required:"true" maxItems:"20"`
	Actions     []chat.Action    `json:"actions" required:"true" maxItems:"10"`
}

func (s *Service) post(ctx context.Context, r postTrigger) (struct{}, error) {
	_, err := s.Save(ctx, chat.Trigger{ID: r.ID, Name: *r.Name, Description: *r.Description, Enabled: *r.Enabled, RunOnce: *r.RunOnce,
		Site: r.Site, Conditions: r.Conditions, Actions: r.Actions})
	return struct{}{}, err
}

type byID struct {
	ID chat.TriggerID `path:"_id" maxLength:"64"`
}

type triggerAnswer struct {
	Trigger *chat.Trigger `json:"trigger"`
}

func (s *Service) getOne(ctx context.Context, r byID) (triggerAnswer, error) {
	t, err := s.Find(ctx, r.ID)
	return triggerAnswer{t}, err
}

func (s *Service) delete(ctx context.Context, r byID) (struct{}, error) {
	return struct{}{}, s.Delete(ctx, r.ID)
}

type postTest struct {
	URL      string  `json:"webhookUrl" required:"true" exact:"true" maxLength:"1000"`
	Timeout  float64 `json:"timeout" required:"true" exact:"true" min:"0" max:"60000" doc:"Milliseconds."`
	Fallback string  `json:"fallbackMessage" required:"true" exact:"true" maxLength:"5000"`
	About    []Pair  `json:"extraData" maxItems:"50"`
}

type serviceResponse struct {
	StatusCode int       `json:"statusCode"`
	Contents   []Content `json:"contents"`
}

type serviceAnswer struct {
	Trigger  chat.TriggerID  `json:"triggerId"`
	Response serviceResponse `json:"response"`
}

// The trigger and visitor of a test (webhooks.md 2.6).
const (
	testTrigger = "test-trigger"
	testToken   = "1234567890"
)

func (s *Service) postTest(ctx context.Context, r postTest) (serviceAnswer, error) {
	found, err := s.ask(ctx, request{url: r.URL, timeout: &r.Timeout, token: testToken, metadata: r.About})
	return serviceAnswer{testTrigger, serviceResponse{200, found}}, answer(err, testTrigger, r.Fallback, true)
}

type postCall struct {
	ID    chat.TriggerID `path:"_id" maxLength:"64"`
	Token string         `json:"token" required:"true" minLength:"1" maxLength:"255"`
	About []Pair         `json:"extraData" maxItems:"50"`
}

func (s *Service) postCall(ctx context.Context, r postCall) (serviceAnswer, error) {
	found, err := s.Call(ctx, r.ID, r.Token, r.About)
	return serviceAnswer{r.ID, serviceResponse{200, found}}, err
}

type postFire struct {
	Session    string            `header:"X-Foyer-Session"`
	Trigger    chat.TriggerID    `json:"trigger" required:"true" maxLength:"64"`
	Visit      string            `json:"visit" required:"true" minLength:"8" maxLength:"64" pattern:"^[A-Za-z0-9_-]+$"`
	Site       chat.SiteID       `json:"site" maxLength:"64"`
	Department chat.DepartmentID `json:"department" maxLength:"64"`
	About      []Pair            `json:"extraData" maxItems:"50"`
}

func (s *Service) postFire(ctx context.Context, r postFire) (Said, error) {
	return s.Fire(ctx, Firing{Trigger: r.Trigger, Secret: r.Session, Visit: r.Visit, Site: r.Site, Department: r.Department, About: r.About})
}

type postVisit struct {
	Visit  string              `json:"visit" required:"true" minLength:"8" maxLength:"64" pattern:"^[A-Za-z0-9_-]+$"`
	Facts  []Fact              `json:"facts" required:"true" maxItems:"100"`
	Ledger []chat.TriggerEntry `json:"ledger" required:"true" maxItems:"200"`
}

func (s *Service) postVisit(ctx context.Context, r postVisit) (struct{}, error) {
	return struct{}{}, s.Told(ctx, rest.Identity[chat.Actor](ctx), Visit{ID: r.Visit, Facts: r.Facts, Ledger: r.Ledger})
}

type getLedger struct {
	RID chat.RoomID `query:"rid" required:"true" maxLength:"100"`
}

func (s *Service) getLedger(ctx context.Context, r getLedger) (Ledger, error) {
	return s.Ledger(ctx, rest.Identity[chat.Actor](ctx), r.RID)
}

type getLedgerOnsite struct {
	ID string `query:"_id" required:"true" minLength:"1" maxLength:"64"`
}

func (s *Service) getLedgerOnsite(ctx context.Context, r getLedgerOnsite) (Ledger, error) {
	return s.LedgerOnsite(ctx, rest.Identity[chat.Actor](ctx), r.ID)
}

type getVisits struct {
	From   clock.Instant `query:"from" required:"true"`
	To     clock.Instant `query:"to" required:"true"`
	Site   chat.SiteID   `query:"site" maxLength:"64"`
	Offset int64         `query:"offset" min:"0"`
	Count  int64         `query:"count" min:"1" max:"500" default:"200"`
}

type visitsPage struct {
	Visits []Visit `json:"visits"`
	rest.Counted
}

func (s *Service) getVisits(ctx context.Context, r getVisits) (visitsPage, error) {
	found, total, err := s.Visits(ctx, Period{From: r.From, To: r.To, Site: r.Site, Offset: r.Offset, Limit: r.Count})
	return visitsPage{Visits: found, Counted: rest.Counted{Offset: r.Offset, Count: len(found), Total: total}}, err
}

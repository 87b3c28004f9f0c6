package inboxes

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/rest"
)

const manage = string(chat.ManageEmailInbox)

// Rows are the endpoints (rest-api.md 22).
func (s *Service) Rows() []rest.Endpoint {
	tag, may := rest.Tag("inboxes"), rest.All(manage)
	none := rest.Errors("Resource not found")
	return []rest.Endpoint{
		rest.Row("GET", "/api/v1/email-inbox.list", may, "List e-mail inboxes.", s.getAll, tag),
		rest.Row("POST", "/api/v1/email-inbox", may, "Make an e-mail inbox, or change the one with the id.", s.post, tag, none,
			rest.Errors("[error-invalid-email-inbox]", "E11000 duplicate key error: another inbox has this address [error-email-inbox-exists]")),
		rest.Row("GET", "/api/v1/email-inbox/{_id}", may, "One e-mail inbox.", s.getOne, tag, none),
		rest.Row("DELETE", "/api/v1/email-inbox/{_id}", may, "Remove an e-mail inbox; its chats stay.", s.delete, tag, none),
		rest.Row("GET", "/api/v1/email-inbox.search", may, "The e-mail inbox of an address; null: there is none.", s.search, tag),
		rest.Row("POST", "/api/v1/email-inbox.send-test/{_id}", may, "Send a test mail from the inbox to the caller's own verified address.", s.postTest, tag,
			rest.Errors("[inbox-not-found]", "[user-without-verified-email]", "[error-email-send-failed]")),
		rest.Row("POST", "/api/v1/foyer/email-inbox.send-file", rest.All(string(chat.ViewLRoom)), "Send a file of a chat that began with a mail to who wrote it.", s.postFile, tag,
			rest.Errors("invalid-message", "error-invalid-room", "[room-closed]", "Not allowed [error-not-allowed]", "[error-mail-sent-already]", "The file is too large for a mail [error-mail-too-large]")),
	}
}

type shownServer struct {
	Server   string `json:"server"`
	Port     int    `json:"port"`
	Username string `json:"username"`
	Password string `json:"password" doc:"A mask, or empty when none is set."`
	Secure   bool   `json:"secure"`
}

type shownIMAP struct {
	shownServer
	MaxRetries int64 `json:"maxRetries"`
}

type shown struct {
	ID          chat.InboxID      `json:"_id"`
	Active      bool              `json:"active"`
	Name        string            `json:"name"`
	Email       string            `json:"email"`
	Description string            `json:"description,omitempty"`
	SenderInfo  string            `json:"senderInfo,omitempty"`
	Department  chat.DepartmentID `json:"department,omitempty"`
	SMTP        shownServer       `json:"smtp"`
	IMAP        shownIMAP         `json:"imap"`
	CreatedAt   clock.Instant     `json:"_createdAt"`
	CreatedBy   creator           `json:"_createdBy"`
	UpdatedAt   clock.Instant     `json:"_updatedAt"`
	Status      Status            `json:"status" doc:"How watching it goes."`
}

type creator struct {
	ID       chat.UserID `json:"_id"`
	Username string      `json:"username"`
}

func show(i Inbox) shown {
	server := func(s Server) shownServer { return shownServer{s.Host, s.Port, s.Username, s.Password, s.Secure} }
	return shown{ID: i.ID, Active: i.Active, Name: i.Name, Email: i.Email, Description: i.Description, SenderInfo: i.SenderInfo, Department: i.Department,
		SMTP: server(i.SMTP), IMAP: shownIMAP{server(i.IMAP), i.IMAP.MaxRetries}, CreatedAt: i.CreatedAt,
		CreatedBy: creator{i.CreatedBy.ID, i.CreatedBy.Username}, UpdatedAt: i.UpdatedAt, Status: i.Status}
}

type getAll struct {
	rest.Page
	rest.Choosing
	Query map[string]any `query:"query" doc:"A JSON object of fields and the values they must have."`
}

type allAnswer struct {
	Inboxes []rest.Part[shown] `json:"emailInboxes"`
	rest.Counted
}

func (s *Service) getAll(ctx context.Context, r getAll) (a allAnswer, err error) {
	all, total, err := s.List(ctx, Filter{Having: r.Query, Offset: r.Offset, Limit: r.Limit(), Sort: r.Sort})
	if err != nil {
		return a, err
	}
	inboxes := make([]shown, len(all))
	for n, i := range all {
		inboxes[n] = show(i)
	}
	a.Inboxes, err = rest.Parts(inboxes, r.Fields)
	a.Counted = rest.Counted{Offset: r.Offset, Count: len(all), Total: total}
	return a, err
}

type givenServer struct {
	Server   string `json:"server" required:"true" maxLength:"255"`
	Port     int    `json:"port" required:"true"`
	Username string `json:"username" required:"true" maxLength:"500"`
	Password string `json:"password" required:"true" maxLength:"1000" doc:"The mask that is answered for one leaves it as it is."`
	Secure   bool   `json:"secure" required:"true" doc:"Encrypted from the first byte; else by STARTTLS."`
}

type givenIMAP struct {
	givenServer
	MaxRetries *int64 `json:"maxRetries" doc:"After so many failures one after the other the inbox is switched off; -1: never."`
}

type post struct {
	ID          chat.InboxID      `json:"_id" maxLength:"100"`
	Active      bool              `json:"active" required:"true"`
	Name        string            `json:"name" required:"true" maxLength:"200"`
	Email       string            `json:"email" required:"true" maxLength:"254"`
	Description string            `json:"description" maxLength:"1000"`
	SenderInfo  string            `json:"senderInfo" maxLength:"200"`
	Department  chat.DepartmentID `json:"department" maxLength:"100" doc:"Where its chats go; All: none."`
	SMTP        *givenServer      `json:"smtp" required:"true"`
	IMAP        *givenIMAP        `json:"imap" required:"true"`
}

type idAnswer struct {
	ID chat.InboxID `json:"_id"`
}

// fewRetries is maxRetries when it is not given.
const fewRetries = 10

func (s *Service) post(ctx context.Context, r post) (idAnswer, error) {
	server := func(g givenServer) Server {
		return Server{Host: g.Server, Port: g.Port, Username: g.Username, Password: g.Password, Secure: g.Secure}
	}
	i := Inbox{ID: r.ID, Active: r.Active, Name: r.Name, Email: r.Email, Description: r.Description, SenderInfo: r.SenderInfo, Department: r.Department,
		SMTP: server(*r.SMTP), IMAP: server(r.IMAP.givenServer)}
	i.IMAP.MaxRetries = fewRetries
	if r.IMAP.MaxRetries != nil {
		i.IMAP.MaxRetries = *r.IMAP.MaxRetries
	}
	id, err := s.Save(ctx, rest.Identity[chat.Actor](ctx), i)
	return idAnswer{id}, err
}

type byID struct {
	ID chat.InboxID `path:"_id" maxLength:"100"`
}

func (s *Service) getOne(ctx context.Context, r byID) (shown, error) {
	i, err := s.Find(ctx, r.ID)
	return show(i), err
}

func (s *Service) delete(ctx context.Context, r byID) (idAnswer, error) {
	return idAnswer(r), s.Delete(ctx, r.ID)
}

type search struct {
	Email string `query:"email" required:"true" maxLength:"254"`
}

type searchAnswer struct {
	Inbox *shown `json:"emailInbox"`
}

func (s *Service) search(ctx context.Context, r search) (a searchAnswer, err error) {
	i, err := s.Search(ctx, r.Email)
	if i != nil {
		found := show(*i)
		a.Inbox = &found
	}
	return a, err
}

func (s *Service) postTest(ctx context.Context, r byID) (struct{}, error) {
	return struct{}{}, s.Test(ctx, rest.Identity[chat.Actor](ctx), r.ID)
}

type postFile struct {
	Message chat.MessageID `json:"messageId" required:"true" maxLength:"64"`
}

func (s *Service) postFile(ctx context.Context, r postFile) (struct{}, error) {
	return struct{}{}, s.SendFile(ctx, rest.Identity[chat.Actor](ctx), r.Message)
}

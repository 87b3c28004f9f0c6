package messenger

import (
	"context"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/rest"
)

const (
	callback = "/api/v1/livechat/facebook"
	own      = "/api/v1/foyer/facebook"
)

// mostTold is how much Facebook tells at once, in bytes.
const mostTold = 1 << 20

// Rows are the endpoints of the channel (webhooks.md 6).
func (s *Service) Rows() []rest.Endpoint {
	tag, may := rest.Tag("channels"), rest.All(string(chat.ViewLivechatFacebook))
	return []rest.Endpoint{
		rest.Row("GET", callback, rest.Public, "Facebook asks whether it may tell this server of messages; the answer is the challenge.", s.verify,
			tag, rest.Limit("facebook-verify", 60, time.Minute), rest.Errors("Invalid verify token")),
		rest.Row("POST", callback, rest.Public, "Messages from Facebook, or one from a gateway, signed with the app's secret.", s.incoming,
			tag, rest.Limit("facebook", 6000, time.Minute), rest.MaxBody(mostTold), rest.Form("mid", "page", "token", "first_name", "last_name", "text"),
			rest.Errors("Integration disabled", "Invalid signature", "A message has a page, who wrote it, and words or files [invalid-params]")),
		rest.Row("GET", own, may, "How Messenger is set up here, and its pages.", s.standing, tag),
		rest.Row("POST", own+"/pages", may, "Enter a page, or change the one with the id; Facebook is told whether to tell of it.", s.postPage, tag,
			rest.Errors("A page has a name [error-name-required]", "The provided department is invalid [error-invalid-department]", "This page is entered already [error-page-exists]", "[error-facebook-refused]")),
		rest.Row("DELETE", own+"/pages/{pageId}", may, "Forget a page; its chats stay.", s.deletePage, tag, rest.Errors("Resource not found")),
	}
}

type verify struct {
	Mode      string `query:"hub.mode" maxLength:"50"`
	Token     string `query:"hub.verify_token" maxLength:"255"`
	Challenge string `query:"hub.challenge" maxLength:"500"`
}

func (s *Service) verify(_ context.Context, r verify) (rest.Bytes, error) {
	if err := s.Verify(r.Mode, r.Token); err != nil {
		return rest.Bytes{}, err
	}
	return rest.Bytes{Type: "text/plain; charset=utf-8", Body: []byte(r.Challenge)}, nil
}

type incoming struct {
	Newer string   `header:"X-Hub-Signature-256" maxLength:"200"`
	Older string   `header:"X-Hub-Signature" maxLength:"200"`
	Raw   rest.Raw `json:"-"`
}

type taken struct {
	Message *heard `json:"message,omitempty"`
}

// heard is a gateway's message as it was stored.
type heard struct {
	ID  chat.MessageID `json:"_id"`
	RID chat.RoomID    `json:"rid"`
	Msg string         `json:"msg"`
}

func (s *Service) incoming(ctx context.Context, r incoming) (taken, error) {
	m, err := s.Receive(ctx, Call{r.Newer, r.Older, r.Raw.Body})
	if err != nil || m == nil {
		return taken{}, err
	}
	return taken{&heard{m.ID, m.RID, m.Msg}}, nil
}

type standing struct {
	Enabled     bool   `json:"enabled"`
	HasSecret   bool   `json:"hasSecret" doc:"Without the app's secret nothing is taken."`
	Callback    string `json:"callback" doc:"The address to enter at Facebook."`
	VerifyToken string `json:"verifyToken" doc:"The verify token to enter at Facebook."`
	Pages       []Page `json:"pages"`
}

func (s *Service) standing(ctx context.Context, _ struct{}) (standing, error) {
	set := s.Settings.Current()
	pages, err := s.Pages(ctx)
	return standing{set.FacebookEnabled, set.FacebookSecret != "", s.site() + callback, set.FacebookVerifyToken, append([]Page{}, pages...)}, err
}

type postPage struct {
	New         bool              `json:"new" doc:"Refuse a page that is entered already, instead of changing it."`
	ID          string            `json:"pageId" required:"true" pattern:"^[A-Za-z0-9_-]{1,64}$"`
	Name        string            `json:"name" required:"true" maxLength:"200"`
	AccessToken string            `json:"accessToken" maxLength:"1000" doc:"The mask that is answered for one leaves it as it is; empty: that of the settings."`
	Department  chat.DepartmentID `json:"departmentId" maxLength:"100" doc:"Where its chats go; empty: none."`
	Welcome     string            `json:"welcomeMessage" maxLength:"2000" doc:"Sent when a chat begins; empty: nothing."`
	Finished    string            `json:"finishedMessage" maxLength:"2000" doc:"Sent when a chat ends; empty: nothing."`
	Offline     string            `json:"offlineMessage" maxLength:"2000" doc:"Sent when nobody is there, once an hour; empty: nothing."`
	Subscribed  bool              `json:"subscribed" doc:"Whether Facebook tells of the page."`
}

func (s *Service) postPage(ctx context.Context, r postPage) (struct{}, error) {
	return struct{}{}, s.Save(ctx, Page{ID: r.ID, Name: r.Name, AccessToken: r.AccessToken, Department: r.Department,
		Welcome: r.Welcome, Finished: r.Finished, Offline: r.Offline, Subscribed: r.Subscribed}, r.New)
}

type byPage struct {
	ID string `path:"pageId" maxLength:"64"`
}

func (s *Service) deletePage(ctx context.Context, r byPage) (struct{}, error) {
	return struct{}{}, s.Delete(ctx, r.ID)
}

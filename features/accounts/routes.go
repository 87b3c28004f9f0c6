package accounts

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/rest"
)

// Rows are the endpoints of this feature.
func (s *Service) Rows() []rest.Endpoint {
	rows := []rest.Endpoint{
		rest.Row("POST", "/api/v1/login", rest.Public, "Sign in with a password, or check a token.", s.login,
			rest.Plain(), rest.SignsIn(), rest.Tag("sign-in"), rest.Errors("Unauthorized")),
		rest.Row("POST", "/api/v1/logout", rest.SignedIn, "End the session that asks.", s.logout, rest.Plain(), rest.Tag("sign-in")),
		rest.Row("GET", "/api/v1/me", rest.SignedIn, "The caller's own user.", s.me, rest.Tag("users")),
		rest.Row("POST", "/api/v1/permissions.update", rest.All(string(chat.AccessPermissions)),
			"Replace which roles hold the given permissions.", s.updatePermissions, rest.Tag("permissions"), rest.Errors("Invalid body params [error-invalid-body-params]")),
		rest.Row("GET", "/api/v1/permissions.listAll", rest.All(string(chat.AccessPermissions)),
			"Every permission with the roles that hold it.", s.listPermissions, rest.Tag("permissions")),
	}
	return slices.Concat(rows, s.userRows(), s.portraitRows(), s.consoleRows(), s.licenseRows())
}

// User finds out who sends a request; the rest API asks.
func (s *Service) User(ctx context.Context, c rest.Credentials) (rest.Caller, error) {
	token := c.Token
	if token == "" {
		token = c.Cookie
	}
	a, session, err := s.ByToken(ctx, token)
	if err != nil {
		return rest.Caller{}, err
	}
	if c.Token != "" && c.UserID != string(a.User) {
		return rest.Caller{}, errNoLogin
	}
	return rest.Caller{UserID: string(a.User), SessionID: string(session), Identity: a, Token: token,
		Permissions: func(id string) bool { return a.May(chat.Permission(id)) }}, nil
}

// loginName is a name, as text or as {username} or {email}.
type loginName string

func (n *loginName) UnmarshalJSON(b []byte) error {
	var text string
	if json.Unmarshal(b, &text) == nil {
		*n = loginName(text)
		return nil
	}
	var o struct{ Username, Email string }
	if err := json.Unmarshal(b, &o); err != nil {
		return err
	}
	*n = loginName(o.Username + o.Email)
	if o.Username != "" && o.Email != "" {
		*n = loginName(o.Username)
	}
	return nil
}

// loginPassword is a password, as text or as {digest, algorithm: "sha-256"}; it keeps only the digest.
type loginPassword Digest

func (p *loginPassword) UnmarshalJSON(b []byte) error {
	var text string
	if json.Unmarshal(b, &text) == nil {
		*p = loginPassword(DigestOf(text))
		return nil
	}
	var o struct{ Digest, Algorithm string }
	if err := json.Unmarshal(b, &o); err != nil {
		return err
	}
	if d, ok := parseDigest(o.Digest); ok && o.Algorithm == "sha-256" {
		*p = loginPassword(d)
	}
	return nil
}

type loginRequest struct {
	User     loginName     `json:"user" doc:"Username or e-mail address; also {username} or {email}."`
	Username string        `json:"username" doc:"Instead of user."`
	Email    string        `json:"email" doc:"Instead of user."`
	Password loginPassword `json:"password" doc:"The password, or {digest, algorithm: sha-256}."`
	Resume   string        `json:"resume" doc:"A token instead of a password."`
}

func (r loginRequest) name() string {
	for _, name := range []string{string(r.User), r.Username, r.Email} {
		if name != "" {
			return name
		}
	}
	return ""
}

type loginResponse struct {
	Status string    `json:"status"`
	Data   loginData `json:"data"`
}

type loginData struct {
	AuthToken string      `json:"authToken"`
	UserID    chat.UserID `json:"userId"`
	Me        chat.User   `json:"me"`
}

func (s *Service) login(ctx context.Context, r loginRequest) (loginResponse, error) {
	in, err := s.signIn(ctx, r)
	if err != nil {
		return loginResponse{}, err
	}
	return loginResponse{Status: "success", Data: loginData{AuthToken: in.Token, UserID: in.User.ID, Me: in.User}}, nil
}

func (s *Service) signIn(ctx context.Context, r loginRequest) (SignedIn, error) {
	switch {
	case r.Resume != "":
		return s.Resume(ctx, r.Resume)
	case r.name() == "" || r.Password == "":
		return SignedIn{}, errWrong
	}
	return s.Login(ctx, r.name(), Digest(r.Password), origin(ctx))
}

func origin(ctx context.Context) Origin {
	m := rest.From(ctx)
	return Origin{IP: m.IP, UserAgent: m.UserAgent}
}

type logoutResponse struct {
	Status string `json:"status"`
	Data   struct {
		Message string `json:"message"`
	} `json:"data"`
}

func (s *Service) logout(ctx context.Context, _ struct{}) (res logoutResponse, err error) {
	me := rest.Identity[chat.Actor](ctx)
	res.Status, res.Data.Message = "success", "You've been logged out!"
	err = s.EndSession(ctx, me.User, chat.SessionID(rest.SessionID(ctx)))
	if fault.Has(err, "error-session-not-found") {
		err = nil // somebody else ended it meanwhile
	}
	return res, err
}

func (s *Service) me(ctx context.Context, _ struct{}) (chat.User, error) {
	return s.Find(ctx, rest.Identity[chat.Actor](ctx).User)
}

type permissionsUpdate struct {
	Permissions []grantUpdate `json:"permissions" required:"true" minItems:"1" maxItems:"1000"`
}

type grantUpdate struct {
	ID    chat.Permission `json:"_id" required:"true" minLength:"1" maxLength:"200"`
	Roles []string        `json:"roles" required:"true" maxItems:"100"`
}

type permissionsResponse struct {
	Permissions []chat.Grant `json:"permissions"`
}

func (s *Service) updatePermissions(ctx context.Context, r permissionsUpdate) (permissionsResponse, error) {
	updates := make([]chat.Grant, len(r.Permissions))
	for i, p := range r.Permissions {
		updates[i] = chat.Grant(p)
	}
	all, err := s.UpdatePermissions(ctx, updates)
	return permissionsResponse{all}, err
}

type permissionsList struct {
	Update []chat.Grant `json:"update"`
	Remove []chat.Grant `json:"remove"`
}

func (s *Service) listPermissions(ctx context.Context, _ struct{}) (permissionsList, error) {
	all, err := s.Permissions(ctx)
	return permissionsList{Update: all, Remove: []chat.Grant{}}, err
}

package accounts

import (
	"context"
	"slices"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/id"
	"github.com/foyerchat/foyer/platform/rest"
)

func (s *Service) userRows() []rest.Endpoint {
	users := rest.Tag("users")
	return []rest.Endpoint{
		rest.Row("POST", "/api/v1/users.create", rest.All(string(chat.CreateUser)), "Create a user.", s.createUser, users,
			rest.Errors("… is already in use :( [error-field-unavailable]", "A username has letters, digits, dots, dashes and underscores [error-invalid-username]")),
		rest.Row("POST", "/api/v1/users.update", rest.All(string(chat.EditOtherUserInfo)), "Change a user; what is absent stays. A new password ends his sessions.", s.updateUser, users,
			rest.Errors("User not found.", "… is already in use :( [error-field-unavailable]", "Editing this user is not allowed [error-action-not-allowed]")),
		rest.Row("POST", "/api/v1/users.delete", rest.All(string(chat.DeleteUser)), "Delete a user.", s.deleteUser, users,
			rest.Errors("User not found.", "Leaving the app without an active admin is not allowed [error-action-not-allowed]")),
		rest.Row("GET", "/api/v1/users.info", rest.SignedIn, "One user, by id, username or address.", s.userInfo, users, rest.Errors("User not found.")),
		rest.Row("GET", "/api/v1/users.list", rest.All(string(chat.ViewFullOtherUserInfo)), "Users by username.", s.listUsers, users),
		rest.Row("POST", "/api/v1/users.setActiveStatus", rest.All(string(chat.EditOtherUserActiveStatus)),
			"Deactivate a user, which ends his sessions, or activate him again.", s.setActive, users,
			rest.Errors("User not found.", "Leaving the app without an active admin is not allowed [error-action-not-allowed]")),
		rest.Row("POST", "/api/v1/users.setStatus", rest.SignedIn, "Set the presence one shows, and a line of text; without a connection it stands until the session ends.", s.setStatus, users,
			rest.MatchErrors(), rest.Errors("Match error: Failed Match.OneOf, Match.Maybe or Match.Optional validation")),
		rest.Row("POST", "/api/v1/users.setPreferences", rest.SignedIn, "Change preferences; those not named stay.", s.setPreferences, users, rest.MaxBody(64<<10)),
	}
}

type userResponse struct {
	User chat.User `json:"user"`
}

type createRequest struct {
	Name              string   `json:"name" required:"true" maxLength:"200"`
	Email             string   `json:"email" required:"true" minLength:"3" maxLength:"254"`
	Username          string   `json:"username" required:"true" minLength:"1" maxLength:"100"`
	Password          string   `json:"password" required:"true" maxLength:"1000"`
	Roles             []string `json:"roles" maxItems:"50"`
	Active            *bool    `json:"active"`
	Verified          bool     `json:"verified"`
	SetRandomPassword bool     `json:"setRandomPassword"`
	StatusText        string   `json:"statusText" maxLength:"500"`
}

func (s *Service) createUser(ctx context.Context, r createRequest) (userResponse, error) {
	if err := mayCreate(rest.Identity[chat.Actor](ctx), r); err != nil {
		return userResponse{}, err
	}
	if r.SetRandomPassword {
		r.Password = id.Secret()
	}
	if r.Password == "" {
		return userResponse{}, fault.New(fault.Invalid, "error-invalid-password", "The password is empty").At("password")
	}
	u, err := s.Create(ctx, NewUser{Username: r.Username, Name: r.Name, Email: r.Email, Verified: r.Verified, Digest: DigestOf(r.Password),
		Roles: r.Roles, StatusText: r.StatusText, Inactive: r.Active != nil && !*r.Active})
	return userResponse{u}, err
}

type updateRequest struct {
	UserID chat.UserID `json:"userId" required:"true" minLength:"1" maxLength:"100"`
	Data   struct {
		Name       *string `json:"name" maxLength:"200"`
		Email      *string `json:"email" minLength:"3" maxLength:"254"`
		Username   *string `json:"username" minLength:"1" maxLength:"100"`
		Password   *string `json:"password" minLength:"1" maxLength:"1000"`
		Verified   *bool   `json:"verified"`
		StatusText *string `json:"statusText" maxLength:"500"`
	} `json:"data" required:"true"`
}

func (s *Service) updateUser(ctx context.Context, r updateRequest) (userResponse, error) {
	e := Edit{Username: r.Data.Username, Name: r.Data.Name, Email: r.Data.Email, Verified: r.Data.Verified, StatusText: r.Data.StatusText}
	if r.Data.Password != nil {
		digest := DigestOf(*r.Data.Password)
		e.Password = &digest
	}
	u, err := s.Edit(ctx, rest.Identity[chat.Actor](ctx), r.UserID, e)
	return userResponse{u}, err
}

// mayCreate keeps people from giving more rights than they may give.
func mayCreate(me chat.Actor, r createRequest) error {
	ordinary := len(r.Roles) == 0 || len(r.Roles) == 1 && r.Roles[0] == chat.RoleUser
	switch {
	case !ordinary && !me.May(chat.AssignRoles):
		return fault.New(fault.Invalid, "error-action-not-allowed", "Assigning roles is not allowed")
	case slices.Contains(r.Roles, chat.RoleAdmin) && !me.May(chat.AssignAdminRole):
		return fault.New(fault.Invalid, "error-action-not-allowed", "Assigning admin is not allowed")
	case r.Active != nil && !me.May(chat.EditOtherUserActiveStatus):
		return fault.New(fault.Forbidden, "error-unauthorized", "")
	}
	return nil
}

type deleteRequest struct {
	UserID   chat.UserID `json:"userId" maxLength:"100"`
	Username string      `json:"username" maxLength:"100"`
}

func (s *Service) deleteUser(ctx context.Context, r deleteRequest) (struct{}, error) {
	if r.UserID == "" && r.Username == "" {
		return struct{}{}, fault.New(fault.Invalid, "error-user-param-not-provided", `The required "userId" or "username" param was not provided`)
	}
	u, err := s.lookUp(ctx, userQuery{UserID: r.UserID, Username: r.Username})
	if err != nil {
		return struct{}{}, err
	}
	return struct{}{}, s.Delete(ctx, u.ID)
}

type userQuery struct {
	UserID   chat.UserID `query:"userId" maxLength:"100"`
	Username string      `query:"username" maxLength:"100"`
	Email    string      `query:"email" maxLength:"254"`
}

func (s *Service) lookUp(ctx context.Context, q userQuery) (chat.User, error) {
	switch {
	case q.UserID != "":
		return s.Find(ctx, q.UserID)
	case q.Username != "":
		return s.FindByUsername(ctx, q.Username)
	case q.Email != "":
		u, err := findByEmail(ctx, s.DB, s.Clock.Now(), q.Email)
		return u, notFound(err)
	}
	return chat.User{}, fault.New(fault.Invalid, "invalid-params",
		"must have required property 'userId'  must have required property 'username'  must have required property 'importId'  must match a schema in anyOf")
}

func (s *Service) userInfo(ctx context.Context, q userQuery) (userResponse, error) {
	me := rest.Identity[chat.Actor](ctx)
	if q.Email != "" && !me.May(chat.ViewFullOtherUserInfo) {
		return userResponse{}, notFound(db.ErrNoRows) // addresses must not be probed
	}
	u, err := s.lookUp(ctx, q)
	if err != nil {
		return userResponse{}, err
	}
	if u.ID != me.User && !me.May(chat.ViewFullOtherUserInfo) {
		u = publicUser(u)
	}
	return userResponse{u}, nil
}

// publicUser is what every colleague may see of a user.
func publicUser(u chat.User) chat.User {
	u.Emails, u.Settings, u.StatusLivechat, u.StatusConnection, u.StatusDefault, u.Language = nil, nil, "", "", "", ""
	return u
}

type usersList struct {
	Users []chat.User `json:"users"`
	rest.Counted
}

func (s *Service) listUsers(ctx context.Context, p rest.Page) (usersList, error) {
	users, total, err := s.List(ctx, int(p.Limit()), int(p.Offset))
	return usersList{users, rest.Counted{Offset: p.Offset, Count: len(users), Total: int64(total)}}, err
}

type activeRequest struct {
	UserID       chat.UserID `json:"userId" required:"true" maxLength:"100"`
	ActiveStatus bool        `json:"activeStatus" required:"true"`
}

type activeResponse struct {
	User activeUser `json:"user"`
}

type activeUser struct {
	ID     chat.UserID `json:"_id"`
	Active bool        `json:"active"`
}

func (s *Service) setActive(ctx context.Context, r activeRequest) (activeResponse, error) {
	err := s.SetActive(ctx, r.UserID, r.ActiveStatus)
	return activeResponse{activeUser{r.UserID, r.ActiveStatus}}, err
}

type statusRequest struct {
	Message  *string     `json:"message" maxLength:"500"`
	Status   string      `json:"status" maxLength:"20"`
	UserID   chat.UserID `json:"userId" maxLength:"100"`
	Username string      `json:"username" maxLength:"100"`
}

func (s *Service) setStatus(ctx context.Context, r statusRequest) (struct{}, error) {
	if r.Message == nil && r.Status == "" {
		return struct{}{}, fault.Text(fault.Invalid, "Match error: Failed Match.OneOf, Match.Maybe or Match.Optional validation")
	}
	status := chat.Presence(r.Status)
	if !slices.Contains([]chat.Presence{"", chat.Online, chat.Away, chat.Busy, chat.Offline}, status) {
		return struct{}{}, fault.New(fault.Invalid, "error-invalid-status", "Valid status types include online, away, offline, and busy.").At("status")
	}
	target, err := s.target(ctx, userQuery{UserID: r.UserID, Username: r.Username})
	if err != nil {
		return struct{}{}, err
	}
	c := StatusChoice{Status: status, Text: r.Message}
	if target == rest.Identity[chat.Actor](ctx).User {
		c.Session = chat.SessionID(rest.SessionID(ctx))
	}
	return struct{}{}, s.SetStatus(ctx, target, c)
}

// target is whom a request that may name somebody else changes.
func (s *Service) target(ctx context.Context, q userQuery) (chat.UserID, error) {
	me := rest.Identity[chat.Actor](ctx)
	itself := (q.UserID == "" || q.UserID == me.User) && (q.Username == "" || q.Username == me.Username)
	if itself {
		return me.User, nil
	}
	if !me.May(chat.EditOtherUserInfo) {
		return "", fault.New(fault.Forbidden, "error-unauthorized", "")
	}
	u, err := s.lookUp(ctx, q)
	return u.ID, err
}

type preferencesRequest struct {
	UserID chat.UserID    `json:"userId" maxLength:"100"`
	Data   map[string]any `json:"data" required:"true"`
}

type preferencesResponse struct {
	User preferencesUser `json:"user"`
}

type preferencesUser struct {
	ID       chat.UserID        `json:"_id"`
	Settings *chat.UserSettings `json:"settings"`
}

func (s *Service) setPreferences(ctx context.Context, r preferencesRequest) (preferencesResponse, error) {
	target, err := s.target(ctx, userQuery{UserID: r.UserID})
	if err != nil {
		return preferencesResponse{}, err
	}
	u, err := s.SetPreferences(ctx, target, r.Data)
	return preferencesResponse{preferencesUser{u.ID, u.Settings}}, err
}

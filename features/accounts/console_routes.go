package accounts

import (
	"context"
	"net/http"
	"slices"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/rest"
)

func (s *Service) consoleRows() []rest.Endpoint {
	console := rest.Tag("console")
	return []rest.Endpoint{
		rest.Row("POST", "/api/v1/foyer/console/login", rest.Public, "Sign in; the session is a cookie.", s.consoleLogin, console, rest.SameOrigin(), rest.SignsIn()),
		rest.Row("POST", "/api/v1/foyer/console/logout", rest.SignedIn, "End the session and forget its cookie.", s.consoleLogout, console),
		rest.Row("GET", "/api/v1/foyer/console/session", rest.SignedIn, "Who is signed in and what he may do.", s.consoleSession, console),
		rest.Row("GET", "/api/v1/foyer/console/sessions", rest.SignedIn, "The caller's sign-ins.", s.listSessions, console),
		rest.Row("DELETE", "/api/v1/foyer/console/sessions/{id}", rest.SignedIn, "End one of the caller's sign-ins.", s.endSession, console),
		rest.Row("GET", "/api/v1/foyer/console/setup", rest.Public, "Whether a set-up link still works.", s.checkSetup, console,
			rest.Limit("setup", 60, time.Minute), rest.Errors(errSetup.Error())),
		rest.Row("POST", "/api/v1/foyer/console/setup", rest.Public, "Make the first administrator with a set-up link.", s.setup, console,
			rest.SameOrigin(), rest.Limit("setup", 60, time.Minute), rest.Errors(errSetup.Error())),
		rest.Row("POST", "/api/v1/foyer/realtime/ticket", rest.SignedIn, "A one-time ticket for the session's socket.", s.ticket, console),
	}
}

// ConsoleSession is what the console knows of who is signed in.
type ConsoleSession struct {
	User        chat.User `json:"user"`
	Permissions []string  `json:"permissions"`
	Version     string    `json:"version"`

	cookie *http.Cookie
}

// WriteHeaders sets the session's cookie after a sign-in.
func (c ConsoleSession) WriteHeaders(h http.Header) {
	if c.cookie != nil {
		h.Add("Set-Cookie", c.cookie.String())
	}
}

func (s *Service) consoleOf(ctx context.Context, u chat.User) (ConsoleSession, error) {
	granted, err := s.permissionsOf(ctx, u.Roles)
	held := []string{}
	for p := range granted {
		held = append(held, string(p))
	}
	slices.Sort(held)
	return ConsoleSession{User: u, Permissions: held, Version: s.Version}, err
}

func sessionCookie(ctx context.Context, value string, age int) *http.Cookie {
	return &http.Cookie{Name: rest.CookieName, Value: value, Path: "/", MaxAge: age,
		HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: rest.From(ctx).Secure}
}

func (s *Service) signedIn(ctx context.Context, in SignedIn) (ConsoleSession, error) {
	c, err := s.consoleOf(ctx, in.User)
	c.cookie = sessionCookie(ctx, in.Token, int(in.Session.ExpiresAt.Sub(in.Session.CreatedAt).Seconds()))
	return c, err
}

func (s *Service) consoleLogin(ctx context.Context, r loginRequest) (ConsoleSession, error) {
	r.Resume = "" // a cookie is made for a password only
	in, err := s.signIn(ctx, r)
	if err != nil {
		return ConsoleSession{}, err
	}
	return s.signedIn(ctx, in)
}

// signedOut is a bare success that forgets the cookie.
type signedOut struct{ cookie *http.Cookie }

// WriteHeaders removes the session's cookie.
func (o signedOut) WriteHeaders(h http.Header) { h.Add("Set-Cookie", o.cookie.String()) }

func (s *Service) consoleLogout(ctx context.Context, _ struct{}) (signedOut, error) {
	_, err := s.logout(ctx, struct{}{})
	return signedOut{sessionCookie(ctx, "", -1)}, err
}

func (s *Service) consoleSession(ctx context.Context, _ struct{}) (ConsoleSession, error) {
	u, err := s.me(ctx, struct{}{})
	if err != nil {
		return ConsoleSession{}, err
	}
	return s.consoleOf(ctx, u)
}

type sessionsResponse struct {
	Sessions []Session `json:"sessions"`
}

func (s *Service) listSessions(ctx context.Context, _ struct{}) (sessionsResponse, error) {
	all, err := s.Sessions(ctx, rest.Identity[chat.Actor](ctx).User, chat.SessionID(rest.SessionID(ctx)))
	return sessionsResponse{all}, err
}

type sessionID struct {
	ID chat.SessionID `path:"id" maxLength:"100"`
}

func (s *Service) endSession(ctx context.Context, r sessionID) (struct{}, error) {
	return struct{}{}, s.EndSession(ctx, rest.Identity[chat.Actor](ctx).User, r.ID)
}

type setupQuery struct {
	Ticket string `query:"ticket" required:"true" maxLength:"100"`
}

type setupOffer struct {
	// GrantAgents says that agents may be given two everyday rights they lack by default (permissions.md 7.1).
	GrantAgents []chat.Permission `json:"grantAgents"`
}

func (s *Service) checkSetup(ctx context.Context, q setupQuery) (setupOffer, error) {
	offer := setupOffer{[]chat.Permission{chat.TransferLivechatGuest, chat.SendOmnichannelChatTranscript}}
	return offer, s.CheckSetup(ctx, q.Ticket)
}

type setupRequest struct {
	Ticket      string        `json:"ticket" required:"true" maxLength:"100"`
	Username    string        `json:"username" required:"true" minLength:"1" maxLength:"100"`
	Name        string        `json:"name" maxLength:"200"`
	Email       string        `json:"email" maxLength:"254"`
	Password    loginPassword `json:"password" required:"true"`
	GrantAgents bool          `json:"grantAgents"`
}

func (s *Service) setup(ctx context.Context, r setupRequest) (ConsoleSession, error) {
	if r.Password == "" || Digest(r.Password) == DigestOf("") {
		return ConsoleSession{}, fault.New(fault.Invalid, "error-invalid-password", "The password is empty").At("password")
	}
	in, err := s.FinishSetup(ctx, Setup{Ticket: r.Ticket, GrantAgents: r.GrantAgents, From: origin(ctx),
		Admin: NewUser{Username: r.Username, Name: r.Name, Email: r.Email, Digest: Digest(r.Password)}})
	if err != nil {
		return ConsoleSession{}, err
	}
	return s.signedIn(ctx, in)
}

type ticketResponse struct {
	Ticket    string        `json:"ticket"`
	ExpiresAt clock.Instant `json:"expiresAt"`
}

func (s *Service) ticket(ctx context.Context, _ struct{}) (ticketResponse, error) {
	secret, expires, err := s.Ticket(ctx, rest.Identity[chat.Actor](ctx).User, chat.SessionID(rest.SessionID(ctx)))
	return ticketResponse{secret, expires}, err
}

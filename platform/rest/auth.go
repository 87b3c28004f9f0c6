package rest

import (
	"context"
	"net/http"

	"github.com/foyerchat/foyer/platform/fault"
)

// CookieName is the cookie of the console's session.
const CookieName = "foyer_session"

// GuestHeader carries the secret of our own widget's visitor.
const GuestHeader = "X-Foyer-Session"

// Credentials are what a request says about its user: an id and a token in headers,
// or the console's cookie. Headers win; then Cookie is empty.
type Credentials struct {
	UserID, Token string
	Cookie        string
	Meta          Meta
}

// Authenticator finds out who calls. Wrong credentials are a fault.Unauthenticated.
type Authenticator interface {
	User(ctx context.Context, c Credentials) (Caller, error)
	Guest(ctx context.Context, secret string) (Caller, error)
}

var (
	errLogin      = fault.New(fault.Unauthenticated, "", "")
	errPermission = fault.New(fault.Forbidden, "", "")
	errCross      = fault.New(fault.Forbidden, "error-cross-origin", "Another site's page may not do this")
)

// authorize checks origin, credentials and permissions, in this order.
func (a *API) authorize(r *http.Request, e *route, s *scope) error {
	if e.options.sameOrigin && a.foreign(r) {
		return errCross
	}
	if e.Access.kind == public {
		if e.options.userToo {
			s.caller, _ = a.authenticate(r, SignedIn, s.meta)
		}
		return nil
	}
	caller, err := a.authenticate(r, e.Access, s.meta)
	if err != nil {
		return err
	}
	s.caller = caller
	if !e.Access.allows(func(p string) bool { return caller.Permissions != nil && caller.Permissions(p) }) {
		return e.options.refused()
	}
	return nil
}

func (o options) refused() error {
	if o.refusal == "" {
		return errPermission
	}
	return fault.Text(fault.Forbidden, o.refusal)
}

// foreign reports whether a browser sent the request for another site's page,
// whatever its method: some compatible rows change things on GET.
func (a *API) foreign(r *http.Request) bool {
	asked := r.WithContext(r.Context())
	asked.Method = http.MethodPost
	return a.cross.Check(asked) != nil
}

func (a *API) authenticate(r *http.Request, access Access, m Meta) (Caller, error) {
	if access.kind == guest {
		secret := r.Header.Get(GuestHeader)
		if secret == "" {
			return Caller{}, errLogin
		}
		return a.Auth.Guest(r.Context(), secret)
	}
	c := CredentialsOf(r, m)
	switch {
	case c.Token != "":
	case c.Cookie == "":
		return Caller{}, errLogin
	case a.cross.Check(r) != nil:
		return Caller{}, errCross
	}
	return a.Auth.User(r.Context(), c)
}

// CredentialsOf reads the user's credentials; also for handlers that are no rows.
func CredentialsOf(r *http.Request, m Meta) Credentials {
	c := Credentials{UserID: r.Header.Get("X-User-Id"), Token: r.Header.Get("X-Auth-Token"), Meta: m}
	if c.Token == "" {
		c.Cookie = cookie(r, CookieName)
	}
	return c
}

func cookie(r *http.Request, name string) string {
	c, err := r.Cookie(name)
	if err != nil {
		return ""
	}
	return c.Value
}

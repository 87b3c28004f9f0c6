package rest

import "context"

// Caller is who calls, as the Authenticator found out.
type Caller struct {
	UserID      string
	SessionID   string
	Permissions func(id string) bool // nil: none
	Identity    any                  // what Identity returns
	Token       string               // the secret the caller came with
}

// scope is what a request's context carries.
type scope struct {
	caller  Caller
	meta    Meta
	limited func([]limitRule) error // nil: nothing is
}

type scopeKey struct{}

func scopeOf(ctx context.Context) *scope {
	if s, ok := ctx.Value(scopeKey{}).(*scope); ok {
		return s
	}
	return &scope{}
}

// Identity is what the Authenticator put into Caller.Identity, the zero value on
// public rows.
func Identity[T any](ctx context.Context) T {
	v, _ := scopeOf(ctx).caller.Identity.(T)
	return v
}

// CallerOf is the whole caller, the zero value on public rows.
func CallerOf(ctx context.Context) Caller { return scopeOf(ctx).caller }

// SessionID is the caller's session.
func SessionID(ctx context.Context) string { return scopeOf(ctx).caller.SessionID }

// From is where the request comes from.
func From(ctx context.Context) Meta { return scopeOf(ctx).meta }

// With is a context as handlers get it; for tests and calls that come in otherwise.
func With(ctx context.Context, c Caller, m Meta) context.Context {
	return context.WithValue(ctx, scopeKey{}, &scope{caller: c, meta: m})
}

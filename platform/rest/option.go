package rest

import "time"

// DefaultMaxBody is how many bytes a request body may have.
const DefaultMaxBody = 256 << 10

// Option changes a row.
type Option func(*options)

type options struct {
	match      bool
	strict     bool
	params     bool
	plain      bool
	refusal    string
	sameOrigin bool
	signsIn    bool
	userToo    bool
	maxBody    int64
	errors     []string
	also       map[int]string
	tag        string
	limits     []limitRule
	form       []string
	fileField  string
}

type limitRule struct {
	name string
	n    int // 0: as the API's Pace says
	per  time.Duration
}

// MatchErrors words validation errors as "Match error: Missing key 'x'" and coerces
// nothing in the body.
func MatchErrors() Option { return func(o *options) { o.match = true } }

// ParamErrors words what is wrong with the query as "The 'x' param is required".
func ParamErrors() Option { return func(o *options) { o.params = true } }

// Strict refuses unknown keys: in the body, or in the query of rows without one.
func Strict() Option { return func(o *options) { o.strict = true } }

// Plain answers with the response as it is, without "success".
func Plain() Option { return func(o *options) { o.plain = true } }

// SameOrigin refuses calls that a browser makes for another site's page, also on
// rows without credentials (sign-in) and on those that change things by GET.
func SameOrigin() Option { return func(o *options) { o.sameOrigin = true } }

// UserToo looks at a user's credentials on a Public row; wrong ones count as none.
func UserToo() Option { return func(o *options) { o.userToo = true } }

// SignsIn says that wrong credentials are in the request itself: the answer to them is
// 401, though anybody may call.
func SignsIn() Option { return func(o *options) { o.signsIn = true } }

// Refusal is what a caller without the permission reads instead of the usual text.
func Refusal(text string) Option { return func(o *options) { o.refusal = text } }

// MaxBody allows bodies of up to n bytes.
func MaxBody(n int64) Option { return func(o *options) { o.maxBody = n } }

// Form documents the texts that an Upload may bring beside its file, or a Raw consists of.
func Form(names ...string) Option { return func(o *options) { o.form = names } }

// FileField is the name of an Upload's field for its file, if it is not "file".
func FileField(name string) Option { return func(o *options) { o.fileField = name } }

// Errors documents the errors the row answers with, as they appear in "error".
func Errors(texts ...string) Option {
	return func(o *options) { o.errors = append(o.errors, texts...) }
}

// Also documents another status, without a body, than those that rows have.
func Also(status int, text string) Option {
	return func(o *options) { o.also = map[int]string{status: text} }
}

// Tag puts the row into a group of the documentation; the default is the first part
// of its path.
func Tag(name string) Option { return func(o *options) { o.tag = name } }

// Paced allows as many calls a minute from one client address as the API's Pace says,
// counted under name, which rows may share.
func Paced(name string) Option { return Limit(name, 0, time.Minute) }

// Limit allows n calls per period from one client address, counted under name, which
// rows may share.
func Limit(name string, n int, per time.Duration) Option {
	return func(o *options) { o.limits = append(o.limits, limitRule{name, n, per}) }
}

// Package fault is how a feature says what a caller may know about a failure.
// A Fault travels up as an ordinary error; the REST wrapper turns its kind into
// a status and its code and message into the API's envelope. Everything that is
// not a Fault is shown to callers as an internal error and nothing more.
package fault

import "errors"

// Kind says whose fault it is; the REST wrapper maps it to an HTTP status.
type Kind int

// The kinds and their HTTP statuses.
const (
	Invalid         Kind = iota // 400: the request cannot be carried out as asked
	Unauthenticated             // 401
	Forbidden                   // 403
	NotFound                    // 404
	TooLarge                    // 413
	TooMany                     // 429
	Unavailable                 // 503: try again, nothing happened
)

// Fault is an error whose content may be shown to the caller.
type Fault struct {
	Kind    Kind
	Code    string // stable, for programs: "error-inquiry-taken"
	Message string // for people; empty when the code is all there is
	Field   string // the offending input, dotted, when there is one
	Details any    // extra data for the envelope's "details", may be nil
	// Bare faults are rendered as their code alone, without brackets and
	// without errorType, as some endpoints of the compatible API do.
	Bare bool
	// Beside are members of the envelope beside "error", for endpoints whose failures
	// carry more than a text.
	Beside map[string]any
}

// Error renders the envelope's "error" text: "message [code]", "[code]" or the bare code.
func (f *Fault) Error() string {
	switch {
	case f.Bare || f.Code == "":
		if f.Message != "" {
			return f.Message
		}
		return f.Code
	case f.Message == "":
		return "[" + f.Code + "]"
	default:
		return f.Message + " [" + f.Code + "]"
	}
}

// New makes a coded fault: rendered "message [code]", or "[code]" without a message.
func New(kind Kind, code, message string) *Fault {
	return &Fault{Kind: kind, Code: code, Message: message}
}

// Text makes a fault that is rendered as exactly this text, without errorType.
func Text(kind Kind, text string) *Fault { return &Fault{Kind: kind, Code: text, Bare: true} }

// At names the input that is at fault.
func (f *Fault) At(field string) *Fault { f.Field = field; return f }

// Of finds the Fault in an error chain.
func Of(err error) (*Fault, bool) {
	var f *Fault
	ok := errors.As(err, &f)
	return f, ok
}

// Has reports whether err is a Fault with this code.
func Has(err error, code string) bool {
	f, ok := Of(err)
	return ok && f.Code == code
}

package mail

import (
	"errors"
	"fmt"
	"net/textproto"
	"strings"
	"unicode"

	gomail "github.com/wneessen/go-mail"

	"github.com/foyerchat/foyer/platform/outbound"
)

// Code says why a mail was not taken; stable, for programs and translations. Besides
// these there are the codes of platform/outbound for connections.
type Code string

// The codes.
const (
	Refused      Code = "refused"            // the server said no: Status says how
	NotAccepted  Code = "login-refused"      // name or password
	NoEncryption Code = "encryption-missing" // the server has no STARTTLS
	PasswordOpen Code = "password-unprotected"
	NoLogin      Code = "login-not-offered"
	Unfit        Code = "mail-invalid" // it cannot be made into a mail
	HungUp       Code = "connection-lost"
)

// Error is the only error of Send.
type Error struct {
	Code   Code
	Status int    // the server's, 0 if it said nothing
	Answer string // the beginning of what it said
	err    error
}

// Error is the code and what the server answered.
func (e *Error) Error() string {
	if e.Status != 0 {
		return fmt.Sprintf("%s: %d %s", e.Code, e.Status, e.Answer)
	}
	return string(e.Code)
}

// Unwrap is the cause.
func (e *Error) Unwrap() error { return e.err }

// Final reports whether trying again is in vain: the server refused this mail for good,
// or it is none.
func (e *Error) Final() bool { return e.Code == Unfit || e.Code == Refused && e.Status >= 500 }

const longestAnswer = 200

// Printable is the beginning of a server's answer, in one line.
func Printable(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return ' '
	}, strings.ToValidUTF8(s, ""))
	if r := []rune(s); len(r) > longestAnswer {
		s = string(r[:longestAnswer])
	}
	return strings.TrimSpace(s)
}

// explain makes an Error of what went wrong while connecting (login) or after it.
func explain(err error, login bool) *Error {
	var own *Error
	var said *textproto.Error
	switch {
	case errors.As(err, &own):
		return own
	case errors.As(err, &said):
		e := &Error{Code: Refused, Status: said.Code, Answer: Printable(said.Msg), err: err}
		if login && strings.Contains(err.Error(), "SMTP AUTH failed") {
			e.Code = NotAccepted
		}
		return e
	case errors.Is(err, gomail.ErrNoSupportedAuthDiscovered):
		return &Error{Code: PasswordOpen, err: err}
	case strings.Contains(err.Error(), "does not support STARTTLS"):
		return &Error{Code: NoEncryption, err: err}
	case strings.Contains(err.Error(), "does not support SMTP AUTH"):
		return &Error{Code: NoLogin, err: err}
	}
	return &Error{Code: Code(outbound.Classify(err)), err: err}
}

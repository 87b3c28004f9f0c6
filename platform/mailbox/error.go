package mailbox

import (
	"errors"
	"io"
	"net"

	"github.com/emersion/go-imap/v2"

	"github.com/foyerchat/foyer/platform/mail"
	"github.com/foyerchat/foyer/platform/outbound"
)

// Error is why a mailbox cannot be read.
type Error struct {
	Code   mail.Code
	Answer string // the beginning of what the server said
	err    error
}

// Error is the code and what the server answered.
func (e *Error) Error() string {
	if e.Answer != "" {
		return string(e.Code) + ": " + e.Answer
	}
	return string(e.Code)
}

// Unwrap is the cause.
func (e *Error) Unwrap() error { return e.err }

// signIn is an error of the sign-in.
type signIn struct{ err error }

func (s signIn) Error() string { return s.err.Error() }
func (s signIn) Unwrap() error { return s.err }

func explain(err error) *Error {
	var own *Error
	var said *imap.Error
	var login signIn
	switch {
	case errors.As(err, &own):
		return own
	case errors.As(err, &said) && errors.As(err, &login):
		return &Error{Code: mail.NotAccepted, Answer: mail.Printable(said.Text), err: err}
	case errors.As(err, &said):
		return &Error{Code: mail.Refused, Answer: mail.Printable(said.Text), err: err}
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, net.ErrClosed):
		return &Error{Code: mail.HungUp, err: err}
	}
	return &Error{Code: mail.Code(outbound.Classify(err)), err: err}
}

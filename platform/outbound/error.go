package outbound

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/url"

	"code.dny.dev/ssrf"
)

// Code says why a request got no answer; stable, for programs and translations.
type Code string

// The codes.
const (
	InvalidURL  Code = "invalid-url"
	Forbidden   Code = "address-forbidden" // not a public address
	NotResolved Code = "name-not-resolved"
	NotReached  Code = "not-reached"
	BadTLS      Code = "certificate-invalid"
	TimedOut    Code = "timed-out"
	TooLarge    Code = "answer-too-large"
	Cancelled   Code = "cancelled"
	Failed      Code = "failed" // an answer that is not HTTP, a connection cut in the middle
)

// Error is the only error of Do. Its text names no address: those may hold secrets.
type Error struct {
	Code Code
	Err  error
}

var (
	errAddress  = errors.New("not an http(s) address")
	errTooLarge = errors.New("answer too large")
)

// Error is the code and the cause.
func (e *Error) Error() string { return "outbound: " + string(e.Code) + ": " + e.Err.Error() }

// Unwrap is the cause.
func (e *Error) Unwrap() error { return e.Err }

// CodeOf is the code of an error of Do, or "".
func CodeOf(err error) Code {
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}

func explain(err error) *Error {
	var u *url.Error
	if errors.As(err, &u) { // drops the address
		err = u.Err
	}
	return &Error{Classify(err), err}
}

// Classify is the code of an error of a connection that a Dialer made.
func Classify(err error) Code {
	var (
		dns       *net.DNSError
		op        *net.OpError
		timeout   interface{ Timeout() bool }
		verify    *tls.CertificateVerificationError
		authority x509.UnknownAuthorityError
		alert     tls.AlertError
		record    tls.RecordHeaderError
	)
	switch {
	case errors.Is(err, ssrf.ErrProhibitedIP), errors.Is(err, ssrf.ErrProhibitedNetwork), errors.Is(err, ssrf.ErrInvalidHostPort):
		return Forbidden
	case errors.Is(err, context.Canceled):
		return Cancelled
	case errors.As(err, &timeout) && timeout.Timeout():
		return TimedOut
	case errors.As(err, &dns):
		return NotResolved
	case errors.As(err, &verify), errors.As(err, &authority), errors.As(err, &alert), errors.As(err, &record):
		return BadTLS
	case errors.As(err, &op) && op.Op == "dial":
		return NotReached
	}
	return Failed
}

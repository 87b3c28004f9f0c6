package mail

import (
	"context"
	"errors"
	"net"
	"time"
)

// Resolver asks the domain name system; *net.Resolver is one.
type Resolver interface {
	LookupMX(ctx context.Context, name string) ([]*net.MX, error)
	LookupHost(ctx context.Context, host string) ([]string, error)
}

// Domains says which domains take mail.
type Domains struct{ Resolver Resolver }

const askWithin = 5 * time.Second

// TakesMail reports whether mails to a domain have somewhere to go: it names a mail
// server or at least an address. When nobody can say, it does.
func (d Domains) TakesMail(ctx context.Context, domain string) bool {
	ctx, cancel := context.WithTimeout(ctx, askWithin)
	defer cancel()
	servers, err := d.Resolver.LookupMX(ctx, domain+".")
	if len(servers) > 0 {
		return len(servers) > 1 || servers[0].Host != "." // RFC 7505: it says that it takes none
	}
	if !isUnknown(err) {
		return true
	}
	_, err = d.Resolver.LookupHost(ctx, domain+".")
	return !isUnknown(err)
}

// isUnknown: the answer was that there is nothing.
func isUnknown(err error) bool {
	var e *net.DNSError
	return errors.As(err, &e) && e.IsNotFound && !e.IsTemporary && !e.IsTimeout
}

package mail

import (
	"context"
	"errors"
	"net"
	"strings"
	"time"
	"unicode"

	"golang.org/x/net/idna"
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
	domain = ASCIIDomain(domain)
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

var domains = idna.New(idna.MapForLookup(), idna.Transitional(false), idna.StrictDomainName(false))

// ASCIIDomain is a domain as it travels: xn--… for letters beyond ASCII. What is no
// domain stays as it is.
func ASCIIDomain(domain string) string {
	if isASCII(domain) {
		return domain
	}
	if ascii, err := domains.ToASCII(domain); err == nil {
		return ascii
	}
	return domain
}

func isASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r > unicode.MaxASCII })
}

// travelling is an address that any server understands as far as its first part lets it.
func travelling(a Address) Address {
	at := strings.LastIndexByte(a.Address, '@')
	return Address{Name: a.Name, Address: a.Address[:at+1] + ASCIIDomain(a.Address[at+1:])}
}

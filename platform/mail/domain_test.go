package mail

import (
	"context"
	"net"
	"testing"
)

// book is a domain name system of a few names.
type book map[string]struct {
	mx   []*net.MX
	err  error
	host error
}

func (b book) LookupMX(_ context.Context, name string) ([]*net.MX, error) {
	return b[name].mx, b[name].err
}

func (b book) LookupHost(_ context.Context, name string) ([]string, error) {
	return nil, b[name].host
}

func TestDomainsThatTakeMail(t *testing.T) {
	none, slow := &net.DNSError{IsNotFound: true}, &net.DNSError{IsTimeout: true, IsTemporary: true}
	d := Domains{book{
		"mx.": {mx: []*net.MX{{Host: "a."}}}, "address.": {err: none}, "nothing.": {err: none, host: none}, "slow.": {err: slow},
		"half.": {err: none, host: slow}, "null.": {mx: []*net.MX{{Host: "."}}}, "odd.": {mx: []*net.MX{{Host: "a."}}, err: none},
	}}
	for domain, want := range map[string]bool{"mx": true, "address": true, "nothing": false, "slow": true, "half": true, "null": false, "odd": true} {
		if got := d.TakesMail(t.Context(), domain); got != want {
			t.Errorf("%s: %v", domain, got)
		}
	}
}

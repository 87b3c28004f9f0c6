package rest_test

import (
	"crypto/tls"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/foyerchat/foyer/platform/rest"
)

func TestClientBehindProxies(t *testing.T) {
	for _, c := range []struct {
		name, peer string
		headers    []string
		ip         string
		secure     bool
		host       string
	}{
		{"direct", "203.0.113.1:99", nil, "203.0.113.1", false, "example.com"},
		{"direct IPv6", "[2001:db8::1%eth0]:99", nil, "2001:db8::1", false, "example.com"},
		{"IPv4 in IPv6", "[::ffff:203.0.113.1]:99", nil, "203.0.113.1", false, "example.com"},
		{"an untrusted peer is not believed", "203.0.113.1:99",
			[]string{"X-Forwarded-For: 1.2.3.4", "X-Forwarded-Proto: https", "X-Forwarded-Host: evil"}, "203.0.113.1", false, "example.com"},
		{"one proxy", "10.0.0.1:99", []string{"X-Forwarded-For: 1.2.3.4", "X-Forwarded-Proto: https", "X-Forwarded-Host: chat.example"}, "1.2.3.4", true, "chat.example"},
		{"what the client wrote itself", "10.0.0.1:99", []string{"X-Forwarded-For: 6.6.6.6, 1.2.3.4"}, "1.2.3.4", false, "example.com"},
		{"two proxies", "10.0.0.1:99", []string{"X-Forwarded-For: 6.6.6.6, 1.2.3.4, 10.0.0.2"}, "1.2.3.4", false, "example.com"},
		{"two headers", "10.0.0.1:99", []string{"X-Forwarded-For: 6.6.6.6, 1.2.3.4", "X-Forwarded-For: 10.0.0.2"}, "1.2.3.4", false, "example.com"},
		{"with a port", "10.0.0.1:99", []string{"X-Forwarded-For: 1.2.3.4:5678"}, "1.2.3.4", false, "example.com"},
		{"IPv6 in brackets", "10.0.0.1:99", []string{"X-Forwarded-For: [2001:db8::1]:5678"}, "2001:db8::1", false, "example.com"},
		{"nonsense stops the walk", "10.0.0.1:99", []string{"X-Forwarded-For: 1.2.3.4, unknown, 10.0.0.2"}, "10.0.0.2", false, "example.com"},
		{"only proxies", "10.0.0.1:99", []string{"X-Forwarded-For: 10.0.0.3, 10.0.0.2"}, "10.0.0.3", false, "example.com"},
		{"no list", "10.0.0.1:99", nil, "10.0.0.1", false, "example.com"},
		{"no address at all", "@", nil, "", false, "example.com"},
	} {
		r := httptest.NewRequest("GET", "http://example.com/", nil)
		r.RemoteAddr = c.peer
		for _, line := range c.headers {
			name, value, _ := strings.Cut(line, ": ")
			r.Header.Add(name, value)
		}
		m := proxies(t, "10.0.0.0/8").Meta(r)
		if m.IP != c.ip || m.Secure != c.secure || m.Host != c.host {
			t.Errorf("%s: got %q %v %q", c.name, m.IP, m.Secure, m.Host)
		}
	}
}

func TestMetaIsStorable(t *testing.T) {
	r := httptest.NewRequest("GET", "/", nil)
	r.TLS = &tls.ConnectionState{}
	r.Header.Set("User-Agent", "a\xffb"+strings.Repeat("é", 2000))
	m := rest.Proxies(nil).Meta(r)
	if !m.Secure || !strings.HasPrefix(m.UserAgent, "abé") || len(m.UserAgent) > 1024 || strings.Contains(m.UserAgent, "\ufffd") {
		t.Errorf("%v %d bytes %q", m.Secure, len(m.UserAgent), m.UserAgent[:8])
	}
}

func TestRequestID(t *testing.T) {
	for _, c := range []struct {
		peer, given string
		kept        bool
	}{
		{"10.0.0.1:9", "abc-DEF_1.2", true},
		{"203.0.113.1:9", "abc-DEF_1.2", false}, // not from a trusted proxy
		{"10.0.0.1:9", "a b\nc", false},
		{"10.0.0.1:9", strings.Repeat("a", 65), false},
		{"10.0.0.1:9", "", false},
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = c.peer
		r.Header.Set("X-Request-Id", c.given)
		m := proxies(t, "10.0.0.1").Meta(r)
		if m.RequestID == "" || (m.RequestID == c.given) != c.kept {
			t.Errorf("%s %q: got %q", c.peer, c.given, m.RequestID)
		}
	}
}

func TestParseProxiesRefusesNonsense(t *testing.T) {
	if _, err := rest.ParseProxies("10.0.0.0/8", "localhost"); err == nil {
		t.Error("a name is no network")
	}
}

package rest

import (
	"net/http"
	"net/netip"
	"strings"

	"github.com/foyerchat/foyer/platform/id"
)

// Meta is what is known of a request besides its contents.
type Meta struct {
	IP        string // of the client, behind trusted proxies
	UserAgent string
	Host      string
	Referer   string
	Secure    bool // the client speaks https, perhaps to a trusted proxy
	RequestID string
}

// Proxies are the networks whose X-Forwarded headers are believed.
type Proxies []netip.Prefix

// ParseProxies reads networks and single addresses ("10.0.0.0/8", "::1").
func ParseProxies(texts ...string) (Proxies, error) {
	var out Proxies
	for _, t := range texts {
		if addr, err := netip.ParseAddr(t); err == nil {
			out = append(out, netip.PrefixFrom(addr, addr.BitLen()))
			continue
		}
		prefix, err := netip.ParsePrefix(t)
		if err != nil {
			return nil, err
		}
		out = append(out, prefix.Masked())
	}
	return out, nil
}

func (p Proxies) trust(a netip.Addr) bool {
	for _, prefix := range p {
		if prefix.Contains(a) {
			return true
		}
	}
	return false
}

// Meta reads the request's circumstances; also for handlers that are no rows.
func (p Proxies) Meta(r *http.Request) Meta {
	peer := address(r.RemoteAddr)
	m := Meta{
		UserAgent: header(r, "User-Agent"), Referer: header(r, "Referer"),
		Host: clean(r.Host), Secure: r.TLS != nil,
	}
	client := peer
	if peer.IsValid() && p.trust(peer) {
		client = p.client(r, peer)
		if proto := r.Header.Get("X-Forwarded-Proto"); proto != "" {
			m.Secure = strings.EqualFold(lastOf(proto), "https")
		}
		if host := r.Header.Get("X-Forwarded-Host"); host != "" {
			m.Host = clean(lastOf(host))
		}
		m.RequestID = requestID(r.Header.Get("X-Request-Id"))
	}
	if client.IsValid() {
		m.IP = client.String()
	}
	if m.RequestID == "" {
		m.RequestID = id.New()
	}
	return m
}

// client is the first address from the right that no trusted proxy has.
func (p Proxies) client(r *http.Request, peer netip.Addr) netip.Addr {
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	client := peer
	for i := len(hops) - 1; i >= 0; i-- {
		hop := address(strings.TrimSpace(hops[i]))
		if !hop.IsValid() {
			break
		}
		client = hop
		if !p.trust(hop) {
			break
		}
	}
	return client
}

// address reads an address with or without port; the zero one when it is none.
func address(s string) netip.Addr {
	if ap, err := netip.ParseAddrPort(s); err == nil {
		return ap.Addr().Unmap().WithZone("")
	}
	a, err := netip.ParseAddr(strings.Trim(s, "[]"))
	if err != nil {
		return netip.Addr{}
	}
	return a.Unmap().WithZone("")
}

func lastOf(list string) string {
	return strings.TrimSpace(list[strings.LastIndexByte(list, ',')+1:])
}

// requestID accepts a proxy's id when it is harmless in a log.
func requestID(s string) string {
	if len(s) > 64 {
		return ""
	}
	for _, c := range s {
		if !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.ContainsRune("-_.", c)) {
			return ""
		}
	}
	return s
}

func header(r *http.Request, name string) string { return clean(r.Header.Get(name)) }

// clean makes foreign text storable: valid UTF-8, bounded.
func clean(s string) string {
	const most = 1024
	if len(s) > most {
		s = s[:most]
	}
	return strings.ToValidUTF8(s, "")
}

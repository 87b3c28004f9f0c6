// Package outbound is the one HTTP client for everything that leaves: webhooks,
// push services, whatever an administrator enters as an address. It connects only
// to public addresses unless told otherwise, looking at the address really dialled,
// so a name that changes its mind between check and use gains nothing. It follows
// no redirect, uses no proxy, keeps no cookie, and gives up after a time and a size.
//
// It does not retry: that is the job table's work.
package outbound

import (
	"bytes"
	"context"
	"crypto/tls"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"time"

	"code.dny.dev/ssrf"
)

// Options of a Client; zero values mean the defaults.
type Options struct {
	AllowPrivate bool          // also addresses of private networks and this machine
	UserAgent    string        // default "Foyer"
	Timeout      time.Duration // for a whole request; default 10 s
	MaxBody      int64         // of an answer in bytes; default 1 MiB
	TLS          *tls.Config   // default: the system's authorities
}

// Request is what to send. Timeout and MaxBody, when set, replace the client's. Of an
// answer that is longer than MaxBody, Cut takes the beginning.
type Request struct {
	Method  string // default GET, or POST with a Body
	URL     string
	Header  http.Header
	Body    []byte
	Timeout time.Duration
	MaxBody int64
	Cut     bool
}

// Response is an answer of any status, redirects included.
type Response struct {
	Status int
	Header http.Header
	Body   []byte
}

// Client sends requests; it may be used by many at once.
type Client struct {
	o    Options
	http http.Client
}

const (
	dialWithin = 5 * time.Second
	maxHeader  = 64 << 10
	maxIdle    = 100
)

// What AllowPrivate opens. Link-local addresses stay closed: behind them are the
// clouds' metadata services.
var (
	private4 = prefixes("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8", "100.64.0.0/10")
	private6 = prefixes("fc00::/7", "::1/128")
)

func prefixes(all ...string) (p []netip.Prefix) {
	for _, s := range all {
		p = append(p, netip.MustParsePrefix(s))
	}
	return p
}

// New makes a client.
func New(o Options) *Client {
	if o.UserAgent == "" {
		o.UserAgent = "Foyer"
	}
	if o.Timeout == 0 {
		o.Timeout = 10 * time.Second
	}
	if o.MaxBody == 0 {
		o.MaxBody = 1 << 20
	}
	dialer := Dialer(o.AllowPrivate)
	return &Client{o: o, http: http.Client{
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{
			DialContext: dialer.DialContext, TLSClientConfig: o.TLS, ForceAttemptHTTP2: true,
			TLSHandshakeTimeout: dialWithin, MaxResponseHeaderBytes: maxHeader, MaxIdleConns: maxIdle,
			IdleConnTimeout: time.Minute, DisableCompression: true, // what arrives is what is counted
		},
	}}
}

// Dialer connects only to addresses that are allowed, looking at what is really
// dialled; for what leaves by another protocol than HTTP.
func Dialer(allowPrivate bool) *net.Dialer {
	guards := []ssrf.Option{ssrf.WithAnyPort()}
	if allowPrivate {
		guards = append(guards, ssrf.WithAllowedV4Prefixes(private4...), ssrf.WithAllowedV6Prefixes(private6...))
	}
	return &net.Dialer{Timeout: dialWithin, Control: ssrf.New(guards...).Safe}
}

// Close ends the connections that are kept for later.
func (c *Client) Close() { c.http.CloseIdleConnections() }

// Do sends a request. Its error is always an *Error; a status is none.
func (c *Client) Do(ctx context.Context, r Request) (Response, error) {
	ctx, cancel := context.WithTimeout(ctx, or(r.Timeout, c.o.Timeout))
	defer cancel()
	req, err := c.prepare(ctx, r)
	if err != nil {
		return Response{}, &Error{InvalidURL, err}
	}
	res, err := c.http.Do(req)
	if err != nil {
		return Response{}, explain(err)
	}
	defer res.Body.Close()
	limit := or(r.MaxBody, c.o.MaxBody)
	body, err := io.ReadAll(io.LimitReader(res.Body, limit+1))
	if err != nil {
		return Response{}, explain(err)
	}
	if int64(len(body)) > limit && r.Cut {
		body = body[:limit]
	}
	if int64(len(body)) > limit {
		return Response{}, &Error{TooLarge, errTooLarge}
	}
	return Response{Status: res.StatusCode, Header: res.Header, Body: body}, nil
}

func (c *Client) prepare(ctx context.Context, r Request) (*http.Request, error) {
	u, err := url.Parse(r.URL)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil, errAddress // not err: it would repeat the address, which may hold a secret
	}
	method := r.Method
	if method == "" && r.Body != nil {
		method = http.MethodPost
	}
	req, err := http.NewRequestWithContext(ctx, method, u.String(), bytes.NewReader(r.Body))
	if err != nil {
		return nil, errAddress
	}
	if r.Header != nil {
		req.Header = r.Header.Clone()
	}
	if req.Header.Get("User-Agent") == "" {
		req.Header.Set("User-Agent", c.o.UserAgent)
	}
	return req, nil
}

func or[T int64 | time.Duration](own, general T) T {
	if own > 0 {
		return own
	}
	return general
}

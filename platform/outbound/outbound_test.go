package outbound

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/foyerchat/foyer/platform/testkit"
)

func TestNoForbiddenAddressIsReached(t *testing.T) {
	c := New(Options{Timeout: 3 * time.Second})
	defer c.Close()
	for _, host := range testkit.Inward {
		for _, scheme := range []string{"http", "https"} {
			_, err := c.Do(context.Background(), Request{URL: scheme + "://" + host + ":9/"})
			switch CodeOf(err) {
			case Forbidden, NotResolved, InvalidURL: // an odd notation is no address at all
			default:
				t.Errorf("%s://%s was dialled: %v", scheme, host, err)
			}
		}
	}
}

// The guard looks at what is dialled: no request arrives at a server of this
// machine under any of its names.
func TestNothingArrivesAtThisMachine(t *testing.T) {
	hits := 0
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { hits++ }))
	defer server.Close()
	_, port, err := net.SplitHostPort(server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	c := New(Options{Timeout: 3 * time.Second})
	defer c.Close()
	for _, host := range []string{"127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "0.0.0.0", "127.0.0.2"} {
		if _, err := c.Do(context.Background(), Request{URL: "http://" + host + ":" + port}); CodeOf(err) != Forbidden {
			t.Errorf("%s: %v", host, err)
		}
	}
	if hits != 0 {
		t.Fatalf("%d requests arrived", hits)
	}
}

func TestPrivateAddressesCanBeAllowedButNeverMetadata(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "hello") }))
	defer server.Close()
	c := New(Options{AllowPrivate: true, Timeout: 3 * time.Second})
	defer c.Close()
	if res, err := c.Do(context.Background(), Request{URL: server.URL}); err != nil || string(res.Body) != "hello" {
		t.Fatalf("%s %v", res.Body, err)
	}
	for _, host := range []string{"169.254.169.254", "[fe80::1]", "0.0.0.0", "[::]", "255.255.255.255", "224.0.0.1"} {
		if _, err := c.Do(context.Background(), Request{URL: "http://" + host + "/"}); CodeOf(err) != Forbidden {
			t.Errorf("%s: %v", host, err)
		}
	}
}

func TestOnlyHTTPAddresses(t *testing.T) {
	c := New(Options{AllowPrivate: true})
	defer c.Close()
	for _, address := range []string{"", "example.org", "//example.org", "ftp://example.org", "file:///etc/passwd", "gopher://127.0.0.1:6379/_FLUSHALL",
		"http://", "http:///x", "unix:///var/run/docker.sock", "http://a b/", "https://[::1", "javascript:alert(1)", "http://\x7f"} {
		_, err := c.Do(context.Background(), Request{URL: address})
		if CodeOf(err) != InvalidURL {
			t.Errorf("%q: %v", address, err)
		}
	}
	if _, err := c.Do(context.Background(), Request{URL: "http://x", Method: "BAD METHOD"}); CodeOf(err) != InvalidURL {
		t.Error(err)
	}
}

func local(t *testing.T, h http.HandlerFunc, o Options) (*Client, string) {
	t.Helper()
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	o.AllowPrivate = true
	c := New(o)
	t.Cleanup(c.Close)
	return c, server.URL
}

func TestARequestArrivesAsItWasGiven(t *testing.T) {
	c, url := local(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		w.Header().Set("X-Got", r.Method+" "+r.Header.Get("X-A")+" "+r.Header.Get("Accept-Encoding")+" "+r.UserAgent())
		w.WriteHeader(http.StatusTeapot)
		w.Write(body)
	}, Options{})
	given := http.Header{"X-A": {"b"}}
	res, err := c.Do(context.Background(), Request{URL: url, Header: given, Body: []byte("body")})
	if err != nil || res.Status != http.StatusTeapot || string(res.Body) != "body" || res.Header.Get("X-Got") != "POST b  Foyer" {
		t.Fatalf("%+v %v", res, err)
	}
	if len(given) != 1 {
		t.Fatal("the caller's header was changed")
	}
}

func TestRedirectsAreNotFollowed(t *testing.T) {
	hits := 0
	c, url := local(t, func(w http.ResponseWriter, r *http.Request) {
		hits++
		http.Redirect(w, r, "http://169.254.169.254/latest/meta-data", http.StatusFound)
	}, Options{})
	res, err := c.Do(context.Background(), Request{URL: url})
	if err != nil || res.Status != http.StatusFound || hits != 1 {
		t.Fatalf("%d %v, %d hits", res.Status, err, hits)
	}
}

func TestTheEnvironmentsProxyIsIgnored(t *testing.T) {
	asked := false
	proxy := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked = true }))
	defer proxy.Close()
	t.Setenv("HTTP_PROXY", proxy.URL)
	c := New(Options{Timeout: 3 * time.Second})
	defer c.Close()
	if _, err := c.Do(context.Background(), Request{URL: "http://192.0.2.1/"}); CodeOf(err) != Forbidden || asked {
		t.Fatalf("%v, proxy asked: %t", err, asked)
	}
}

func TestAnswersAreCapped(t *testing.T) {
	c, url := local(t, func(w http.ResponseWriter, r *http.Request) {
		for range 100 {
			if _, err := w.Write(bytes.Repeat([]byte("x"), 1000)); err != nil {
				return
			}
		}
	}, Options{MaxBody: 99_999})
	if _, err := c.Do(context.Background(), Request{URL: url}); CodeOf(err) != TooLarge {
		t.Fatal(err)
	}
	if res, err := c.Do(context.Background(), Request{URL: url, MaxBody: 100_000}); err != nil || len(res.Body) != 100_000 {
		t.Fatal(err)
	}
	if res, err := c.Do(context.Background(), Request{URL: url, MaxBody: 10, Cut: true}); err != nil || string(res.Body) != "xxxxxxxxxx" {
		t.Fatal(res, err)
	}
	c, url = local(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Long", strings.Repeat("x", maxHeader+1))
	}, Options{})
	if _, err := c.Do(context.Background(), Request{URL: url}); CodeOf(err) != Failed {
		t.Fatal(err)
	}
}

func TestTimeIsCapped(t *testing.T) {
	wait := make(chan struct{})
	c, url := local(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/body" {
			w.WriteHeader(http.StatusOK)
			http.NewResponseController(w).Flush()
		}
		select {
		case <-wait:
		case <-r.Context().Done():
		}
	}, Options{})
	defer close(wait)
	for _, path := range []string{"/", "/body"} {
		if _, err := c.Do(context.Background(), Request{URL: url + path, Timeout: 50 * time.Millisecond}); CodeOf(err) != TimedOut {
			t.Fatalf("%s: %v", path, err)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := c.Do(ctx, Request{URL: url}); CodeOf(err) != Cancelled {
		t.Fatal(err)
	}
}

func TestErrorsAreTypedAndKeepSecrets(t *testing.T) {
	c := New(Options{AllowPrivate: true, Timeout: 3 * time.Second})
	defer c.Close()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	closed := "http://user:hush@" + l.Addr().String() + "/?token=hush"
	l.Close()
	_, err = c.Do(context.Background(), Request{URL: closed})
	if CodeOf(err) != NotReached || strings.Contains(err.Error(), "hush") {
		t.Fatal(err)
	}
	if _, err := c.Do(context.Background(), Request{URL: "http://nowhere.invalid/?token=hush"}); CodeOf(err) != NotResolved || strings.Contains(err.Error(), "hush") {
		t.Fatal(err)
	}
	if CodeOf(errors.New("another")) != "" {
		t.Fatal("a code for a stranger's error")
	}
	broken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer broken.Close()
	go func() {
		for {
			conn, err := broken.Accept()
			if err != nil {
				return
			}
			io.WriteString(conn, "not HTTP\r\n\r\n")
			conn.Close()
		}
	}()
	if _, err := c.Do(context.Background(), Request{URL: "http://" + broken.Addr().String()}); CodeOf(err) != Failed {
		t.Fatal(err)
	}
}

func TestCertificatesAreChecked(t *testing.T) {
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, r.Proto) }))
	server.Config.ErrorLog = nil
	defer server.Close()
	c := New(Options{AllowPrivate: true})
	defer c.Close()
	if _, err := c.Do(context.Background(), Request{URL: server.URL}); CodeOf(err) != BadTLS {
		t.Fatal(err)
	}
	trusted := x509.NewCertPool()
	trusted.AddCert(server.Certificate())
	own := New(Options{AllowPrivate: true, TLS: &tls.Config{RootCAs: trusted}})
	defer own.Close()
	if res, err := own.Do(context.Background(), Request{URL: server.URL}); err != nil || len(res.Body) == 0 {
		t.Fatal(err)
	}
}

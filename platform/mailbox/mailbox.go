// Package mailbox reads the mails of other people's IMAP servers: it waits in a mailbox
// for new ones, hands them over one by one and marks them seen, and it makes of what came,
// however broken or hostile, a Letter of plain texts and files.
//
// It deletes nothing, knows nothing about what becomes of a mail, and sends none.
package mailbox

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"strconv"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/mail"
	"github.com/foyerchat/foyer/platform/outbound"
)

// Server is a mailbox at a server; its folder is INBOX.
type Server struct {
	Host, Username, Password string
	Port                     int
	Secure                   bool // encrypted from the first byte; else by STARTTLS, but for this machine
}

// Options of an Opener; zero values mean the defaults.
type Options struct {
	AllowPrivate bool        // also servers in private networks and on this machine
	TLS          *tls.Config // default: the system's authorities
}

// Opener opens mailboxes.
type Opener struct {
	o    Options
	dial func(ctx context.Context, network, address string) (net.Conn, error)
}

// NewOpener makes an Opener.
func NewOpener(o Options) *Opener {
	return &Opener{o: o, dial: outbound.Dialer(o.AllowPrivate).DialContext}
}

const openWithin = 30 * time.Second

// Box is an open mailbox. It is used by one goroutine at a time and ends with the context
// it was opened with.
type Box struct {
	client *imapclient.Client
	news   chan struct{} // something may have come
	idles  bool          // the server tells by itself
	forget func() bool
}

// Open signs in and selects the folder. Its error is an *Error.
func (o *Opener) Open(ctx context.Context, s Server) (*Box, error) {
	within, cancel := context.WithTimeout(ctx, openWithin)
	defer cancel()
	conn, err := o.dial(within, "tcp", net.JoinHostPort(mail.ASCIIDomain(s.Host), strconv.Itoa(s.Port)))
	if err != nil {
		return nil, explain(err)
	}
	stop := context.AfterFunc(within, func() { conn.Close() })
	b := &Box{news: make(chan struct{}, 1)}
	err = b.begin(within, conn, o, s)
	if !stop() && err == nil {
		err = context.Cause(within)
	}
	if err != nil {
		conn.Close()
		return nil, explain(err)
	}
	b.forget = context.AfterFunc(ctx, func() { conn.Close() })
	return b, nil
}

func (b *Box) begin(ctx context.Context, conn net.Conn, o *Opener, s Server) (err error) {
	secure := &tls.Config{MinVersion: tls.VersionTLS12}
	if o.o.TLS != nil {
		secure = o.o.TLS.Clone()
	}
	secure.ServerName = mail.ASCIIDomain(s.Host)
	options := &imapclient.Options{TLSConfig: secure, UnilateralDataHandler: &imapclient.UnilateralDataHandler{
		Mailbox: func(m *imapclient.UnilateralDataMailbox) {
			if m.NumMessages != nil {
				b.ring()
			}
		}}}
	switch {
	case s.Secure:
		encrypted := tls.Client(conn, secure)
		if err := encrypted.HandshakeContext(ctx); err != nil {
			return err
		}
		b.client = imapclient.New(encrypted, options)
	case mail.Loopback(s.Host):
		b.client = imapclient.New(conn, options)
	default:
		if b.client, err = imapclient.NewStartTLS(conn, options); err != nil {
			return err
		}
	}
	if err := b.client.Login(s.Username, s.Password).Wait(); err != nil {
		return signIn{err}
	}
	if _, err := b.client.Select("INBOX", nil).Wait(); err != nil {
		return err
	}
	b.idles = b.client.Caps().Has(imap.CapIdle)
	return nil
}

// ring notes that something may have come.
func (b *Box) ring() {
	select {
	case b.news <- struct{}{}:
	default:
	}
}

// Close hangs up.
func (b *Box) Close() {
	b.forget()
	b.client.Close()
}

// mostUnseen is how many unseen mails are told of at once; those behind them come up when
// these are seen.
const mostUnseen = 100_000

// Unseen names the mails that nobody has seen, the oldest first, about a day earlier at
// most than a moment. Their names last as long as the box is open.
func (b *Box) Unseen(since clock.Instant) ([]uint32, error) {
	found, err := b.client.UIDSearch(&imap.SearchCriteria{NotFlag: []imap.Flag{imap.FlagSeen}, Since: since.Time().AddDate(0, 0, -1)}, nil).Wait()
	if err != nil {
		return nil, explain(err)
	}
	set, ok := found.All.(imap.UIDSet)
	if found.All != nil && !ok || set.Dynamic() {
		return nil, explain(errNumbers)
	}
	return first(set, mostUnseen), nil
}

// first are the numbers of a set, the smallest ones when there are more than most: a few
// bytes of a server name billions.
func first(set imap.UIDSet, most int) (uids []uint32) {
	for _, r := range set {
		for n := uint64(r.Start); n <= uint64(r.Stop); n++ {
			if len(uids) == most {
				return uids
			}
			uids = append(uids, uint32(n))
		}
	}
	return uids
}

var errNumbers = errors.New("the server names no mails by number")

// Came tells when the server got some mails; one that is gone is left out.
func (b *Box) Came(uids []uint32) (map[uint32]clock.Instant, error) {
	var set imap.UIDSet
	for _, n := range uids {
		set.AddNum(imap.UID(n))
	}
	all, err := b.client.Fetch(set, &imap.FetchOptions{UID: true, InternalDate: true}).Collect()
	if err != nil {
		return nil, explain(err)
	}
	came := make(map[uint32]clock.Instant, len(all))
	for _, m := range all {
		came[uint32(m.UID)] = clock.Of(m.InternalDate)
	}
	return came, nil
}

// Read is a mail as it came, its beginning at least: no more than most bytes of it. A mail
// that is gone is empty.
func (b *Box) Read(uid uint32, most int64) ([]byte, error) {
	section := &imap.FetchItemBodySection{Peek: true, Partial: &imap.SectionPartial{Size: most}}
	fetch := b.client.Fetch(imap.UIDSetNum(imap.UID(uid)), &imap.FetchOptions{UID: true, BodySection: []*imap.FetchItemBodySection{section}})
	defer fetch.Close()
	var content []byte
	for m := fetch.Next(); m != nil; m = fetch.Next() {
		for item := m.Next(); item != nil; item = m.Next() {
			body, ok := item.(imapclient.FetchItemDataBodySection)
			if !ok || body.Literal == nil {
				continue
			}
			read, err := io.ReadAll(io.LimitReader(body.Literal, most+1))
			if err != nil {
				return nil, explain(err)
			}
			if int64(len(read)) > most { // more than was asked for: it would not end
				b.Close()
				return nil, explain(errTalkative)
			}
			content = read
		}
	}
	if err := fetch.Close(); err != nil {
		return nil, explain(err)
	}
	return content, nil
}

var errTalkative = errors.New("the server talks too much")

// See marks a mail as seen.
func (b *Box) See(uid uint32) error {
	store := &imap.StoreFlags{Op: imap.StoreFlagsAdd, Silent: true, Flags: []imap.Flag{imap.FlagSeen}}
	if err := b.client.Store(imap.UIDSetNum(imap.UID(uid)), store, nil).Close(); err != nil {
		return explain(err)
	}
	return nil
}

// Wait returns when something may have come, or when until says so; its error is the end
// of the connection.
func (b *Box) Wait(until <-chan time.Time) error {
	if !b.idles {
		select {
		case <-b.news:
		case <-until:
		case <-b.client.Closed():
		}
		return b.alive()
	}
	idle, err := b.client.Idle()
	if err != nil {
		return explain(err)
	}
	select {
	case <-b.news:
	case <-until:
	case <-b.client.Closed():
	}
	if err := errors.Join(idle.Close(), idle.Wait()); err != nil {
		return explain(err)
	}
	return b.alive()
}

// alive asks the server for a sign of life.
func (b *Box) alive() error {
	if err := b.client.Noop().Wait(); err != nil {
		return explain(err)
	}
	return nil
}

// Tells reports whether the server tells by itself that something came.
func (b *Box) Tells() bool { return b.idles }

package messenger

import (
	"context"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/jobs"
)

func errOff() error { return fault.Text(fault.Invalid, "Integration disabled") }

func errSignature() error { return fault.Text(fault.Invalid, "Invalid signature") }

func errVerify() error { return fault.Text(fault.Forbidden, "Invalid verify token") }

func errNothing() error {
	return fault.New(fault.Invalid, "invalid-params", "A message has a page, who wrote it, and words or files")
}

// Verify reports whether somebody who says this token may have this server told of pages.
func (s *Service) Verify(mode, token string) error {
	want := s.Settings.Current().FacebookVerifyToken
	if mode != "subscribe" || want == "" || subtle.ConstantTimeCompare([]byte(want), []byte(token)) != 1 {
		return errVerify()
	}
	return nil
}

// Call is a request with what was said.
type Call struct {
	Newer, Older string // its signatures
	Body         []byte
}

// Receive takes what Facebook tells, to be worked on afterwards, or a gateway's message,
// which is answered as it was stored (webhooks.md 6).
func (s *Service) Receive(ctx context.Context, c Call) (*chat.Message, error) {
	set := s.Settings.Current()
	switch {
	case !set.FacebookEnabled:
		return nil, errOff()
	case !signed(set.FacebookSecret, c.Body, c.Newer, c.Older):
		return nil, errSignature()
	}
	var b body
	if json.Unmarshal(c.Body, &b) != nil {
		return nil, errNothing()
	}
	if b.Object != "" {
		return nil, s.keep(ctx, set, b.notes(s.words()))
	}
	n, ok := b.relayed(s.words())
	if !ok {
		return nil, errNothing()
	}
	m, err := s.relay(ctx, n)
	return &m, err
}

// keptFor is how long it is remembered what came, after it was worked on.
const keptFor = 30 * 24 * time.Hour

// keep stores what people wrote to pages that are known here.
func (s *Service) keep(ctx context.Context, set *chat.Settings, all []note) error {
	if len(all) == 0 {
		return nil
	}
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		for _, n := range all {
			page, err := findPage(ctx, tx, n.from.page)
			if err != nil {
				return err
			}
			if page.AccessToken == "" && set.FacebookKey == "" {
				s.Log.Warn("a message to a page that is not known here was left alone", "page", n.from.page)
				continue
			}
			if err := s.keepOne(ctx, tx, n); err != nil {
				return err
			}
		}
		return forget(ctx, tx, tx.Now().Add(-keptFor))
	})
}

func (s *Service) keepOne(ctx context.Context, tx *db.Tx, n note) error {
	if err := insertPerson(ctx, tx, n.from); err != nil {
		return err
	}
	new, err := insertIncoming(ctx, tx, n)
	if err != nil || !new {
		return err
	}
	if err := wrote(ctx, tx, n.from); err != nil {
		return err
	}
	return tx.Enqueue(ctx, db.Job{Kind: jobReceive, Key: n.from.key()})
}

// How often a file is asked for that Facebook does not hand out now, and how long it holds
// up what its person writes meanwhile, which has everything tried anew.
const (
	fileTries  = 3
	fileWithin = 2 * time.Minute
)

// receive works on what a person wrote, in order.
func (s *Service) receive(ctx context.Context, run jobs.Run) error {
	for p := personOf(run.Key); ; {
		n, err := nextIncoming(ctx, s.DB, p)
		if errors.Is(err, db.ErrNoRows) {
			return nil
		} else if err != nil {
			return err
		}
		n.later = run.Attempt < fileTries && s.Clock.Now().Sub(n.came) < fileWithin
		if _, err := s.hear(ctx, n); !refused(err) {
			return err
		}
		if err := s.DB.InTx(ctx, func(tx *db.Tx) error { return setDone(ctx, tx, n) }); err != nil {
			return err
		}
	}
}

// refused reports whether an error, or none, is the last word about a message: trying
// again would change nothing.
func refused(err error) bool {
	f, ok := fault.Of(err)
	return err == nil || ok && f.Kind != fault.Unavailable
}

// relay takes a gateway's message.
func (s *Service) relay(ctx context.Context, n note) (chat.Message, error) {
	err := s.DB.InTx(ctx, func(tx *db.Tx) error {
		if err := insertPerson(ctx, tx, n.from); err != nil {
			return err
		}
		return wrote(ctx, tx, n.from)
	})
	if err != nil {
		return chat.Message{}, err
	}
	return s.hear(ctx, n)
}

// hear puts what a person wrote into his chat. Where nobody is there for it, he is told so.
func (s *Service) hear(ctx context.Context, n note) (chat.Message, error) {
	page, err := findPage(ctx, s.DB, n.from.page)
	if err != nil {
		return chat.Message{}, err
	}
	by, err := s.meet(ctx, n.from, page.Department, func() string {
		if n.name != "" {
			return n.name
		}
		return s.profile(ctx, s.token(page), n.from)
	})
	if err != nil {
		return chat.Message{}, err
	}
	m, err := s.say(ctx, by, n)
	if f, ok := fault.Of(err); ok {
		s.Log.Warn("a message from Messenger was refused", "page", n.from.page, "code", f.Code)
	}
	if fault.Has(err, "no-agent-online") || fault.Has(err, "error-omnichannel-is-disabled") {
		if failed := s.apologize(ctx, n.from, page); failed != nil {
			return m, failed
		}
	}
	return m, err
}

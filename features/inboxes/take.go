package inboxes

import (
	"context"
	"math"
	"slices"
	"time"

	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/mailbox"
)

const (
	mostMail   = 25 << 20 // bytes of a mail that are read
	atOnce     = 200      // mails whose time the server is asked for in one go
	codeNobody = "no-agent-online"
)

// left is a mail that stays in the mailbox, and when it is read again.
type left struct {
	why   string // it is no chat yet; empty: it came before the inbox was made
	tries int
	again clock.Instant
}

// later is a mail that could be no chat once more: 30 s, doubling.
func (l left) later(why string, now clock.Instant) left {
	return left{why: why, tries: l.tries + 1, again: now.Add(min(longPause, pollEvery<<min(l.tries, 20)))}
}

// rests reports whether a mail is not to be read now. One that waits for somebody to come
// is read as soon as nobody is known to be missing: the oldest one in each round.
func (w *watch) rests(uid uint32, now clock.Instant, nobody bool) bool {
	l := w.left[uid]
	return l.again > now && (nobody || l.why != codeNobody)
}

// keep forgets mails that are not unseen any more.
func (w *watch) keep(unseen []uint32) {
	kept := make(map[uint32]left, len(w.left))
	for _, uid := range unseen {
		if l, ok := w.left[uid]; ok {
			kept[uid] = l
		}
	}
	w.left = kept
}

// held counts the mails that wait to become chats, and says why the newest one does.
func (w *watch) held() (n int64, why string) {
	newest := uint32(0)
	for uid, l := range w.left {
		if l.why == "" {
			continue
		}
		n++
		if uid >= newest {
			newest, why = uid, l.why
		}
	}
	return n, why
}

// takeAll takes in every unseen mail that came since the inbox was made.
func (s *Service) takeAll(ctx context.Context, w *watch, box *mailbox.Box) error {
	since := clock.Of(w.inbox.CreatedAt.Time().Truncate(time.Second)) // servers know no finer
	unseen, err := box.Unseen(since)
	if err != nil {
		return err
	}
	w.keep(unseen)
	now, nobody := s.Clock.Now(), false
	rests := func(uid uint32) bool { return w.rests(uid, now, nobody) }
	for some := range slices.Chunk(slices.DeleteFunc(unseen, rests), atOnce) {
		came, err := box.Came(some)
		if err != nil {
			return err
		}
		for _, uid := range some {
			at, there := came[uid]
			if !there || rests(uid) {
				continue
			}
			if at < since {
				w.left[uid] = left{again: math.MaxInt64}
				continue
			}
			if err := s.take(ctx, w, box, uid); err != nil {
				return err
			}
			nobody = nobody || w.left[uid].why == codeNobody
		}
	}
	return nil
}

// take takes in one mail, or notes that it is left.
func (s *Service) take(ctx context.Context, w *watch, box *mailbox.Box, uid uint32) error {
	raw, err := box.Read(uid, mostMail+1) // however large the server believes it to be
	if err != nil {
		return err
	}
	taken, why, err := s.receive(ctx, w.inbox, raw[:min(len(raw), mostMail)], len(raw) > mostMail)
	if err != nil {
		return err
	}
	if !taken {
		w.left[uid] = w.left[uid].later(why, s.Clock.Now())
		return nil
	}
	delete(w.left, uid)
	return box.See(uid)
}

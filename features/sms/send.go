package sms

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"time"
	"unicode"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/jobs"
	"github.com/foyerchat/foyer/platform/outbound"
)

// state is what became of a message.
type state string

const (
	waits   state = "waiting"
	sent    state = "sent"
	failed  state = "failed"
	nothing state = "nothing to send"
)

// How often a text is tried, and how long the pause is after the first time.
const (
	sendAttempts = 3
	sendPause    = 10 * time.Second
	mostTogether = 20
)

// queue keeps an agent's message to be sent, if it is one of a room with texts.
func (s *Service) queue(ctx context.Context, m chat.Message) error {
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		new, err := insertOutgoing(ctx, tx, m)
		if err != nil || !new {
			return err
		}
		return s.plan(ctx, tx, m.RID, 0)
	})
}

func (s *Service) plan(ctx context.Context, tx *db.Tx, rid chat.RoomID, due clock.Instant) error {
	return tx.Enqueue(ctx, db.Job{Kind: jobSend, Key: string(rid), DueAt: due})
}

// send sends what waits in a room, in order, as far as it is due.
func (s *Service) send(ctx context.Context, run jobs.Run) error {
	for {
		if more, err := s.sendNext(ctx, chat.RoomID(run.Key)); err != nil || !more {
			return err
		}
	}
}

// sendNext makes one request, or settles what needs none; false: nothing more is due.
func (s *Service) sendNext(ctx context.Context, rid chat.RoomID) (more bool, err error) {
	all, err := waiting(ctx, s.DB, rid, mostTogether)
	if err != nil || len(all) == 0 {
		return false, err
	}
	if due := all[0].dueAt; due > s.Clock.Now() {
		return false, s.DB.InTx(ctx, func(tx *db.Tx) error { return s.plan(ctx, tx, rid, due) })
	}
	set := s.Settings.Current()
	p := providers[set.SMSService]
	switch {
	case !set.SMSEnabled:
		return true, s.settle(ctx, rid, all, failed, s.words().off)
	case p == nil:
		return true, s.settle(ctx, rid, all, failed, s.words().unset)
	}
	ready, err := s.prepare(ctx, rid, set, p, all)
	if err != nil || len(ready) == 0 {
		return true, err
	}
	r, taken := p.request(s, set, ready)
	if taken == 0 {
		return true, s.settle(ctx, rid, ready, failed, s.words().unset)
	}
	a, err := s.Outbound.Do(ctx, r)
	if err != nil {
		s.Log.Warn("a text message was not handed over", "room", rid, "error", err)
	}
	return s.sent(ctx, rid, p, ready[:taken], a, err)
}

// prepare leaves out what does not leave, and links the files of what does.
func (s *Service) prepare(ctx context.Context, rid chat.RoomID, set *chat.Settings, p *provider, all []outgoing) (ready []outgoing, err error) {
	for _, o := range all {
		refusal := ""
		if o.fileID != "" {
			if o.file, refusal, err = s.link(ctx, set, p, o.fileID); err != nil {
				return nil, err
			}
		}
		switch {
		case o.gone || o.to == "" || o.body == "" && o.file == "" && refusal == "":
			err = s.settle(ctx, rid, []outgoing{o}, nothing, "")
		case o.body == "" && o.file == "":
			err = s.settle(ctx, rid, []outgoing{o}, failed, refusal)
		case refusal != "": // the words go without it
			err = s.DB.InTx(ctx, func(tx *db.Tx) error { return s.warn(ctx, tx, rid, o.id, o.fileName, refusal) })
			ready = append(ready, o)
		default:
			ready = append(ready, o)
		}
		if err != nil {
			return nil, err
		}
	}
	return ready, nil
}

// mostFile is how large a file is that leaves.
const mostFile = 5 << 20

// link is the address of a file for the provider, or why it does not leave.
func (s *Service) link(ctx context.Context, set *chat.Settings, p *provider, id chat.FileID) (address, refusal string, err error) {
	f, err := findFile(ctx, s.DB, id)
	if err != nil {
		return "", "", err
	}
	rules, w := p.files(set), s.words()
	switch {
	case f.size == 0: // removed meanwhile
		return "", "", nil
	case rules.never:
		return "", w.never, nil
	case !rules.on:
		return "", w.filesOff, nil
	case f.size > mostFile:
		return "", w.tooLarge, nil
	case !listed(rules.types, f.kind):
		return "", w.wrongType, nil
	case set.FilesProtected && !set.FileLinksSigned:
		return "", w.unsigned, nil
	}
	path, err := s.Files.Link(ctx, id)
	if err != nil || path == "" {
		return "", "", err
	}
	return s.site() + path, "", nil
}

// listed reports whether a media type is on a list such as "image/*,application/pdf"; on
// an empty one all are.
func listed(list, kind string) bool {
	if strings.Trim(list, ", ") == "" {
		return true
	}
	for entry := range strings.SplitSeq(strings.ToLower(list), ",") {
		entry = strings.TrimSpace(entry)
		group, all := strings.CutSuffix(entry, "/*")
		if entry == kind || all && strings.HasPrefix(kind, group+"/") {
			return true
		}
	}
	return false
}

// sent settles what was handed over, or plans another attempt.
func (s *Service) sent(ctx context.Context, rid chat.RoomID, p *provider, all []outgoing, a outbound.Response, err error) (more bool, _ error) {
	code, w := outbound.CodeOf(err), s.words()
	again, reason := false, ""
	switch code {
	case "":
		reason = p.failed(a)
		again = reason != "" && (a.Status/100 == 5 || a.Status == 429)
	case outbound.Cancelled:
		return false, err
	case outbound.NotReached, outbound.NotResolved:
		again, reason = true, w.unreachable
	case outbound.TimedOut, outbound.Failed: // trying again might send it twice
		reason = w.unsure
	default:
		reason = string(code)
	}
	switch {
	case reason == "":
		return true, s.settle(ctx, rid, all, sent, "")
	case again && all[0].attempts+1 < sendAttempts:
		due := s.Clock.Now().Add(sendPause * time.Duration(all[0].attempts+1))
		return false, s.DB.InTx(ctx, func(tx *db.Tx) error {
			if err := postpone(ctx, tx, all, due); err != nil {
				return err
			}
			return s.plan(ctx, tx, rid, due)
		})
	}
	return true, s.settle(ctx, rid, all, failed, reason)
}

// settle notes what became of messages, and tells the agents of a failure.
func (s *Service) settle(ctx context.Context, rid chat.RoomID, all []outgoing, now state, reason string) error {
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		for _, o := range all {
			if err := setState(ctx, tx, o.id, now); err != nil {
				return err
			}
			if reason == "" {
				continue
			}
			if err := s.warn(ctx, tx, rid, o.id, cmp.Or(o.body, o.fileName), reason); err != nil {
				return err
			}
		}
		return nil
	})
}

// How much of a message and of a reason a notice shows.
const (
	shownWords  = 60
	shownReason = 300
)

func (s *Service) warn(ctx context.Context, tx *db.Tx, rid chat.RoomID, m chat.MessageID, what, reason string) error {
	return s.Rooms.Warn(ctx, tx, chat.Notice{RID: rid, ID: derivedID(reason, string(m)),
		Text: fmt.Sprintf(s.words().notSent, shorten(what, shownWords), shorten(reason, shownReason))})
}

// shorten is the beginning of a text on one line.
func shorten(s string, most int) string {
	s = strings.Join(strings.FieldsFunc(clean(s), func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

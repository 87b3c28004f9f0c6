package messenger

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/jobs"
	"github.com/foyerchat/foyer/platform/outbound"
)

// kind is what is sent: what an agent said, or what a page says by itself.
type kind string

const (
	said     kind = "message"
	greeting kind = "welcome"
	farewell kind = "finished"
	apology  kind = "offline"
)

// says is what a page says by itself.
func (p Page) says(k kind) string {
	return map[kind]string{greeting: p.Welcome, farewell: p.Finished, apology: p.Offline}[k]
}

// state is what became of a message.
type state string

const (
	waits   state = "waiting"
	sent    state = "sent"
	failed  state = "failed"
	nothing state = "nothing to send"
)

// outgoing is something to be said to a person.
type outgoing struct {
	id       string
	kind     kind
	room     chat.RoomID // empty: no chat was opened
	seq      int64
	parts    int64 // of it that were sent
	attempts int64
	dueAt    clock.Instant
	wroteAt  clock.Instant // when the person wrote last
	text     string
	fileID   chat.FileID
	fileName string
}

// How often a part is tried, how long the pause is after the first time, and how often a
// person is told that nobody is there.
const (
	sendAttempts = 3
	sendPause    = 10 * time.Second
	apologyPause = time.Hour
)

// queue keeps something said in a room to be sent, if it is a room with somebody in Messenger.
func (s *Service) queue(ctx context.Context, o outgoing) error {
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		p, err := insertOutgoing(ctx, tx, o)
		if err != nil || p == (person{}) {
			return err
		}
		return s.plan(ctx, tx, p, 0)
	})
}

// apologize has a page say that nobody is there.
func (s *Service) apologize(ctx context.Context, p person, page Page) error {
	if page.Offline == "" {
		return nil
	}
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		new, err := insertApology(ctx, tx, p, derivedID("offline", p.key(), tx.Now().String()), tx.Now().Add(-apologyPause))
		if err != nil || !new {
			return err
		}
		return s.plan(ctx, tx, p, 0)
	})
}

func (s *Service) plan(ctx context.Context, tx *db.Tx, p person, due clock.Instant) error {
	return tx.Enqueue(ctx, db.Job{Kind: jobSend, Key: p.key(), DueAt: due})
}

// send sends what waits for a person, in order, as far as it is due.
func (s *Service) send(ctx context.Context, run jobs.Run) error {
	for {
		if more, err := s.sendNext(ctx, personOf(run.Key)); err != nil || !more {
			return err
		}
	}
}

// sendNext makes one request, or settles what needs none; false: nothing more is due.
func (s *Service) sendNext(ctx context.Context, p person) (more bool, err error) {
	o, err := nextOutgoing(ctx, s.DB, p)
	if errors.Is(err, db.ErrNoRows) {
		return false, nil
	} else if err != nil {
		return false, err
	}
	if o.dueAt > s.Clock.Now() {
		return false, s.DB.InTx(ctx, func(tx *db.Tx) error { return s.plan(ctx, tx, p, o.dueAt) })
	}
	set := s.Settings.Current()
	page, err := findPage(ctx, s.DB, p.page)
	if err != nil {
		return false, err
	}
	if o.kind != said {
		o.text = page.says(o.kind)
	}
	token := s.token(page)
	switch {
	case !set.FacebookEnabled:
		return true, s.settle(ctx, o, failed, s.words().off)
	case token == "":
		return true, s.settle(ctx, o, failed, s.words().noToken)
	}
	return s.sendPart(ctx, p, o, token)
}

// windowed is how long after a person's last message he is answered without a tag.
const windowed = 24 * time.Hour

// sendPart sends the next part of something.
func (s *Service) sendPart(ctx context.Context, p person, o outgoing, token string) (more bool, err error) {
	late := s.Clock.Now().Sub(o.wroteAt) > windowed
	parts, err := s.partsOf(ctx, o)
	if err != nil {
		return false, err
	}
	if int(o.parts) >= len(parts) || late && o.kind != said { // what no human says has no tag
		return true, s.settle(ctx, o, nothing, "")
	}
	part := parts[o.parts]
	a, err := s.post(ctx, p, token, part, late)
	if err == nil && !late && o.kind == said && outside(a) {
		a, err = s.post(ctx, p, token, part, true)
	}
	if err != nil {
		s.Log.Warn("a message was not handed to Messenger", "room", o.room, "error", err)
	}
	return s.answered(ctx, p, o, len(parts), token, a, err)
}

// message is what a person gets.
type message struct {
	Text       string `json:"text,omitempty"`
	Attachment *link  `json:"attachment,omitempty"`
}

type link struct {
	Type    string `json:"type"`
	Payload struct {
		URL      string `json:"url"`
		Reusable bool   `json:"is_reusable"`
	} `json:"payload"`
}

// post hands a part over; late ones as the answer of a human (webhooks.md 6.2).
func (s *Service) post(ctx context.Context, p person, token string, m message, late bool) (outbound.Response, error) {
	body := map[string]any{"recipient": map[string]string{"id": p.id}, "messaging_type": "RESPONSE", "message": m}
	if late {
		body["messaging_type"], body["tag"] = "MESSAGE_TAG", "HUMAN_AGENT"
	}
	return s.graph(ctx, token, "POST", "/"+url.PathEscape(p.page)+"/messages", url.Values{}, body)
}

// longest is how many characters of a text go at once.
const longest = 2000

// partsOf are the parts something is sent in: its file, then its words.
func (s *Service) partsOf(ctx context.Context, o outgoing) (all []message, err error) {
	if o.fileID != "" {
		l, refusal, err := s.link(ctx, o.fileID)
		if err != nil {
			return nil, err
		}
		if refusal != "" {
			err = s.DB.InTx(ctx, func(tx *db.Tx) error { return s.warn(ctx, tx, o, o.fileName, refusal) })
		}
		if err != nil {
			return nil, err
		}
		if l != nil {
			all = append(all, message{Attachment: l})
		}
	}
	if strings.TrimSpace(o.text) != "" {
		for _, text := range split(o.text, longest) {
			all = append(all, message{Text: text})
		}
	}
	return all, nil
}

// mostFile is how large a file is that leaves.
const mostFile = 25 << 20

// link is a file for Facebook, or why it does not leave; neither: it was removed.
func (s *Service) link(ctx context.Context, id chat.FileID) (l *link, refusal string, err error) {
	f, err := findFile(ctx, s.DB, id)
	set := s.Settings.Current()
	switch {
	case err != nil || f.size == 0:
		return nil, "", err
	case f.size > mostFile:
		return nil, s.words().tooLarge, nil
	case set.FilesProtected && !set.FileLinksSigned:
		return nil, s.words().unsigned, nil
	}
	path, err := s.Files.Link(ctx, id)
	if err != nil || path == "" {
		return nil, "", err
	}
	l = &link{Type: "file"}
	if group, _, _ := strings.Cut(f.kind, "/"); files[group] {
		l.Type = group
	}
	l.Payload.URL = s.site() + path
	return l, "", nil
}

// answered notes that a part was taken, plans another attempt, or gives up.
func (s *Service) answered(ctx context.Context, p person, o outgoing, of int, token string, a outbound.Response, err error) (more bool, _ error) {
	why, later := "", false
	switch code := outbound.CodeOf(err); code {
	case "":
		why, later = reason(a, token), again(a)
	case outbound.Cancelled:
		return false, err
	default:
		if why = string(code); unreached(code) {
			why, later = s.words().unreachable, true
		}
	}
	switch {
	case why == "" && int(o.parts)+1 < of:
		return true, s.DB.InTx(ctx, func(tx *db.Tx) error { return setParts(ctx, tx, o.id, o.parts+1) })
	case why == "":
		return true, s.settle(ctx, o, sent, "")
	case later && o.attempts+1 < sendAttempts:
		due := s.Clock.Now().Add(sendPause * time.Duration(o.attempts+1))
		return false, s.DB.InTx(ctx, func(tx *db.Tx) error {
			if err := postpone(ctx, tx, o.id, due); err != nil {
				return err
			}
			return s.plan(ctx, tx, p, due)
		})
	}
	return true, s.settle(ctx, o, failed, why)
}

// settle notes what became of something, and tells the agents of a failure.
func (s *Service) settle(ctx context.Context, o outgoing, now state, reason string) error {
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		if err := setState(ctx, tx, o.id, now); err != nil || reason == "" {
			return err
		}
		return s.warn(ctx, tx, o, cmp.Or(o.text, o.fileName), reason)
	})
}

// How much of a message and of a reason a notice shows.
const (
	shownWords  = 60
	shownReason = 300
)

// warn tells a room's agents what did not leave; where there is no room, nobody.
func (s *Service) warn(ctx context.Context, tx *db.Tx, o outgoing, what, reason string) error {
	if o.room == "" {
		s.Log.Warn("a page's message did not leave", "kind", o.kind, "reason", reason)
		return nil
	}
	return s.Rooms.Warn(ctx, tx, chat.Notice{RID: o.room, ID: chat.MessageID(derivedID(reason, o.id)),
		Text: fmt.Sprintf(s.words().notSent, shorten(what, shownWords), reason)})
}

// shorten is the beginning of a text on one line.
func shorten(s string, most int) string {
	s = line(s)
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

package messenger

import (
	"context"
	"errors"
	"net/url"
	"path"
	"strconv"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/outbound"
)

// How long all files of a message may take, and how large one is.
const (
	mediaWithin = 30 * time.Second
	mostBytes   = 25 << 20
)

// part is one message of a chat: words, or a file.
type part struct {
	chat.Sharing
	file string // where it is
}

// parts are a note as messages of a chat; words that are too long for one are several.
func (n note) parts(longest int) (all []part) {
	var texts []string
	if n.Text != "" || len(n.Media) == 0 {
		texts = split(n.Text, longest)
	}
	for _, text := range texts {
		all = append(all, part{Sharing: chat.Sharing{Msg: text}})
	}
	for i, file := range n.Media {
		if i == 0 && len(all) > 0 { // the first file has the words
			all[len(all)-1].file = file
			continue
		}
		all = append(all, part{file: file})
	}
	for i := range all {
		switch {
		case i == 0 && n.own != "":
			all[i].ID = n.own
		case n.id != "":
			all[i].ID = chat.MessageID(derivedID(n.id, strconv.Itoa(i)))
		}
	}
	return all
}

// say writes what of a note is not written yet, and returns its first message.
func (s *Service) say(ctx context.Context, by chat.Actor, n note) (first chat.Message, err error) {
	within, cancel := context.WithTimeout(ctx, mediaWithin)
	defer cancel()
	set := s.Settings.Current()
	for i, p := range n.parts(min(set.VisitorMessageLimit(), set.AgentMessageLimit())) {
		m, said, err := findSaid(ctx, s.DB, p.ID, by.Visitor)
		if err == nil && !said {
			m, err = s.deliver(ctx, within, by, n, p)
		}
		if err != nil {
			return first, err
		}
		if i == 0 {
			first = m
		}
	}
	return first, nil
}

// deliver writes a part with its file, or without one that is not to be had.
func (s *Service) deliver(ctx, within context.Context, by chat.Actor, n note, p part) (m chat.Message, err error) {
	var content []byte
	if p.file != "" {
		if content, err = s.fetch(within, p.file); err != nil {
			s.Log.Warn("a file from Messenger cannot be fetched", "error", err)
		}
		if n.later && (errors.Is(err, errBusy) || unreached(outbound.CodeOf(err))) {
			return m, err
		}
	}
	return s.write(ctx, by, n, p, content)
}

// closings bounds how often a chat may close at the moment something comes in.
const closings = 5

// closed is the code of a refusal: the chat has ended.
const closed = "room-closed"

// write says a part in the open conversation of whoever wrote it, in a new one when that
// closes at this moment.
func (s *Service) write(ctx context.Context, by chat.Actor, n note, p part, content []byte) (m chat.Message, err error) {
	for range closings {
		var r chat.Room
		if r, err = s.Rooms.OpenOn(ctx, by.Visitor, chat.Source{Type: chat.SourceApp, Alias: chat.AliasFacebook, Destination: n.from.page}); err != nil {
			return m, err
		}
		p.RID = r.ID
		if m, err = s.put(ctx, by, p, content); !fault.Has(err, closed) {
			return m, err
		}
	}
	return m, err
}

// put says a part: with its file, or with the word that it could not be had.
func (s *Service) put(ctx context.Context, by chat.Actor, p part, content []byte) (chat.Message, error) {
	if content != nil {
		m, err := s.Files.Arrive(ctx, by, chat.Arrived{Sharing: p.Sharing, Name: fileName(p.file), Content: content})
		if _, refused := fault.Of(err); !refused || fault.Has(err, closed) {
			return m, err
		}
		s.Log.Warn("a file from Messenger was not taken over", "room", p.RID, "error", err)
	}
	if p.file != "" {
		p.Attachments = []chat.Attachment{{TS: s.Clock.Now(), Text: s.words().noFile, Color: "yellow"}}
	}
	return s.Rooms.Share(ctx, by, p.Sharing)
}

var (
	errNothingThere = errors.New("the answer is no file")
	errBusy         = errors.New("there is no answer now")
)

// fetch reads a file where Facebook keeps it: no redirect, no address of this network,
// nothing empty or huge.
func (s *Service) fetch(ctx context.Context, address string) ([]byte, error) {
	a, err := s.Outbound.Do(ctx, outbound.Request{URL: address, MaxBody: min(mostBytes, s.Settings.Current().FileSizeLimit()), Timeout: mediaWithin})
	switch {
	case err != nil:
		return nil, err
	case a.Status/100 == 5 || a.Status == 429:
		return nil, errBusy
	case a.Status != 200 || len(a.Body) == 0:
		return nil, errNothingThere
	}
	return a.Body, nil
}

// fileName is what a file is called: as at Facebook.
func fileName(address string) string {
	if u, err := url.Parse(address); err == nil {
		if base := path.Base(u.Path); base != "." && base != "/" {
			return base
		}
	}
	return "file"
}

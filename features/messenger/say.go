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
			m, err = s.write(ctx, by, n, p, s.bring(within, p))
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

// bring is the file of a part; nil: there is none to be had.
func (s *Service) bring(within context.Context, p part) []byte {
	if p.file == "" {
		return nil
	}
	content, err := s.fetch(within, p.file)
	if err != nil {
		s.Log.Warn("a file from Messenger cannot be fetched", "error", err)
		return nil
	}
	return content
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

var errNothingThere = errors.New("the answer is no file")

// fetch reads a file where Facebook keeps it: no redirect, no address of this network,
// nothing empty or huge.
func (s *Service) fetch(ctx context.Context, address string) ([]byte, error) {
	a, err := s.Outbound.Do(ctx, outbound.Request{URL: address, MaxBody: min(mostBytes, s.Settings.Current().FileSizeLimit()), Timeout: mediaWithin})
	if err == nil && (a.Status != 200 || len(a.Body) == 0) {
		err = errNothingThere
	}
	return a.Body, err
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

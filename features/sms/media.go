package sms

import (
	"context"
	"errors"
	"net/url"
	"path"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/outbound"
)

// How long all files of a text may take, while the provider waits, and how large one is.
const (
	mediaWithin = 12 * time.Second
	mostBytes   = 16 << 20
)

// part is one message of a text: its words and place with the first file, or another file.
type part struct {
	chat.Sharing
	file *media
}

func (t text) parts(rid chat.RoomID) []part {
	all := []part{{Sharing: chat.Sharing{RID: rid, ID: t.messageID(0), Msg: *t.Body, Location: t.Place}}}
	for i, m := range t.Media {
		if i > 0 {
			all = append(all, part{Sharing: chat.Sharing{RID: rid, ID: t.messageID(i)}})
		}
		all[i].file = &m
	}
	return all
}

// say writes a text; its files are fetched while the provider waits.
func (s *Service) say(ctx context.Context, by chat.Actor, rid chat.RoomID, t text) error {
	within, cancel := context.WithTimeout(ctx, mediaWithin)
	defer cancel()
	for _, p := range t.parts(rid) {
		var err error
		if p.file != nil {
			p.Attachments, err = s.bring(within, by, p)
		}
		if err == nil && (p.file == nil || p.Attachments != nil) {
			_, err = s.Rooms.Share(ctx, by, p.Sharing)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// bring writes the message with a file; where there is none to be had it writes nothing
// and returns what says so.
func (s *Service) bring(within context.Context, by chat.Actor, p part) ([]chat.Attachment, error) {
	content, err := s.fetch(within, p.file.URL)
	if err == nil {
		_, err = s.Files.Arrive(context.WithoutCancel(within), by, chat.Arrived{Sharing: p.Sharing, Name: fileName(*p.file), Content: content})
		if _, refused := fault.Of(err); !refused {
			return nil, err
		}
	}
	s.Log.Warn("a file of a text message was not taken over", "room", p.RID, "error", err)
	return []chat.Attachment{{TS: s.Clock.Now(), Text: s.words().noFile, Color: "yellow"}}, nil
}

var errNothing = errors.New("the answer is no file")

// fetch reads a file where a provider keeps it: no redirect, no address of this network,
// nothing empty or huge.
func (s *Service) fetch(ctx context.Context, address string) ([]byte, error) {
	a, err := s.Outbound.Do(ctx, outbound.Request{URL: address, MaxBody: min(mostBytes, s.Settings.Current().FileSizeLimit()), Timeout: mediaWithin})
	if err == nil && (a.Status != 200 || len(a.Body) == 0) {
		err = errNothing
	}
	return a.Body, err
}

// endings are those of types whose content says less than the provider does.
var endings = map[string]string{"application/pdf": ".pdf", "text/vcard": ".vcf", "text/x-vcard": ".vcf", "text/plain": ".txt", "text/csv": ".csv"}

// fileName is what a file is called: as at the provider.
func fileName(m media) string {
	name := "file"
	if u, err := url.Parse(m.URL); err == nil {
		if base := path.Base(u.Path); base != "." && base != "/" {
			name = base
		}
	}
	if path.Ext(name) == "" {
		name += endings[m.Type]
	}
	return name
}

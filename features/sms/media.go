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

func (t text) parts() []part {
	all := []part{{Sharing: chat.Sharing{ID: t.messageID(0), Msg: *t.Body, Location: t.Place}}}
	for i, m := range t.Media {
		if i > 0 {
			all = append(all, part{Sharing: chat.Sharing{ID: t.messageID(i)}})
		}
		all[i].file = &m
	}
	return all
}

// say writes what of a text is not written yet; its files are fetched while the provider waits.
func (s *Service) say(ctx context.Context, by chat.Actor, t text) error {
	within, cancel := context.WithTimeout(ctx, mediaWithin)
	defer cancel()
	for _, p := range t.parts() {
		if said, err := isSaid(ctx, s.DB, p.ID); err != nil {
			return err
		} else if said {
			continue
		}
		if err := s.write(ctx, by, t, p, s.bring(within, t, p)); err != nil {
			return err
		}
	}
	return nil
}

// bring is the file of a part; nil: there is none to be had. A text without any proof of
// who sent it has nothing fetched.
func (s *Service) bring(within context.Context, t text, p part) []byte {
	if p.file == nil || !t.proven {
		return nil
	}
	content, err := s.fetch(within, p.file.URL)
	if err != nil {
		s.Log.Warn("a file of a text message cannot be fetched", "error", err)
		return nil
	}
	return content
}

// closings bounds how often a chat may close at the moment a text comes in.
const closings = 5

// write says a part in the open conversation of whoever sent it, in a new one when that
// closes at this moment.
func (s *Service) write(ctx context.Context, by chat.Actor, t text, p part, content []byte) (err error) {
	for range closings {
		var r chat.Room
		if r, err = s.Rooms.OpenOn(ctx, by.Visitor, chat.Source{Type: chat.SourceSMS, Alias: t.service, Destination: t.To}); err != nil {
			return err
		}
		p.RID = r.ID
		if err = s.put(ctx, by, p, content); !fault.Has(err, closed) {
			return err
		}
	}
	return err
}

// closed is the code of a refusal: the chat has ended.
const closed = "room-closed"

// put says a part: with its file, or with the word that it could not be had.
func (s *Service) put(ctx context.Context, by chat.Actor, p part, content []byte) error {
	if content != nil {
		_, err := s.Files.Arrive(ctx, by, chat.Arrived{Sharing: p.Sharing, Name: fileName(*p.file), Content: content})
		if _, refused := fault.Of(err); !refused || fault.Has(err, closed) {
			return err
		}
		s.Log.Warn("a file of a text message was not taken over", "room", p.RID, "error", err)
	}
	if p.file != nil {
		p.Attachments = []chat.Attachment{{TS: s.Clock.Now(), Text: s.words().noFile, Color: "yellow"}}
	}
	_, err := s.Rooms.Share(ctx, by, p.Sharing)
	return err
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

package inboxes

import (
	"cmp"
	"context"
	"strconv"
	"strings"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/id"
	"github.com/foyerchat/foyer/platform/mail"
	"github.com/foyerchat/foyer/platform/mailbox"
)

// receive makes a mail part of a chat, once for good. Not taken: it cannot be now, for why,
// and stays in the mailbox.
func (s *Service) receive(ctx context.Context, i Inbox, raw []byte, cut bool) (taken bool, why string, err error) {
	l := mailbox.Parse(raw)
	if l.ID == "" || l.From.Address == "" {
		s.Log.Info("mail dropped: it names no sender or has no id", "inbox", i.ID)
		return true, "", nil
	}
	if done, err := isHandled(ctx, s.DB, l.ID); err != nil || done {
		return true, "", err
	}
	unwanted, err := s.unwanted(ctx, l)
	if err != nil {
		return false, "", err
	}
	if unwanted {
		s.Log.Info("mail dropped: it is automatic or our own", "inbox", i.ID)
	} else if err := s.deliver(ctx, i, l, cut || l.Cut); err != nil {
		f, told := fault.Of(err)
		if !told {
			return false, "", err
		}
		if !forGood(f) {
			return false, cmp.Or(f.Code, f.Message), nil
		}
		s.Log.Warn("mail refused", "inbox", i.ID, "code", f.Code)
	}
	return true, "", s.DB.InTx(ctx, func(tx *db.Tx) error { return setHandled(ctx, tx, l.ID) })
}

// forGood reports whether a mail that was refused will always be.
func forGood(f *fault.Fault) bool {
	switch f.Code {
	case "error-contact-channel-blocked", "error-invalid-email", "error-unknown-contact", "error-unverified-contact":
		return true
	}
	return false
}

// unwanted are mails that nobody waits for an answer to: answering could go round in a circle.
func (s *Service) unwanted(ctx context.Context, l mailbox.Letter) (bool, error) {
	if l.Automatic {
		return true, nil
	}
	if own, err := mail.ParseAddress(s.Settings.Current().FromEmail); err == nil && strings.EqualFold(own.Address, l.From.Address) {
		return true, nil
	}
	return ownAddress(ctx, s.DB, l.From.Address)
}

// deliver says a mail in the room it belongs into, and its files after it. Whatever was
// done before when a process died in between is found done.
func (s *Service) deliver(ctx context.Context, i Inbox, l mailbox.Letter, cut bool) error {
	m := messageOf(i.ID, l.ID)
	v, err := s.correspondent(ctx, i, l)
	if err != nil {
		return err
	}
	thread := append(append([]string{}, l.References...), l.ID)
	rid, err := isSaid(ctx, s.DB, m)
	if err != nil {
		return err
	}
	for range 5 {
		if rid == "" {
			if rid, err = s.reach(ctx, i, v, l, thread); err != nil {
				return err
			}
		}
		_, err = s.Rooms.Share(ctx, actor(v), chat.Sharing{RID: rid, ID: m, Msg: s.fitting(l.Text), Email: &chat.MessageEmail{
			ID: l.ID, Inbox: i.ID, From: l.From.String(), ReplyTo: l.ReplyTo.Address, Subject: l.Subject, References: l.References}})
		if !fault.Has(err, "room-closed") {
			break
		}
		rid = "" // closed this moment
	}
	if err != nil {
		return err
	}
	return s.attach(ctx, v, rid, m, l, cut)
}

// messageOf is the id of the message that a mail becomes.
func messageOf(inbox chat.InboxID, mail string) chat.MessageID {
	return chat.MessageID("mail-" + id.Hash(string(inbox) + " " + mail)[:32])
}

func actor(v chat.Visitor) chat.Actor {
	return chat.Actor{Visitor: v.ID, Username: v.Username, Name: v.Name}
}

// correspondent is the visitor who writes from the sender's address.
func (s *Service) correspondent(ctx context.Context, i Inbox, l mailbox.Letter) (v chat.Visitor, err error) {
	local, _, _ := strings.Cut(l.From.Address, "@")
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		if _, err := tx.Next(ctx, "inbox-senders"); err != nil { // two inboxes wait for each other
			return err
		}
		site, err := siteOf(ctx, tx, i.Department)
		if err != nil {
			return err
		}
		c := chat.Correspondent{Address: l.From.Address, Name: cmp.Or(l.From.Name, local), Site: site, Department: i.Department}
		if c.Known, err = senderOf(ctx, tx, c.Address, site); err != nil {
			return err
		}
		if v, err = s.Guests.Correspond(ctx, tx, c); err != nil || c.Known != "" {
			return err
		}
		return setSender(ctx, tx, c.Address, site, v.ID)
	})
	return v, err
}

// reach finds or opens the room, and notes what mails belong into it.
func (s *Service) reach(ctx context.Context, i Inbox, v chat.Visitor, l mailbox.Letter, thread []string) (chat.RoomID, error) {
	shares, err := roomOfThread(ctx, s.DB, v.ID, i.Email, thread)
	if err != nil {
		return "", err
	}
	r, err := s.Rooms.Reach(ctx, chat.Reaching{Visitor: v.ID, Room: shares,
		Source: chat.Source{Type: chat.SourceEmail, ID: i.Email, Alias: "email-inbox", Label: i.Name},
		Email:  chat.RoomEmail{Inbox: i.Email, Thread: thread, ReplyTo: l.ReplyTo.Address, Subject: l.Subject}})
	if err != nil {
		return "", err
	}
	return r.ID, s.DB.InTx(ctx, func(tx *db.Tx) error { return joinThread(ctx, tx, r.ID, thread...) })
}

// fitting is a text no longer than a visitor's message may be.
func (s *Service) fitting(text string) string {
	words := []rune(text)
	if most := s.most(); len(words) > most {
		return string(words[:most-1]) + "…"
	}
	return text
}

func (s *Service) most() int {
	set := s.Settings.Current()
	return min(set.VisitorMessageLimit(), int(set.MessageMaxAllowedSize))
}

// attach takes the files of a mail into its room; agents are told of those that cannot be.
// A text that was cut is there as a whole as a file.
func (s *Service) attach(ctx context.Context, v chat.Visitor, rid chat.RoomID, m chat.MessageID, l mailbox.Letter, cut bool) error {
	all := l.Files
	if len([]rune(l.Text)) > s.most() {
		all = append([]mailbox.File{{Name: "message.txt", Content: []byte(l.Text)}}, all...)
	}
	for n, f := range all {
		of := chat.MessageID(string(m) + "-" + strconv.Itoa(n+1))
		if said, err := isSaid(ctx, s.DB, of); err != nil || said != "" {
			if err != nil {
				return err
			}
			continue
		}
		err := s.Files.Attach(ctx, actor(v), rid, of, f.Name, f.Content)
		if refused, told := fault.Of(err); told {
			err = s.Rooms.Notice(ctx, rid, of, chat.MessageEmail{Subject: f.Name, Error: cmp.Or(refused.Code, refused.Message), Quotes: m, Notice: chat.NoticeLeftOut})
		}
		if err != nil {
			return err
		}
	}
	if cut {
		if err := s.Rooms.Notice(ctx, rid, m+"-cut", chat.MessageEmail{Error: chat.MailCut, Quotes: m, Notice: chat.NoticeLeftOut}); err != nil {
			return err
		}
	}
	if l.Crowded {
		return s.Rooms.Notice(ctx, rid, m+"-crowded", chat.MessageEmail{Error: chat.MailCrowded, Quotes: m, Notice: chat.NoticeLeftOut})
	}
	return nil
}

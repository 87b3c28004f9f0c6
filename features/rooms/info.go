package rooms

import (
	"context"
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
)

// Info is what staff writes about a room and its visitor; nil is left alone, empty
// takes away (LC-CF-5).
type Info struct {
	RID      chat.RoomID
	Topic    *string
	Tags     *[]string
	Priority *string
	SLA      *string
	Data     map[string]string // values of custom fields

	Visitor chat.VisitorID
	Guest   chat.Correction
}

const maxTopic = 500

// errUnauthorized refuses in the short form that some endpoints have.
func errUnauthorized() error { return fault.Text(fault.Forbidden, "unauthorized") }

func (i Info) fit() error {
	if i.Topic != nil && utf8.RuneCountInString(*i.Topic) > maxTopic {
		return fault.New(fault.Invalid, "error-invalid-topic", "The topic is too long").At("roomData.topic")
	}
	if i.Tags != nil {
		return fitTags(*i.Tags, "roomData.tags")
	}
	return nil
}

// SaveInfo writes what is given and differs, all or nothing; saving a closed room is
// told also when nothing does (webhooks.md 1, LivechatEdit). Priority and SLA of a
// closed room stay as they are.
func (s *Service) SaveInfo(ctx context.Context, a chat.Actor, i Info) error {
	if err := i.fit(); err != nil {
		return err
	}
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		l, facts, err := s.openVisible(ctx, tx, a, i.RID)
		others := a.May(chat.SaveOthersLivechatRoomInfo)
		switch {
		case fault.Has(err, codeNoRoom) && !others: // nor is he told which rooms there are
			return errUnauthorized()
		case err != nil:
			return err
		case !facts.Member && facts.ServedBy != a.User && !others:
			return errUnauthorized()
		case l.room.V.ID != i.Visitor:
			return fault.New(fault.Invalid, "error-invalid-visitor", "Invalid visitor")
		}
		if !a.May(chat.EditLivechatRoomCustomfields) {
			i.Data, i.Guest.Data = nil, nil
		}
		if l.room.SMS != nil {
			i.Guest.Phone = nil // where answers go
		}
		corrected, err := s.Guests.Correct(ctx, tx, i.Visitor, i.Guest)
		if err != nil {
			return plainly(err)
		}
		changed, err := s.saveInfo(ctx, l, a, i)
		if err != nil || l.room.Open && !corrected && !changed {
			return err
		}
		return tx.Emit(ctx, chat.RoomDescribed{Room: l.room})
	})
}

func (s *Service) saveInfo(ctx context.Context, l *ledger, a chat.Actor, i Info) (changed bool, err error) {
	if i.Topic != nil && *i.Topic != l.room.Topic {
		l.room.Topic, changed = *i.Topic, true
	}
	if i.Tags != nil && !slices.Equal(usable(*i.Tags), l.room.Tags) {
		l.room.Tags, changed = usable(*i.Tags), true
	}
	filled, err := s.fill(ctx, l, chat.FieldWrites{New: chat.WritesOf(i.Data), Trusted: true})
	if err != nil {
		return false, plainly(err)
	}
	changed = changed || filled
	if l.room.Open {
		ranked, err := l.value(ctx, a, i)
		if err != nil {
			return false, err
		}
		if ranked {
			if err := s.rank(ctx, l); err != nil {
				return false, err
			}
		}
		changed = changed || ranked
	}
	if !changed {
		return false, nil
	}
	if err := l.changed(ctx); err != nil {
		return false, err
	}
	return true, l.save(ctx)
}

// value changes a held open room's priority and SLA as far as they are given.
func (l *ledger) value(ctx context.Context, a chat.Actor, i Info) (changed bool, err error) {
	if i.Priority != nil {
		if changed, err = l.prioritize(ctx, a, *i.Priority); err != nil {
			return false, err
		}
	}
	if i.SLA == nil {
		return changed, nil
	}
	promised, err := l.promise(ctx, a, *i.SLA)
	if errors.Is(err, db.ErrNoRows) {
		return false, fault.Text(fault.Invalid, "SLA not found with id: "+*i.SLA)
	}
	return changed || promised, err
}

// usable are the tags somebody gave: each once, blank ones dropped (tags-units 1.2).
func usable(tags []string) (out []string) {
	for _, t := range tags {
		if t = strings.TrimSpace(t); t != "" && !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	return out
}

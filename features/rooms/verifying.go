package rooms

import (
	"context"
	"errors"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
)

// await begins a new room that is in no queue until its channel is verified (lifecycle
// 15.2, RQ-Q-10). Who would be sent away is sent away at once.
func (s *Service) await(ctx context.Context, l *ledger, inquiry chat.Inquiry, offers []Offer) error {
	inquiry, err := s.held(ctx, l, inquiry)
	if err != nil {
		return err
	}
	if err := s.start(ctx, l, inquiry, offers); err != nil {
		return err
	}
	return s.planWaited(ctx, l.tx, l.room)
}

// held is the inquiry of a room that has to wait until its channel is verified.
func (s *Service) held(ctx context.Context, l *ledger, inquiry chat.Inquiry) (chat.Inquiry, error) {
	if err := s.Router.Refuses(ctx, l.tx, inquiry); err != nil {
		return inquiry, err
	}
	inquiry.Status, inquiry.QueuedAt = chat.StatusVerifying, 0
	return inquiry, l.locate(ctx)
}

// onVerified lets the open room of a channel go on that is verified now. A room of the
// same channel that begins to wait later has to wait for a proof of its own.
func (s *Service) onVerified(ctx context.Context, _ string, e chat.ChannelVerified) error {
	all, err := verifyingRooms(ctx, s.DB, e.Visitor)
	for _, rid := range all {
		if err == nil {
			err = s.goOn(ctx, rid, func(i chat.Inquiry) bool {
				return i.Source.Type == e.Source && i.Source.ID == e.SourceID && i.TS <= e.At
			})
		}
	}
	return err
}

// awaitNoMore lets the rooms go on that have to wait for no proof any more, after a
// setting changed.
func (s *Service) awaitNoMore(ctx context.Context) error {
	all, err := verifyingRooms(ctx, s.DB, "")
	for _, rid := range all {
		if err == nil {
			err = s.goOn(ctx, rid, nil)
		}
	}
	return err
}

// goOn begins again with a room that waited for a proof, as a new one begins. With nil
// nothing proves it, but it has to wait no more, if that is so. Where nobody is online
// by now it waits in its queue.
func (s *Service) goOn(ctx context.Context, rid chat.RoomID, proves func(chat.Inquiry) bool) error {
	r, err := findRoom(ctx, s.DB, rid)
	if errors.Is(err, db.ErrNoRows) {
		return nil
	} else if err != nil {
		return err
	}
	ctx = s.aheadOfOpening(ctx, Opening{Visitor: r.V.ID})
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		l, err := open(ctx, tx, rid)
		if err != nil || !l.room.Open || !l.room.Verifying {
			return err
		}
		inquiry, err := verifyingInquiry(ctx, tx, rid)
		if err != nil {
			return err
		}
		inquiry = inquiry.About(l.room)
		if proves != nil {
			l.room.Verified = proves(inquiry)
			l.room.Verifying = !l.room.Verified
		} else {
			l.room.Verifying, err = s.Contacts.Awaits(ctx, tx, l.room)
		}
		if err != nil || l.room.Verifying {
			return err
		}
		return s.enqueue(ctx, l, inquiry)
	})
	if errors.Is(err, db.ErrNoRows) {
		return nil
	}
	return err
}

// enqueue gives a held room that waits no more for a proof to routing.
func (s *Service) enqueue(ctx context.Context, l *ledger, inquiry chat.Inquiry) error {
	l.room.QueuedAt = l.now()
	if err := s.onlyIfReady(ctx, l, &inquiry); err != nil {
		return err
	}
	inquiry.Status, inquiry.QueuedAt, inquiry.UpdatedAt = chat.StatusQueued, l.room.QueuedAt, l.tx.Now()
	placed, pick, err := s.Router.Place(ctx, l.tx, inquiry)
	if _, refused := fault.Of(err); refused {
		placed, pick = inquiry, chat.Pick{}
	} else if err != nil {
		return err
	}
	if err := s.placed(ctx, l, placed); err != nil {
		return err
	}
	if err := s.Queue.Leave(ctx, l.tx, l.room.ID); err != nil {
		return err
	}
	if err := s.Queue.Enter(ctx, l.tx, placed); err != nil {
		return err
	}
	if err := l.changed(ctx); err != nil {
		return err
	}
	if err := s.deal(ctx, l, placed, pick); err != nil {
		return err
	}
	return l.save(ctx)
}

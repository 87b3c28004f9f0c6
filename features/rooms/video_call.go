package rooms

import (
	"context"
	"errors"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/fault"
)

// The states of a call that others act on; clients may set any other.
const (
	callRinging  = "ringing"
	callEnded    = "ended"
	callDeclined = "declined"
)

func over(status string) bool { return status == callEnded || status == callDeclined }

// Call begins a video call in an open room, or finds the one that goes on, and answers
// its status. Clients carry it over WebRTC among themselves; the room only tells of it.
func (s *Service) Call(ctx context.Context, a chat.Actor, rid chat.RoomID) (status string, err error) {
	if now := s.Settings.Current(); !now.WebRTC || now.CallProvider != chat.CallsWebRTC {
		return "", fault.Text(fault.Invalid, "invalid-webRTC-config")
	}
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		l, facts, err := s.openVisible(ctx, tx, a, rid)
		switch {
		case err != nil:
			return err
		case !l.room.Open:
			return errRoomClosed()
		case !chat.MayWrite(a, facts):
			return errNotAllowed()
		}
		last, err := orZero(lastCall(ctx, tx, rid))
		if err != nil || last.ID != "" && !over(last.CallStatus) {
			status = last.CallStatus
			return err
		}
		status = callRinging
		if _, err = l.say(ctx, chat.Message{T: chat.MessageCall, U: user(a.Ref()), MessageExtra: chat.MessageExtra{CallStatus: status}}); err != nil {
			return err
		}
		return l.save(ctx)
	})
	return status, err
}

// Calling is what somebody says of a call: its message's id and how it stands.
type Calling struct {
	RID    chat.RoomID
	ID     chat.MessageID
	Status string
}

// SetCall notes how a call stands, as a user says.
func (s *Service) SetCall(ctx context.Context, a chat.Actor, c Calling) error {
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		l, _, err := s.openVisible(ctx, tx, a, c.RID)
		if err != nil {
			return err
		}
		m, err := l.call(ctx, c.ID)
		if err != nil {
			return err
		}
		return l.setCall(ctx, m, c.Status)
	})
}

// TellCall notes how a call stands, as the room's visitor says; of a call that there is
// not nothing is noted.
func (s *Service) TellCall(ctx context.Context, a chat.Actor, c Calling) error {
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		l, err := open(ctx, tx, c.RID)
		if errors.Is(err, db.ErrNoRows) || err == nil && l.room.V.ID != a.Visitor {
			return errInvalidRoom()
		} else if err != nil {
			return err
		}
		m, err := l.call(ctx, c.ID)
		if fault.Has(err, codeNoCall) {
			return nil
		} else if err != nil {
			return err
		}
		return l.setCall(ctx, m, c.Status)
	})
}

const codeNoCall = "invalid-callId"

// call finds a call of this room.
func (l *ledger) call(ctx context.Context, id chat.MessageID) (chat.Message, error) {
	m, err := findMessage(ctx, l.tx, id, l.room.V.Token)
	if errors.Is(err, db.ErrNoRows) || err == nil && (m.RID != l.room.ID || m.T != chat.MessageCall) {
		return m, fault.Text(fault.Invalid, codeNoCall)
	}
	return m, err
}

func (l *ledger) setCall(ctx context.Context, m chat.Message, status string) error {
	if m.CallStatus == status {
		return nil
	}
	m.CallStatus, m.UpdatedAt = status, l.tx.Now()
	if over(status) {
		m.CallEnded = l.tx.Now()
	}
	if err := updateExtra(ctx, l.tx, m); err != nil {
		return err
	}
	if err := l.revised(ctx, m, false); err != nil {
		return err
	}
	return l.save(ctx)
}

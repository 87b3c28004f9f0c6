package webhooks

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
)

// notice is one thing to be told about a room.
type notice struct {
	kind Kind
	rid  chat.RoomID
	room *chat.Room // as it was then; nil: as it is stored

	visitor chat.VisitorID // of a message that was sent
	upTo    int64          // all messages up to this number belong to it; 0: only those below
	only    []Message
	extra   func(p *Payload, r chat.Room) // what this kind has and others have not

	offline *OfflinePayload // instead of all that: a message without a room
}

// noticesOf says what an event means for the receivers (webhooks.md 1.5).
func noticesOf(event any) []notice {
	switch e := event.(type) {
	case chat.RoomOpened:
		return one(notice{kind: Started, rid: e.Room.ID, room: &e.Room, extra: withDepartment})
	case chat.InquiryQueued:
		return one(notice{kind: Queued, rid: e.Inquiry.RID, upTo: e.Seq, extra: func(p *Payload, r chat.Room) {
			withDepartment(p, r)
			p.DepartmentID, p.Agent = e.Inquiry.Department, nil
		}})
	case chat.RoomTaken:
		return one(notice{kind: Taken, rid: e.Room.ID, room: &e.Room, upTo: e.Seq, extra: withAgent})
	case chat.RoomForwarded:
		return forwarded(e)
	case chat.RoomClosed:
		return one(notice{kind: Closed, rid: e.Room.ID, room: &e.Room, upTo: e.Seq, extra: withEnd})
	case chat.RoomDescribed:
		if e.Room.Open {
			return nil
		}
		return one(notice{kind: Edited, rid: e.Room.ID, room: &e.Room, upTo: e.Room.Seq})
	case chat.MessageSent:
		return said(e.Message, e.Head.Visitor)
	case chat.OfflineReceived:
		return one(notice{kind: Offline, offline: offlinePayload(e.Message), visitor: e.Visitor})
	case chat.MessageChanged:
		if e.Removed {
			return nil
		}
		return said(e.Message, "")
	}
	return nil
}

func one(n notice) []notice { return []notice{n} }

// said tells of a message; those that no person wrote are nobody's business, but page
// visits.
func said(m chat.Message, by chat.VisitorID) []notice {
	kind := AgentMessage
	switch {
	case m.Hidden, m.Automatic != nil, m.System() && m.T != chat.MessageNavigation:
		return nil
	case m.System():
		kind = Visited
	case m.ByVisitor():
		kind = VisitorMessage
	}
	return one(notice{kind: kind, rid: m.RID, visitor: by, only: []Message{told(m)}})
}

// forwarded tells where a room went; back to a queue is told by its waiting there.
func forwarded(e chat.RoomForwarded) []notice {
	n := notice{kind: Forwarded, rid: e.Room.ID, room: &e.Room, upTo: e.Seq}
	switch e.Scope {
	case scopeAgent, scopeAutoToAgent:
		n.extra = func(p *Payload, r chat.Room) { withAgent(p, r); p.OldServedBy = e.OldServedBy }
	case scopeDepartment:
		n.extra = func(p *Payload, r chat.Room) { withAgent(p, r); p.OldDepartmentID = e.OldDepartment }
	default:
		return nil
	}
	return one(n)
}

// The scopes of transfers that are forwards (lifecycle 1.9).
const (
	scopeAgent       = "agent"
	scopeAutoToAgent = "autoTransferUnansweredChatsToAgent"
	scopeDepartment  = "department"
)

func withDepartment(p *Payload, r chat.Room) { p.DepartmentID = r.DepartmentID }

func withAgent(p *Payload, r chat.Room) { p.DepartmentID, p.ServedBy = r.DepartmentID, r.ServedBy }

func withEnd(p *Payload, r chat.Room) {
	withAgent(p, r)
	p.ClosedAt, p.Closer = r.ClosedAt, r.Closer
	if r.ClosedBy != nil {
		p.ClosedBy = &Person{r.ClosedBy.ID, r.ClosedBy.Username}
	}
}

// compose makes a notice's payload; db.ErrNoRows when the room is gone.
func (s *Service) compose(ctx context.Context, tx *db.Tx, n notice) (Payload, error) {
	k, err := findRoom(ctx, tx, n.rid)
	if err != nil {
		return Payload{}, err
	}
	r := k.room
	if n.room != nil {
		r = *n.room
	}
	p := Payload{Type: types[n.kind], ID: r.ID, Label: r.FName, Topic: r.Topic, Code: r.Code, CreatedAt: r.TS, LastMessageAt: r.LM,
		Tags: r.Tags, CustomFields: r.LivechatData, CRMData: k.crm, Messages: []Message{}}
	if p.Visitor, err = findVisitor(ctx, tx, r.V.ID, s.Settings.Current().WebhookContactLists); err != nil {
		return p, err
	}
	if r.ServedBy != nil {
		a, err := findAgent(ctx, tx, *r.ServedBy)
		if err != nil {
			return p, err
		}
		p.Agent = &a
	}
	if p.Messages = append(p.Messages, n.only...); n.upTo > 0 {
		if p.Messages, err = findMessages(ctx, tx, n.rid, n.upTo, navigates(s.Settings.Current())); err != nil {
			return p, err
		}
	}
	if n.kind == Closed || n.kind == Edited {
		p.Survey = k.survey
	}
	if n.extra != nil {
		n.extra(&p, r)
	}
	return p, s.complement(ctx, p)
}

package webhooks

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/id"
	"github.com/foyerchat/foyer/platform/outbox"
)

// decoders read the events that are told of.
var decoders = map[string]func([]byte) (any, error){
	chat.RoomOpened{}.EventName():      decode[chat.RoomOpened],
	chat.InquiryQueued{}.EventName():   decode[chat.InquiryQueued],
	chat.RoomTaken{}.EventName():       decode[chat.RoomTaken],
	chat.RoomForwarded{}.EventName():   decode[chat.RoomForwarded],
	chat.RoomClosed{}.EventName():      decode[chat.RoomClosed],
	chat.RoomDescribed{}.EventName():   decode[chat.RoomDescribed],
	chat.MessageSent{}.EventName():     decode[chat.MessageSent],
	chat.MessageChanged{}.EventName():  decode[chat.MessageChanged],
	chat.OfflineReceived{}.EventName(): decode[chat.OfflineReceived],
}

func decode[E any](b []byte) (any, error) {
	var e E
	err := json.Unmarshal(b, &e)
	return e, err
}

// Consumers queue what is to be told. One of them hears everything about a room, so
// that its order is kept.
func (s *Service) Consumers() []outbox.Consumer {
	told := outbox.Consumer{Name: "webhooks", Handle: s.hear, Wants: s.concerns}
	for name := range decoders {
		told.Events = append(told.Events, name)
	}
	return []outbox.Consumer{told, outbox.On("webhooks.erased", func(ctx context.Context, _ string, e chat.VisitorErased) error {
		return s.DB.InTx(ctx, func(tx *db.Tx) error { return removeOfVisitor(ctx, tx, e.Visitor) })
	})}
}

// concerns reports whether an event may have to be told of. It is asked about every
// message, so it asks neither the database nor an expression.
func (s *Service) concerns(event any) bool {
	e, ok := event.(chat.MessageSent)
	if !ok || tells(e.Message.Msg) {
		return true
	}
	all, known := s.roll.known()
	return !known || slices.ContainsFunc(all, s.listens)
}

func (s *Service) hear(ctx context.Context, v outbox.Envelope) error {
	event := v.Event
	if event == nil {
		var err error
		if event, err = decoders[v.Name](v.Payload); err != nil {
			return fmt.Errorf("decode %s: %w", v.Name, err)
		}
	}
	notices := noticesOf(event)
	if len(notices) == 0 {
		return nil
	}
	found := s.lead(event)
	if !found.empty() {
		notices = append(notices, notice{kind: Captured, rid: notices[0].rid, visitor: notices[0].visitor})
	}
	wanting, err := s.wanting(ctx, notices)
	if err != nil || len(wanting) == 0 && found.empty() {
		return err
	}
	return s.queue(ctx, source{v.ID, placeOf(event)}, notices, wanting, found)
}

// source is the event that something is told because of.
type source struct {
	id    string
	place int64
}

// placeOf is the event's place in its room.
func placeOf(event any) int64 {
	if p, ok := event.(interface{ EventPlace() int64 }); ok {
		return p.EventPlace()
	}
	return 0
}

// lead is what a new message of a visitor tells about him.
func (s *Service) lead(event any) lead {
	e, ok := event.(chat.MessageSent)
	if !ok || !e.Message.ByVisitor() || e.Message.Msg == "" {
		return lead{}
	}
	return s.patterns.find(s.Settings.Current(), e.Message.Msg, s.Log)
}

// wanting says which destinations want which of the notices.
func (s *Service) wanting(ctx context.Context, notices []notice) (map[Kind][]string, error) {
	all, err := s.roll.now(ctx, s.DB)
	if err != nil {
		return nil, err
	}
	wanting := map[Kind][]string{}
	for _, d := range all {
		d = s.complete(d)
		for _, n := range notices {
			if d.wants(n.kind) {
				wanting[n.kind] = append(wanting[n.kind], d.ID)
			}
		}
	}
	return wanting, nil
}

// queue stores what is to be told, once for each event, and what was found about the visitor.
func (s *Service) queue(ctx context.Context, from source, notices []notice, wanting map[Kind][]string, found lead) error {
	err := s.DB.InTx(ctx, func(tx *db.Tx) error {
		for _, n := range notices {
			if n.kind == Captured {
				if err := s.Visitors.AddFound(ctx, tx, n.visitor, found.mails, found.numbers); err != nil {
					return err
				}
			}
			if len(wanting[n.kind]) == 0 {
				continue
			}
			if err := s.store(ctx, tx, from, n, wanting[n.kind]); err != nil {
				return err
			}
		}
		tx.AfterCommit(func() { signal(s.wake) })
		return nil
	})
	if errors.Is(err, db.ErrNoRows) { // the room is gone, and with it what there was to tell
		return nil
	}
	return err
}

func (s *Service) store(ctx context.Context, tx *db.Tx, from source, n notice, to []string) error {
	e := Event{ID: id.New(), Kind: n.kind, Type: types[n.kind], Room: n.rid, At: tx.Now(), source: from.id, place: from.place}
	if err := s.write(ctx, tx, n, &e); err != nil {
		return err
	}
	if new, err := insertEvent(ctx, tx, e); err != nil || !new {
		return err
	}
	for _, destination := range to {
		if err := insertDelivery(ctx, tx, id.New(), e, destination); err != nil {
			return err
		}
	}
	return nil
}

// write makes an event's body.
func (s *Service) write(ctx context.Context, tx *db.Tx, n notice, e *Event) error {
	var what any = n.offline
	e.visitor = n.visitor
	if n.offline == nil {
		p, err := s.compose(ctx, tx, n)
		if err != nil {
			return err
		}
		what, e.visitor = p, p.Visitor.ID
	}
	body, err := json.Marshal(what)
	e.Body = string(body)
	return err
}

func signal(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

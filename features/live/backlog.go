package live

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/realtime"
)

// backlogLimit is how many numbers are sent after a reconnect; a client further
// behind fetches the history over REST.
const backlogLimit = 200

// After reads what a room has above a number: messages and changes merged, and an
// empty event for every number the peer does not see; before them, how far the other
// side has read. The room's number is read first, so everything up to it is already
// there to be read.
func (s *Service) After(ctx context.Context, p realtime.Peer, room string, after int64) ([]realtime.Frame, int64, bool, error) {
	head, err := s.head(ctx, room)
	if err != nil {
		return nil, head, false, err
	}
	frames, err := s.readBy(ctx, !of(p).actor.IsVisitor(), room)
	if err != nil || head <= after {
		return frames, head, false, err
	}
	if head-after > backlogLimit {
		return frames, head, true, nil
	}
	what, err := s.happened(ctx, span{room, after, head})
	if err != nil {
		return nil, 0, false, err
	}
	view := s.audience(of(p).actor)
	frames = slices.Grow(frames, int(head-after))
	for seq := after + 1; seq <= head; seq++ {
		f, err := view.frame(chat.RoomID(room), seq, what[seq])
		if err != nil {
			return nil, 0, false, err
		}
		frames = append(frames, f)
	}
	return frames, head, false, nil
}

// happened reads the events of a span again, by number.
func (s *Service) happened(ctx context.Context, p span) (map[int64]chat.Event, error) {
	messages, err := s.messages(ctx, p)
	if err != nil {
		return nil, err
	}
	changes, err := s.changes(ctx, p)
	if err != nil {
		return nil, err
	}
	all := make(map[int64]chat.Event, len(messages)+len(changes))
	for _, m := range messages {
		all[m.Seq] = chat.MessageSent{Message: m}
	}
	for _, c := range changes {
		if all[c.seq], err = c.event(); err != nil {
			return nil, fmt.Errorf("change %d of room %s: %w", c.seq, p.room, err)
		}
	}
	return all, nil
}

func (c change) event() (chat.Event, error) {
	switch c.name {
	case "message-changed":
		return parse[chat.MessageChanged](c.data)
	case "taken":
		return parse[chat.RoomTaken](c.data)
	case "closed":
		return parse[chat.RoomClosed](c.data)
	case "changed":
		return parse[chat.RoomChanged](c.data)
	}
	return nil, nil // of a later version: its number is kept
}

func parse[E chat.Event](data string) (chat.Event, error) {
	var e E
	err := json.Unmarshal([]byte(data), &e)
	return e, err
}

// frame is an event with its number as the audience sees it.
func (a audience) frame(rid chat.RoomID, seq int64, e chat.Event) (realtime.Frame, error) {
	name, data := a.view(e)
	return realtime.NewEvent(string(rid), seq, name, data)
}

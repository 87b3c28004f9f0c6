package live

import (
	"context"
	"encoding/json"
	"sync"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/realtime"
)

// typingEvery is how often one connection's typing in a room is relayed at most.
const typingEvery = time.Second

// typing remembers who writes where, per connection, only while he does.
type typing struct {
	mu sync.Mutex
	at map[string]map[string]clock.Instant // connection → room → last relayed
}

func newTyping() *typing { return &typing{at: map[string]map[string]clock.Instant{}} }

// news reports whether a signal is worth relaying: not again within typingEvery,
// and that somebody stopped only if he had begun.
func (t *typing) news(conn string, in realtime.Inbound, now clock.Instant) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	last, writes := t.at[conn][in.Room]
	if !in.On {
		delete(t.at[conn], in.Room)
		return writes
	}
	if writes && now.Sub(last) < typingEvery {
		return false
	}
	if t.at[conn] == nil {
		t.at[conn] = map[string]clock.Instant{}
	}
	t.at[conn][in.Room] = now
	return true
}

func (t *typing) forget(conn string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.at, conn)
}

// types relays typing to the others in the room. Agents who only watch a room do
// not show up in it.
func (s *Service) types(ctx context.Context, a chat.Actor, conn string, in realtime.Inbound) error {
	if in.Room == "" {
		return errRoom
	}
	if !s.typing.news(conn, in, s.Clock.Now()) {
		return nil
	}
	facts, err := s.facts(ctx, a, in.Room)
	if err != nil {
		return err
	}
	if !chat.MayWrite(a, facts) {
		return errMember
	}
	rid := chat.RoomID(in.Room)
	say := Typing{T: "typing", Room: in.Room, ID: string(a.User), Name: a.Name, Visitor: a.IsVisitor(), On: in.On}
	if a.IsVisitor() {
		say.ID = string(a.Visitor)
	} else if say.Name == "" {
		say.Name = a.Username
	}
	if err := s.say(ctx, agentsOf(rid), say, a); err != nil {
		return err
	}
	if !a.IsVisitor() && !s.Settings.Current().ShowAgentInfo {
		say.ID, say.Name = "", ""
	}
	return s.say(ctx, visitorOf(rid), say, a)
}

func (s *Service) say(ctx context.Context, topic string, t Typing, by chat.Actor) error {
	b, err := json.Marshal(t)
	if err != nil {
		return err
	}
	except := user(by.User)
	if by.IsVisitor() {
		except = "visitor:" + string(by.Visitor)
	}
	return s.Hub.Publish(ctx, topic, realtime.Frame{Body: b, Room: t.Room, Except: except})
}

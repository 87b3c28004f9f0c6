package nodes

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/test/people"
)

// talk is one chat, with both of its sides.
type talk struct {
	*run
	random  *rand.Rand
	visitor *people.Visitor
}

// any repeats an act on whatever node is there until its outcome is known.
func (t *talk) any(ctx context.Context, act func(context.Context, *people.Server) error) error {
	return people.Insist(ctx, func(ctx context.Context) error { return act(ctx, t.node(t.random)) })
}

// asVisitor is an act of the visitor.
func (t *talk) asVisitor(ctx context.Context, act func(context.Context, *people.Visitor) error) error {
	return t.any(ctx, func(ctx context.Context, s *people.Server) error { return act(ctx, t.visitor.At(s)) })
}

// asAgent is a request of an agent; that it is refused is no fault.
func (t *talk) asAgent(ctx context.Context, agent, path string, body map[string]any) error {
	err := t.any(ctx, func(ctx context.Context, s *people.Server) error {
		return t.agents[agent].At(s).Call(ctx, "POST", "/api/v1/"+path, body, nil)
	})
	if _, refused := err.(*people.Refused); refused {
		return nil
	}
	return err
}

func (t *talk) hold(ctx context.Context, name string) error {
	if err := t.open(ctx, name); err != nil {
		return err
	}
	if t.random.IntN(20) == 0 {
		return t.leave(ctx)
	}
	for moves := 0; ; moves++ {
		agent, err := t.served(ctx)
		if err != nil {
			return err
		}
		if moves == 0 {
			t.count(&t.report.Served)
		}
		if err := t.asAgent(ctx, agent, "chat.sendMessage", map[string]any{"message": map[string]any{"rid": t.visitor.Room.ID, "msg": "hello"}}); err != nil {
			return err
		}
		_ = people.Sleep(ctx, time.Duration(t.random.IntN(400))*time.Millisecond)
		if moves == 3 || t.random.IntN(3) > 0 {
			return t.end(ctx, agent)
		}
		t.count(&t.report.Moves)
		if err := t.move(ctx, agent); err != nil {
			return err
		}
	}
}

func (t *talk) open(ctx context.Context, name string) error {
	err := t.any(ctx, func(ctx context.Context, s *people.Server) (err error) {
		t.visitor, err = s.NewVisitor(ctx, name)
		return err
	})
	if i := t.random.IntN(len(Departments) + 1); err == nil && i > 0 {
		err = t.asVisitor(ctx, func(ctx context.Context, v *people.Visitor) error {
			return v.Prefer(ctx, chat.DepartmentID(Departments[i-1]))
		})
	}
	if err != nil {
		return err
	}
	return t.asVisitor(ctx, func(ctx context.Context, v *people.Visitor) error {
		err := v.Open(ctx)
		t.visitor.Room = v.Room
		return err
	})
}

// served waits for an agent.
func (t *talk) served(ctx context.Context) (agent string, err error) {
	began := time.Now()
	for agent == "" {
		var open bool
		err = t.asVisitor(ctx, func(ctx context.Context, v *people.Visitor) (err error) {
			agent, open, err = v.Served(ctx)
			return err
		})
		if err == nil && !open {
			err = fmt.Errorf("room %s was closed by somebody", t.visitor.Room.ID)
		}
		if err == nil && agent == "" {
			err = people.Sleep(ctx, time.Duration(100+t.random.IntN(150))*time.Millisecond)
		}
		if err != nil {
			return "", err
		}
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.report.Longest = max(t.report.Longest, time.Since(began))
	return agent, nil
}

func (t *talk) leave(ctx context.Context) error {
	err := t.asVisitor(ctx, func(ctx context.Context, v *people.Visitor) error { return v.Close(ctx) })
	if _, refused := err.(*people.Refused); refused {
		return nil // an earlier attempt was carried out
	}
	return err
}

func (t *talk) end(ctx context.Context, agent string) error {
	if t.random.IntN(2) == 0 {
		return t.leave(ctx)
	}
	if err := t.asAgent(ctx, agent, "livechat/room.closeByUser", map[string]any{"rid": t.visitor.Room.ID, "comment": "done"}); err != nil {
		return err
	}
	return t.leave(ctx) // the agent may have lost the room meanwhile
}

// move is what an agent does instead of serving.
func (t *talk) move(ctx context.Context, agent string) error {
	room := map[string]any{"roomId": t.visitor.Room.ID, "clientAction": true}
	switch t.random.IntN(4) {
	case 0:
		return t.asAgent(ctx, agent, "livechat/inquiries.returnAsInquiry", map[string]any{"roomId": t.visitor.Room.ID})
	case 1:
		room["userId"] = AgentName(t.random.IntN(len(t.agents)))
		return t.asAgent(ctx, agent, "livechat/room.forward", room)
	case 2:
		room["departmentId"] = Departments[t.random.IntN(len(Departments))]
		return t.asAgent(ctx, agent, "livechat/room.forward", room)
	}
	if err := t.asAgent(ctx, agent, "livechat/room.onHold", map[string]any{"roomId": t.visitor.Room.ID}); err != nil {
		return err
	}
	_ = people.Sleep(ctx, time.Duration(t.random.IntN(500))*time.Millisecond)
	return t.asVisitor(ctx, func(ctx context.Context, v *people.Visitor) error {
		_, err := v.Say(ctx, fmt.Sprintf("%s-back", v.Room.ID), "back again")
		if _, refused := err.(*people.Refused); refused {
			return nil
		}
		return err
	})
}

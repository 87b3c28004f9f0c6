package scripts

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/foyerchat/foyer/chat"
)

const agentPassword = "Agent-password-1"

// need returns the i-th word of a sentence.
func need(args []string, i int) (string, error) {
	if i >= len(args) {
		return "", errors.New("the sentence is too short")
	}
	return args[i], nil
}

func (w *world) agentVerb(args []string) (string, error) {
	name, err := need(args, 0)
	if err != nil {
		return "", err
	}
	if len(args) == 1 {
		return "", w.hire(name)
	}
	a := w.agents[name]
	if a == nil {
		return "", fmt.Errorf("nobody hired %s", name)
	}
	switch args[1] {
	case "gone":
		return "", w.leave(name, a)
	case "back":
		return "", w.connect(a)
	case "available":
		return "", a.Switch(w.ctx, chat.Available)
	case "unavailable":
		return "", a.Switch(w.ctx, chat.NotAvailable)
	case "heard":
		return "", w.heard(a, args[2])
	case "deactivated":
		a.here = false
		change := map[string]any{"userId": a.User, "activeStatus": false}
		return "", w.boss.Call(w.ctx, "POST", "/api/v1/users.setActiveStatus", change, nil)
	}
	return "", w.serve(a, args[1:])
}

// hire makes an agent who is connected and available.
func (w *world) hire(name string) error {
	user := map[string]any{"username": name, "name": name, "email": name + "@example.com", "password": agentPassword, "roles": []string{"user"}}
	if err := w.boss.Call(w.ctx, "POST", "/api/v1/users.create", user, nil); err != nil {
		return err
	}
	if err := w.boss.Call(w.ctx, "POST", "/api/v1/livechat/users/agent", map[string]any{"username": name}, nil); err != nil {
		return err
	}
	person, err := w.server.SignIn(w.ctx, name, agentPassword)
	if err != nil {
		return err
	}
	a := &agent{Agent: person}
	w.agents[name] = a
	if err := w.connect(a); err != nil {
		return err
	}
	return a.Switch(w.ctx, chat.Available)
}

// connect opens the agent's console and waits until he is reachable.
func (w *world) connect(a *agent) error {
	a.screen = a.Listen().Start(w.ctx)
	ctx, cancel := context.WithTimeout(w.ctx, patience)
	defer cancel()
	if !a.screen.Wait(ctx, a.screen.Connected) {
		return errors.New("the console does not connect")
	}
	a.here = true
	return nil
}

// leave closes the agent's console and lets time pass until his lease has run out.
func (w *world) leave(name string, a *agent) error {
	a.screen.Stop()
	a.here = false
	ctx, cancel := context.WithTimeout(w.ctx, patience)
	defer cancel()
	for ctx.Err() == nil {
		if p, err := w.presence(ctx, name); err != nil || p == chat.Offline {
			return err
		}
		w.clock.Advance(time.Second)
	}
	return ctx.Err()
}

func (w *world) heard(a *agent, name string) error {
	ctx, cancel := context.WithTimeout(w.ctx, patience)
	defer cancel()
	if !a.screen.Wait(ctx, func() bool { return slices.Contains(a.screen.Pushes(), name) }) {
		return fmt.Errorf("heard only %v", a.screen.Pushes())
	}
	return nil
}

// serve is what an agent does with a visitor's chat: verb, visitor, text.
func (w *world) serve(a *agent, args []string) (err error) {
	name, err := need(args, 1)
	if err != nil {
		return err
	}
	rid, err := w.rid(name)
	if err != nil {
		return err
	}
	text := ""
	if len(args) > 2 {
		text = args[2]
	}
	switch args[0] {
	case "takes":
		return w.take(a, rid)
	case "says":
		a.said++
		_, err = a.Say(w.ctx, rid, fmt.Sprintf("%s-%d", a.User, a.said), text)
		return err
	case "sees":
		a.screen.Join(rid)
		return w.shows(a.screen, rid, text)
	case "closes":
		return a.Close(w.ctx, rid, text)
	case "serves":
		return w.becomes(rid, func(r chat.Room) bool { return r.ServedBy != nil && r.ServedBy.ID == a.User })
	case "holds":
		return a.Call(w.ctx, "POST", "/api/v1/livechat/room.onHold", map[string]any{"roomId": rid}, nil)
	case "resumes":
		return a.Call(w.ctx, "POST", "/api/v1/livechat/room.resumeOnHold", map[string]any{"roomId": rid}, nil)
	case "returns":
		return a.Call(w.ctx, "POST", "/api/v1/livechat/inquiries.returnAsInquiry", map[string]any{"roomId": rid}, nil)
	case "forwards":
		return w.forward(a, rid, args[2:])
	}
	return fmt.Errorf("agents do not know how to %q", args[0])
}

// forward is "to agent" or "to department name", and a note.
func (w *world) forward(a *agent, rid chat.RoomID, args []string) error {
	body := map[string]any{"roomId": rid, "clientAction": true}
	if to := w.agents[args[0]]; to != nil {
		body["userId"] = to.User
	} else {
		body["departmentId"] = w.departmentID(args[0])
	}
	if len(args) > 1 {
		body["comment"] = args[1]
	}
	return a.Call(w.ctx, "POST", "/api/v1/livechat/room.forward", body, nil)
}

func (w *world) take(a *agent, rid chat.RoomID) error {
	var answer struct{ Inquiry *chat.Inquiry }
	if err := w.boss.Call(w.ctx, "GET", "/api/v1/livechat/inquiries.getOne?roomId="+string(rid), nil, &answer); err != nil {
		return err
	}
	if answer.Inquiry == nil {
		return errors.New("the room has no inquiry")
	}
	return a.Take(w.ctx, answer.Inquiry.ID)
}

func (w *world) visitorVerb(args []string) (string, error) {
	name, err := need(args, 0)
	if err != nil {
		return "", err
	}
	if len(args) == 1 {
		person, err := w.server.NewVisitor(w.ctx, name)
		if err == nil {
			w.visitors[name] = &visitor{Visitor: person, screen: person.Listen().Start(w.ctx)}
		}
		return "", err
	}
	v := w.visitors[name]
	if v == nil {
		return "", fmt.Errorf("%s did not come", name)
	}
	return "", w.visit(v, args[1:])
}

func (w *world) visit(v *visitor, args []string) (err error) {
	switch args[0] {
	case "opens":
		if err = v.Open(w.ctx); err == nil {
			v.screen.Join(v.Room.ID)
		}
		return err
	case "closes":
		return v.Close(w.ctx)
	case "types":
		v.screen.Typing(v.Room.ID, true)
		return nil
	case "waits":
		return w.becomes(v.Room.ID, func(r chat.Room) bool { return r.Open && r.ServedBy == nil })
	case "held":
		return w.becomes(v.Room.ID, func(r chat.Room) bool { return r.OnHold })
	}
	text, err := need(args, 1)
	if err != nil {
		return err
	}
	switch args[0] {
	case "says":
		v.said++
		_, err = v.Say(w.ctx, fmt.Sprintf("%s-%d", v.Visitor.Visitor.ID, v.said), text)
		return err
	case "sees":
		return w.shows(v.screen, v.Room.ID, text)
	case "wants":
		return v.Want(w.ctx, w.departmentID(text))
	}
	return fmt.Errorf("visitors do not know how to %q", args[0])
}

package people

import (
	"context"
	"net/url"

	"github.com/foyerchat/foyer/chat"
)

// Visitor is somebody on a web page with our widget.
type Visitor struct {
	*Server
	Name    string
	Session string
	Visitor chat.Visitor
	Room    chat.Room
}

// NewVisitor registers somebody.
func (s *Server) NewVisitor(ctx context.Context, name string) (*Visitor, error) {
	v := &Visitor{Server: s, Name: name}
	var answer struct {
		Session string
		Visitor chat.Visitor
	}
	err := s.call(ctx, "POST", "/api/v1/foyer/widget/visitor", nil, map[string]any{"name": name}, &answer)
	v.Session, v.Visitor = answer.Session, answer.Visitor
	return v, err
}

func (v *Visitor) headers() map[string]string {
	return map[string]string{"X-Foyer-Session": v.Session}
}

// At is the same visitor on another node.
func (v *Visitor) At(s *Server) *Visitor {
	other := *v
	other.Server = s
	return &other
}

// Prefer makes the visitor want a department.
func (v *Visitor) Prefer(ctx context.Context, department chat.DepartmentID) error {
	return v.call(ctx, "POST", "/api/v1/foyer/widget/visitor", v.headers(), map[string]any{"name": v.Name, "department": department}, nil)
}

// Served is the user name of who serves the visitor's room; empty: nobody, it waits.
func (v *Visitor) Served(ctx context.Context) (agent string, open bool, err error) {
	var answer struct {
		Agent *struct{ Username string }
		Room  chat.Room
	}
	query := url.Values{"rid": {string(v.Room.ID)}, "count": {"1"}}
	err = v.call(ctx, "GET", "/api/v1/foyer/widget/history?"+query.Encode(), v.headers(), nil, &answer)
	if answer.Agent != nil {
		agent = answer.Agent.Username
	}
	return agent, answer.Room.Open, err
}

// Open opens the visitor's room, or finds the open one.
func (v *Visitor) Open(ctx context.Context) error {
	var answer struct{ Room chat.Room }
	err := v.call(ctx, "POST", "/api/v1/foyer/widget/room", v.headers(), map[string]any{}, &answer)
	if err == nil {
		v.Room = answer.Room
	}
	return err
}

// Say sends a message under an id of the visitor's own; repeating it is harmless.
func (v *Visitor) Say(ctx context.Context, id, text string) (chat.Message, error) {
	var answer struct{ Message chat.Message }
	err := v.call(ctx, "POST", "/api/v1/foyer/widget/message", v.headers(),
		map[string]any{"rid": v.Room.ID, "_id": id, "msg": text}, &answer)
	return answer.Message, err
}

// Close ends the chat.
func (v *Visitor) Close(ctx context.Context) error {
	return v.call(ctx, "POST", "/api/v1/foyer/widget/close", v.headers(), map[string]any{"rid": v.Room.ID}, nil)
}

// History reads the whole history, oldest first.
func (v *Visitor) History(ctx context.Context) ([]chat.Message, error) {
	query := url.Values{"rid": {string(v.Room.ID)}, "after": {"0"}, "count": {"100"}}
	return history(ctx, v.Server, "/api/v1/foyer/widget/history", query, v.headers())
}

// Listen follows the visitor's room.
func (v *Visitor) Listen() *Listener {
	return listen(v.Server, func(context.Context) (hello, error) { return hello{T: "hello", V: 1, Session: v.Session}, nil })
}

// Want moves the visitor's open room to another department.
func (v *Visitor) Want(ctx context.Context, department chat.DepartmentID) error {
	return v.call(ctx, "POST", "/api/v1/foyer/widget/department", v.headers(), map[string]any{"rid": v.Room.ID, "department": department}, nil)
}

// Claim passes on what the page says about the visitor.
func (v *Visitor) Claim(ctx context.Context, custom string) error {
	return v.call(ctx, "POST", "/api/v1/foyer/widget/identity", v.headers(), map[string]any{"rid": v.Room.ID, "custom": custom}, nil)
}

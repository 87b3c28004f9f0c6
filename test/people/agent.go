package people

import (
	"context"
	"net/url"
	"strconv"

	"github.com/foyerchat/foyer/chat"
)

// Agent is somebody who answers.
type Agent struct {
	*Server
	User  chat.UserID
	Token string
}

// SignIn signs a user in.
func (s *Server) SignIn(ctx context.Context, username, password string) (*Agent, error) {
	var answer struct {
		Data struct {
			AuthToken string
			UserID    chat.UserID
		}
	}
	err := s.call(ctx, "POST", "/api/v1/login", nil, map[string]any{"user": username, "password": password}, &answer)
	return &Agent{Server: s, User: answer.Data.UserID, Token: answer.Data.AuthToken}, err
}

func (a *Agent) headers() map[string]string {
	return map[string]string{"X-Auth-Token": a.Token, "X-User-Id": string(a.User)}
}

// Call sends any request as this user.
func (a *Agent) Call(ctx context.Context, method, path string, body, answer any) error {
	return a.call(ctx, method, path, a.headers(), body, answer)
}

// At is the same agent on another node.
func (a *Agent) At(s *Server) *Agent {
	other := *a
	other.Server = s
	return &other
}

// Switch says whether the agent wants to take chats.
func (a *Agent) Switch(ctx context.Context, to chat.Availability) error {
	return a.Call(ctx, "POST", "/api/v1/livechat/agent.status", map[string]any{"status": to}, nil)
}

// Inbox lists what waits and what is the agent's own.
func (a *Agent) Inbox(ctx context.Context) (waiting []chat.Inquiry, mine []chat.Room, err error) {
	var answer struct {
		Waiting []chat.Inquiry
		Mine    []chat.Room
	}
	err = a.Call(ctx, "GET", "/api/v1/foyer/inbox", nil, &answer)
	return answer.Waiting, answer.Mine, err
}

// Take takes a chat out of the queue.
func (a *Agent) Take(ctx context.Context, inquiry chat.InquiryID) error {
	return a.Call(ctx, "POST", "/api/v1/livechat/inquiries.take", map[string]any{"inquiryId": inquiry}, nil)
}

// Say sends a message under an id of the agent's own; repeating it is harmless.
func (a *Agent) Say(ctx context.Context, rid chat.RoomID, id, text string) (chat.Message, error) {
	var answer struct{ Message chat.Message }
	err := a.Call(ctx, "POST", "/api/v1/chat.sendMessage",
		map[string]any{"message": map[string]any{"rid": rid, "_id": id, "msg": text}}, &answer)
	return answer.Message, err
}

// Close ends a chat.
func (a *Agent) Close(ctx context.Context, rid chat.RoomID, comment string) error {
	return a.Call(ctx, "POST", "/api/v1/livechat/room.closeByUser", map[string]any{"rid": rid, "comment": comment}, nil)
}

// RoomOf reads a room.
func (a *Agent) RoomOf(ctx context.Context, rid chat.RoomID) (chat.Room, error) {
	var answer struct{ Room chat.Room }
	err := a.Call(ctx, "GET", "/api/v1/foyer/rooms/"+url.PathEscape(string(rid)), nil, &answer)
	return answer.Room, err
}

// History reads a room's whole history, oldest first.
func (a *Agent) History(ctx context.Context, rid chat.RoomID) ([]chat.Message, error) {
	query := url.Values{"after": {"0"}, "count": {"100"}}
	return history(ctx, a.Server, "/api/v1/foyer/rooms/"+url.PathEscape(string(rid))+"/history", query, a.headers())
}

// Listen connects the agent, which makes him reachable.
func (a *Agent) Listen() *Listener {
	return listen(a.Server, func(ctx context.Context) (hello, error) {
		var answer struct{ Ticket string }
		err := a.Call(ctx, "POST", "/api/v1/foyer/realtime/ticket", map[string]any{}, &answer)
		return hello{T: "hello", V: 1, Ticket: answer.Ticket}, err
	})
}

// history pages through to the end.
func history(ctx context.Context, s *Server, path string, query url.Values, headers map[string]string) (all []chat.Message, err error) {
	for {
		var page struct {
			Messages []chat.Message
			Seq      int64
			More     bool
		}
		if err := s.call(ctx, "GET", path+"?"+query.Encode(), headers, nil, &page); err != nil {
			return nil, err
		}
		all = append(all, page.Messages...)
		if !page.More || len(page.Messages) == 0 {
			return all, nil
		}
		query.Set("after", strconv.FormatInt(page.Messages[len(page.Messages)-1].Seq, 10))
	}
}

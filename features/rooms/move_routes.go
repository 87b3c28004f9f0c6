package rooms

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/rest"
)

// moveRows send rooms on, put them on hold and tell where they went.
func (s *Service) moveRows() []rest.Endpoint {
	return []rest.Endpoint{
		rest.Row("POST", "/api/v1/livechat/room.forward", rest.All("view-l-room", "transfer-livechat-guest"), "Forward a room to an agent or a department, or change nothing.",
			s.forward, rest.Refusal("unauthorized"), rest.Errors("error-invalid-room", textClosed, "[error-room-onHold]", "An agent or a department is needed [error-no-target]",
				"The agent is not available [error-user-is-offline]", "The chat is in that department already [error-forwarding-chat-same-department]", "[error-no-agents-online-in-department]")),
		rest.Row("GET", "/api/v1/livechat/transfer.history/{rid}", rest.All("view-livechat-rooms"), "Where a room was moved, oldest first.",
			s.transferHistory, rest.Errors("error-invalid-room")),
		rest.Row("POST", "/api/v1/livechat/room.onHold", rest.All("on-hold-livechat-room"), "Put a room on hold.",
			s.putRoomOnHold, rest.Errors("error-invalid-room", "error-room-already-closed", "error-cannot-place-chat-on-hold", "Not_authorized")),
		rest.Row("POST", "/api/v1/livechat/room.resumeOnHold", rest.All("view-l-room"), "Take a room off hold.",
			s.resumeRoom, rest.Errors("error-invalid-room", "error-room-not-on-hold", "Not_authorized")),
	}
}

type forwardRoom struct {
	RID        chat.RoomID       `json:"roomId" required:"true" minLength:"1" maxLength:"100"`
	User       chat.AgentID      `json:"userId" maxLength:"100" doc:"With a department: the member who is wished for."`
	Department chat.DepartmentID `json:"departmentId" maxLength:"100"`
	Comment    string            `json:"comment"`
	ByClient   bool              `json:"clientAction" doc:"Say so when the agent has as many chats as he may have."`
}

func (s *Service) forward(ctx context.Context, r forwardRoom) (struct{}, error) {
	return struct{}{}, s.Forward(ctx, rest.Identity[chat.Actor](ctx), Forwarding{RID: r.RID, Agent: r.User, Department: r.Department,
		Comment: r.Comment, ByClient: r.ByClient})
}

type historyQuery struct {
	rest.Page
	RID chat.RoomID `path:"rid"`
}

type historyList struct {
	History []map[string]any `json:"history"`
	rest.Counted
}

func (s *Service) transferHistory(ctx context.Context, q historyQuery) (out historyList, err error) {
	r, _, err := s.Visible(ctx, rest.Identity[chat.Actor](ctx), q.RID)
	if err != nil {
		return out, err
	}
	found, total, err := transfersOf(ctx, s.DB, r.ID, q.Sort, q.Offset, q.Limit())
	for _, t := range found {
		if by, ok := t["transferredBy"].(map[string]any); ok {
			by["type"] = by["userType"]
		}
	}
	return historyList{History: found, Counted: rest.Counted{Offset: q.Offset, Count: len(found), Total: total}}, err
}

type roomOfBody struct {
	RID chat.RoomID `json:"roomId" required:"true" maxLength:"100"`
}

func (s *Service) putRoomOnHold(ctx context.Context, r roomOfBody) (struct{}, error) {
	return struct{}{}, s.Hold(ctx, rest.Identity[chat.Actor](ctx), r.RID)
}

func (s *Service) resumeRoom(ctx context.Context, r roomOfBody) (struct{}, error) {
	return struct{}{}, s.Resume(ctx, rest.Identity[chat.Actor](ctx), r.RID)
}

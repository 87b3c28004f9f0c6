package rooms

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/rest"
)

// removalRows remove rooms, or give them to somebody else (rest-api.md 7).
func (s *Service) removalRows() []rest.Endpoint {
	return []rest.Endpoint{
		rest.Row("POST", "/api/v1/livechat/rooms.delete", rest.All(string(chat.RemoveClosedLivechatRoom)), "Remove a closed room with everything in it.",
			s.deleteRoom, rest.Errors(codeNoRoom, codeNotLivechat, "error-room-is-not-closed")),
		rest.Row("POST", "/api/v1/livechat/rooms.removeAllClosedRooms", rest.All(string(chat.RemoveClosedLivechatRooms)), "Remove all closed rooms one oversees, of some departments or of all.",
			s.deleteClosed),
		rest.Row("PUT", "/api/v1/livechat/room.visitor", rest.All("view-l-room", string(chat.ChangeLivechatRoomVisitor)), "Give a room to another visitor.",
			s.putVisitor, rest.Errors(codeNoRoom, "Invalid visitor [error-invalid-visitor]", "[error-contact-channel-blocked]", "The visitor has an open chat on this channel [error-visitor-has-open-room]")),
	}
}

type deleteRoom struct {
	RID chat.RoomID `json:"roomId" required:"true" minLength:"1" maxLength:"100"`
}

func (s *Service) deleteRoom(ctx context.Context, r deleteRoom) (struct{}, error) {
	return struct{}{}, s.Remove(ctx, rest.Identity[chat.Actor](ctx), r.RID)
}

type deleteClosed struct {
	Departments []chat.DepartmentID `query:"departmentIds" maxItems:"100" doc:"None: of all."`
}

type removedRooms struct {
	Removed int `json:"removedRooms"`
}

func (s *Service) deleteClosed(ctx context.Context, r deleteClosed) (removedRooms, error) {
	n, err := s.RemoveClosed(ctx, rest.Identity[chat.Actor](ctx), r.Departments)
	return removedRooms{n}, err
}

type putVisitor struct {
	RID  chat.RoomID    `json:"rid" required:"true" minLength:"1" maxLength:"100"`
	From chat.VisitorID `json:"oldVisitorId" required:"true" minLength:"1" maxLength:"100"`
	To   chat.VisitorID `json:"newVisitorId" required:"true" minLength:"1" maxLength:"100"`
}

type givenRoom struct {
	Room chat.Room `json:"room"`
}

func (s *Service) putVisitor(ctx context.Context, r putVisitor) (givenRoom, error) {
	room, err := s.Hand(ctx, rest.Identity[chat.Actor](ctx), Handing(r))
	return givenRoom{s.Settings.Current().ShownRoom(room)}, err
}

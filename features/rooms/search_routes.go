package rooms

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/rest"
)

// searchRows find messages by what they say.
func (s *Service) searchRows() []rest.Endpoint {
	return []rest.Endpoint{
		rest.Row("GET", "/api/v1/foyer/search", rest.All("view-l-room"), "Messages that hold words, in all chats one may see, the latest first.", s.searchAll),
		rest.Row("GET", "/api/v1/chat.search", rest.SignedIn, "Messages of one room that contain a text, the latest first.", s.searchRoom, rest.Errors(codeNoRoom)),
	}
}

type searchAll struct {
	Text       string            `query:"text" required:"true" minLength:"1" maxLength:"500" doc:"Words, without regard to case and accents; the last one may be the beginning of a longer one."`
	Department chat.DepartmentID `query:"departmentId" maxLength:"100"`
	Offset     int64             `query:"offset" min:"0" max:"10000"`
	Count      int64             `query:"count" min:"1" max:"50" default:"20"`
}

type foundAnswer struct {
	Found []Found `json:"found"`
	More  bool    `json:"more"`
}

func (s *Service) searchAll(ctx context.Context, r searchAll) (foundAnswer, error) {
	found, more, err := s.Search(ctx, rest.Identity[chat.Actor](ctx), Search(r))
	return foundAnswer{found, more}, err
}

type searchRoom struct {
	RID  chat.RoomID `query:"roomId" required:"true" minLength:"1" maxLength:"100"`
	Text string      `query:"searchText" required:"true" minLength:"1" maxLength:"500"`
	rest.Page
}

type searchedRoom struct {
	Messages []chat.Message `json:"messages"`
}

func (s *Service) searchRoom(ctx context.Context, r searchRoom) (searchedRoom, error) {
	room, _, err := s.Visible(ctx, rest.Identity[chat.Actor](ctx), r.RID)
	if err != nil {
		return searchedRoom{}, err
	}
	found, _, err := searchMessages(ctx, s.DB, roomSearch{rid: room.ID, text: r.Text, sort: r.Sort, offset: r.Offset, count: r.Limit()})
	return searchedRoom{forStaff(found)}, err
}

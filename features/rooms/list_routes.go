package rooms

import (
	"context"
	"slices"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/rest"
)

// listRows answer with many rooms or messages at once.
func (s *Service) listRows() []rest.Endpoint {
	return []rest.Endpoint{
		rest.Row("GET", "/api/v1/livechat/rooms", rest.Any("view-livechat-rooms", "view-l-room"), "List rooms; agents list their own.",
			s.listRooms, rest.Refusal("unauthorized")),
		rest.Row("GET", "/api/v1/livechat/rooms/filters", rest.All("view-l-room"), "The sources rooms came from.", s.listSources),
		rest.Row("GET", "/api/v1/livechat/{rid}/messages", rest.All("view-l-room"), "Search the ordinary messages of a room.",
			s.findMessages, rest.Errors("[invalid-room]")),
		rest.Row("GET", "/api/v1/rooms.get", rest.SignedIn, "The rooms the caller is a member of.", s.memberRooms),
		rest.Row("GET", "/api/v1/channels.info", rest.SignedIn, "A room the caller may see, open or closed.",
			s.channel, rest.Errors("error-invalid-room")),
		rest.Row("GET", "/api/v1/subscriptions.getOne", rest.SignedIn, "The caller's membership in a room.", s.oneSubscription),
		rest.Row("GET", "/api/v1/foyer/inbox", rest.All("view-l-room"), "What waits and what is the caller's own, in one call.", s.inbox),
	}
}

type listRoomsQuery struct {
	rest.Page
	Agents       []chat.AgentID    `query:"agents" maxItems:"100"`
	Name         string            `query:"roomName" maxLength:"500"`
	Department   chat.DepartmentID `query:"departmentId" maxLength:"100"`
	Open         *bool             `query:"open"`
	Queued       bool              `query:"queued"`
	OnHold       bool              `query:"onhold"`
	Tags         []string          `query:"tags" maxItems:"100"`
	CustomFields map[string]string `query:"customFields"`
	Created      span              `query:"createdAt"`
	Closed       span              `query:"closedAt"`
}

// mostFields is how many custom fields a search names at most.
const mostFields = 50

type span struct {
	Start clock.Instant `json:"start"`
	End   clock.Instant `json:"end"`
}

func (q listRoomsQuery) filter() Filter {
	f := Filter{Agents: q.Agents, Name: q.Name, Department: q.Department, Tags: q.Tags, CustomFields: q.CustomFields,
		Created: Between(q.Created), Closed: Between(q.Closed), Offset: q.Offset, Limit: q.Limit()}
	switch {
	case q.Queued:
		f.State = Waiting
	case q.OnHold:
		f.State = OnHold
	case q.Open != nil && *q.Open:
		f.State = Served
	case q.Open != nil:
		f.State = Closed
	}
	for _, key := range q.Sort {
		f.Order = append(f.Order, Order(key))
	}
	return f
}

type roomList struct {
	Rooms []chat.Room `json:"rooms"`
	rest.Counted
}

func (s *Service) listRooms(ctx context.Context, q listRoomsQuery) (out roomList, err error) {
	a := rest.Identity[chat.Actor](ctx)
	if !a.May(chat.ViewLivechatRooms) && !slices.Equal(q.Agents, []chat.AgentID{a.User}) {
		return out, fault.Text(fault.Forbidden, "unauthorized")
	}
	if len(q.CustomFields) > mostFields {
		return out, fault.New(fault.Invalid, "invalid-params", "must NOT have more than 50 properties").At("customFields")
	}
	f := q.filter()
	f.Monitor = a.Monitor()
	found, total, err := listRooms(ctx, s.DB, f)
	out.Rooms = make([]chat.Room, len(found))
	for i, r := range found {
		out.Rooms[i] = r.ForStaff()
	}
	out.Counted = rest.Counted{Offset: q.Offset, Count: len(found), Total: total}
	return out, err
}

type sourceList struct {
	Filters []chat.Source `json:"filters"`
}

func (s *Service) listSources(ctx context.Context, _ struct{}) (sourceList, error) {
	found, err := sourcesInUse(ctx, s.DB)
	return sourceList{Filters: found}, err
}

type findMessages struct {
	rest.Page
	RID  chat.RoomID `path:"rid"`
	Text string      `query:"searchTerm" maxLength:"500"`
}

type messageList struct {
	Messages []chat.Message `json:"messages"`
	rest.Counted
}

func (s *Service) findMessages(ctx context.Context, q findMessages) (out messageList, err error) {
	r, _, err := s.Visible(ctx, rest.Identity[chat.Actor](ctx), q.RID)
	if fault.Has(err, codeNoRoom) {
		return out, errInvalidRoom()
	} else if err != nil {
		return out, err
	}
	found, total, err := searchMessages(ctx, s.DB, roomSearch{rid: r.ID, text: q.Text, offset: q.Offset, count: q.Limit()})
	return messageList{Messages: found, Counted: rest.Counted{Offset: q.Offset, Count: len(found), Total: total}}, err
}

type memberRoomsQuery struct {
	Since clock.Instant `query:"updatedSince"`
}

type memberRoomsAnswer struct {
	Update []chat.Room `json:"update"`
	Remove []chat.Room `json:"remove"`
}

func (s *Service) memberRooms(ctx context.Context, q memberRoomsQuery) (memberRoomsAnswer, error) {
	found, err := roomsOfMember(ctx, s.DB, rest.Identity[chat.Actor](ctx).User, q.Since)
	out := memberRoomsAnswer{Update: make([]chat.Room, len(found)), Remove: []chat.Room{}}
	for i, r := range found {
		out.Update[i] = r.ForStaff()
	}
	return out, err
}

type channelAnswer struct {
	Channel chat.Room `json:"channel"`
}

func (s *Service) channel(ctx context.Context, q roomOfQuery) (channelAnswer, error) {
	r, _, err := s.Visible(ctx, rest.Identity[chat.Actor](ctx), q.RID)
	return channelAnswer{Channel: r.ForStaff()}, err
}

type subscriptionAnswer struct {
	Subscription *chat.Subscription `json:"subscription"`
}

func (s *Service) oneSubscription(ctx context.Context, q roomOfQuery) (subscriptionAnswer, error) {
	found, err := findSubscription(ctx, s.DB, q.RID, rest.Identity[chat.Actor](ctx).User)
	return subscriptionAnswer{Subscription: found}, err
}

type inbox struct {
	Waiting []chat.Inquiry  `json:"waiting"`
	Mine    []roomAndUnread `json:"mine"`
}

func (s *Service) inbox(ctx context.Context, _ struct{}) (out inbox, err error) {
	a := rest.Identity[chat.Actor](ctx)
	if out.Mine, err = roomsOfMember(ctx, s.DB, a.User, 0); err != nil {
		return out, err
	}
	for i := range out.Mine {
		out.Mine[i].Room = out.Mine[i].ForStaff()
	}
	waiting, err := s.Queue.Waiting(ctx, a)
	out.Waiting = make([]chat.Inquiry, len(waiting))
	for i, w := range waiting {
		out.Waiting[i] = w.ForStaff()
	}
	return out, err
}

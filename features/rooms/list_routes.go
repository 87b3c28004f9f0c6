package rooms

import (
	"context"
	"slices"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/rest"
	"github.com/foyerchat/foyer/platform/schema"
)

// listRows answer with many rooms or messages at once.
func (s *Service) listRows() []rest.Endpoint {
	return []rest.Endpoint{
		rest.Row("GET", "/api/v1/livechat/rooms", rest.Any("view-livechat-rooms", "view-l-room"), "List rooms; agents list their own.",
			s.listRooms, rest.Refusal("unauthorized")),
		rest.Row("GET", "/api/v1/livechat/rooms/filters", rest.All("view-l-room"), "The sources rooms came from.", s.listSources),
		rest.Row("GET", "/api/v1/livechat/{rid}/messages", rest.All("view-l-room"), "Search the ordinary messages of a room.",
			s.findMessages, rest.Errors("[invalid-room]")),
		rest.Row("GET", "/api/v1/livechat/messages/{rid}", rest.All("view-l-room"), "Search the ordinary messages of a room.",
			s.findMessages, rest.Errors("[invalid-room]")),
		rest.Row("GET", "/api/v1/rooms.get", rest.SignedIn, "The rooms and groups the caller is a member of.", s.memberRooms),
		rest.Row("GET", "/api/v1/channels.info", rest.SignedIn, "A room the caller may see, open or closed, or a group he is in.",
			s.channel, rest.Errors("error-invalid-room")),
		rest.Row("GET", "/api/v1/subscriptions.getOne", rest.SignedIn, "The caller's membership in a room.", s.oneSubscription),
		rest.Row("GET", "/api/v1/foyer/inbox", rest.All("view-l-room"), "What waits and what is the caller's own, in one call.", s.inbox),
	}
}

type listRoomsQuery struct {
	rest.Page
	rest.Choosing
	Agents       []chat.AgentID    `query:"agents" maxItems:"100"`
	Name         string            `query:"roomName" maxLength:"500"`
	Department   chat.DepartmentID `query:"departmentId" maxLength:"100"`
	Units        []chat.UnitID     `query:"units" maxItems:"100"`
	Open         *bool             `query:"open"`
	Queued       bool              `query:"queued"`
	OnHold       bool              `query:"onhold"`
	Verifying    bool              `query:"verifying" doc:"Those that wait until their channel is verified."`
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
	f := Filter{Agents: q.Agents, Name: q.Name, Department: q.Department, Units: q.Units, Tags: q.Tags, CustomFields: q.CustomFields,
		Created: Between(q.Created), Closed: Between(q.Closed), Order: q.Sort, Offset: q.Offset, Limit: q.Limit()}
	switch {
	case q.Queued:
		f.State = Waiting
	case q.OnHold:
		f.State = OnHold
	case q.Verifying:
		f.State = Verifying
	case q.Open != nil && *q.Open:
		f.State = Served
	case q.Open != nil:
		f.State = Closed
	}
	return f
}

type roomList struct {
	Rooms []rest.Part[chat.Room] `json:"rooms"`
	rest.Counted
}

func (s *Service) listRooms(ctx context.Context, q listRoomsQuery) (out roomList, err error) {
	a := rest.Identity[chat.Actor](ctx)
	if !a.May(chat.ViewLivechatRooms) && !slices.Equal(q.Agents, []chat.AgentID{a.User}) {
		return out, errUnauthorized()
	}
	if len(q.CustomFields) > mostFields {
		return out, fault.New(fault.Invalid, "invalid-params", "must NOT have more than 50 properties").At("customFields")
	}
	f := q.filter()
	f.Monitor = a.Monitor()
	found, total, err := listRooms(ctx, s.DB, f)
	if err != nil {
		return out, err
	}
	for i := range found {
		if found[i], err = s.listed(ctx, found[i]); err != nil {
			return out, err
		}
	}
	out.Rooms, err = rest.Parts(found, q.Fields)
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
	if !s.Settings.Current().VisitorTokens {
		r.V.Token = ""
	}
	found, total, err := searchMessages(ctx, s.DB, roomSearch{rid: r.ID, token: r.V.Token, text: q.Text, sort: q.Sort, offset: q.Offset, count: q.Limit()})
	return messageList{Messages: found, Counted: rest.Counted{Offset: q.Offset, Count: len(found), Total: total}}, err
}

type memberRoomsQuery struct {
	Since clock.Instant `query:"updatedSince"`
}

type memberRoomsAnswer struct {
	Update []anyRoom `json:"update"`
	Remove []anyRoom `json:"remove"`
}

func (s *Service) memberRooms(ctx context.Context, q memberRoomsQuery) (memberRoomsAnswer, error) {
	u := rest.Identity[chat.Actor](ctx).User
	out := memberRoomsAnswer{Update: []anyRoom{}, Remove: []anyRoom{}}
	found, err := roomsOfMember(ctx, s.DB, u, q.Since)
	if err != nil {
		return out, err
	}
	for _, r := range found {
		shown, err := s.listed(ctx, r.Room)
		if err != nil {
			return out, err
		}
		out.Update = append(out.Update, anyRoom{Room: &shown})
	}
	groups, err := groupsOf(ctx, s.DB, u, q.Since)
	for _, c := range groups {
		out.Update = append(out.Update, anyRoom{Group: &c})
	}
	return out, err
}

// anyRoom is a conversation or a group.
type anyRoom struct {
	Room  *chat.Room  `alternative:"true"`
	Group *chat.Group `alternative:"true"`
}

// MarshalJSON writes the one it is.
func (r anyRoom) MarshalJSON() ([]byte, error) { return schema.MarshalUnion(r) }

// listed is the room as lists of colleagues show it.
func (s *Service) listed(ctx context.Context, r chat.Room) (chat.Room, error) {
	err := s.preview(ctx, &r)
	return s.Settings.Current().ShownRoom(r), err
}

type channelQuery struct {
	RID  chat.RoomID `query:"roomId" maxLength:"100"`
	Name string      `query:"roomName" maxLength:"255" doc:"Of a group, instead of its id."`
}

type channelAnswer struct {
	Channel anyRoom `json:"channel"`
}

func (s *Service) channel(ctx context.Context, q channelQuery) (channelAnswer, error) {
	a := rest.Identity[chat.Actor](ctx)
	if q.RID == "" && q.Name == "" {
		return channelAnswer{}, fault.New(fault.Invalid, "invalid-params", "must have required property 'roomId'").At("roomId")
	}
	if c, err := groupFor(ctx, s.DB, a.User, q.RID, q.Name); err != nil || c != nil {
		return channelAnswer{anyRoom{Group: c}}, err
	}
	r, _, err := s.Visible(ctx, a, q.RID)
	if err != nil {
		return channelAnswer{}, err
	}
	r, err = s.listed(ctx, r)
	return channelAnswer{anyRoom{Room: &r}}, err
}

type subscriptionAnswer struct {
	Subscription *chat.Subscription `json:"subscription"`
}

func (s *Service) oneSubscription(ctx context.Context, q roomOfQuery) (subscriptionAnswer, error) {
	u := rest.Identity[chat.Actor](ctx).User
	found, err := findSubscription(ctx, s.DB, q.RID, u)
	if err != nil || found != nil {
		return subscriptionAnswer{Subscription: found}, err
	}
	c, err := groupFor(ctx, s.DB, u, q.RID, "")
	if err == nil && c != nil {
		found, err = joined(ctx, s.DB, *c, u)
	}
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
		if err := s.preview(ctx, &out.Mine[i].Room); err != nil {
			return out, err
		}
		out.Mine[i].Room = out.Mine[i].ForStaff()
	}
	waiting, err := s.Queue.Waiting(ctx, a)
	out.Waiting = make([]chat.Inquiry, len(waiting))
	for i, w := range waiting {
		out.Waiting[i] = w.ForStaff()
	}
	return out, err
}

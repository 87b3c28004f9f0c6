package visitors

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/fault"
	"github.com/foyerchat/foyer/platform/rest"
	"github.com/foyerchat/foyer/platform/search"
)

// Slice says which part of a list is wanted, and in which order.
type Slice struct {
	Offset, Limit int64
	Sort          rest.Sort
}

// Search lists visitors whose name, username, address or number contains the
// term, case and accents aside: exact names first, then who chatted last. An
// empty term matches everybody.
func (s *Service) Search(ctx context.Context, term string, p Slice) ([]chat.Visitor, int64, error) {
	found, total, err := searched(ctx, s.DB, search.Fold(term), p)
	return withoutTokens(found), total, err
}

// Complete lists at most a page of visitors for a choice, without the excepted ones.
func (s *Service) Complete(ctx context.Context, term string, except []chat.VisitorID) ([]chat.Visitor, error) {
	found, err := complete(ctx, s.DB, search.Fold(term), except)
	return withoutTokens(found), err
}

func withoutTokens(list []chat.Visitor) []chat.Visitor {
	for i := range list {
		list[i].Token = ""
	}
	return list
}

// HistoryFilter narrows a visitor's conversations.
type HistoryFilter struct {
	Visitor                chat.VisitorID
	Text                   string // inside the conversation
	ClosedOnly, ServedOnly bool
	Source                 string
	Monitor                chat.UserID // only what he may see; empty: all
	Slice
}

// History lists the conversations of the visitor, newest first. The room says
// where staff look from: the actor must be allowed to see it. The visitor of
// another room has an empty list, so that ids cannot be tried out.
func (s *Service) History(ctx context.Context, by chat.Actor, rid chat.RoomID, f HistoryFilter) ([]chat.Room, int64, error) {
	owner, err := s.seen(ctx, by, rid)
	if err != nil || owner != f.Visitor {
		return []chat.Room{}, 0, err
	}
	f.Monitor = by.Monitor()
	rooms, total, err := history(ctx, s.DB, f)
	return s.forStaff(rooms), total, err
}

// seen finds whose room it is, if the actor may see it (permissions.md 5).
func (s *Service) seen(ctx context.Context, by chat.Actor, rid chat.RoomID) (chat.VisitorID, error) {
	f, err := roomFacts(ctx, s.DB, rid, by)
	if gone(err) {
		return "", fault.Text(fault.Invalid, "invalid-room")
	}
	f.QueuePreview = s.Settings.Current().RoutingMethod == chat.RoutingManual
	if err == nil && !chat.MaySee(by, f) {
		err = fault.Text(fault.Invalid, "error-not-allowed")
	}
	return f.Visitor, err
}

func (s *Service) forStaff(rooms []chat.Room) []chat.Room {
	set := s.Settings.Current()
	for i := range rooms {
		if last := rooms[i].LastMessage; last != nil && set.Hides(last.T) {
			rooms[i].LastMessage = nil // LC-HID-4
		}
		rooms[i] = set.ShownRoom(rooms[i])
	}
	return rooms
}

// OpenRooms lists the open conversations of the visitor of a token, newest first,
// as far as the actor may see them.
func (s *Service) OpenRooms(ctx context.Context, by chat.Actor, token string) ([]chat.Room, error) {
	v, err := s.ByToken(ctx, token)
	if err != nil {
		return nil, err
	}
	rooms, err := openRooms(ctx, s.DB, v.ID, by.Monitor())
	return s.forStaff(rooms), err
}

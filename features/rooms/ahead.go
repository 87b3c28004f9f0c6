package rooms

import (
	"context"

	"github.com/foyerchat/foyer/chat"
)

// aheadOfOpening lets routing ask what it may not ask inside the opening's transaction.
func (s *Service) aheadOfOpening(ctx context.Context, o Opening) context.Context {
	if s.Settings.Current().RoutingMethod != chat.RoutingExternal {
		return ctx
	}
	v, err := findVisitor(ctx, s.DB, byID, o.Visitor)
	if err != nil {
		return ctx // the opening will say so
	}
	return s.Router.Ahead(ctx, chat.Inquiry{V: v.View(), Department: v.Department, DefaultAgent: o.wished()}, "")
}

// aheadOfForward is the same for a forward to a department; nobody is asked on behalf
// of somebody whose forward will be refused (RQ-EXT-3).
func (s *Service) aheadOfForward(ctx context.Context, a chat.Actor, rid chat.RoomID, to chat.DepartmentID) context.Context {
	settings := s.Settings.Current()
	if settings.RoutingMethod != chat.RoutingExternal {
		return ctx
	}
	r, can, err := s.Visible(ctx, a, rid)
	may := can.Forward || a.IsVisitor() && settings.AllowSwitchingDepartments
	if err != nil || !may || r.DepartmentID == to || departmentExists(ctx, s.DB, to) != nil {
		return ctx
	}
	return s.aheadOfMove(ctx, rid, to)
}

// aheadOfMove is the same for a room that moves to a department, or within its own.
func (s *Service) aheadOfMove(ctx context.Context, rid chat.RoomID, to chat.DepartmentID) context.Context {
	if s.Settings.Current().RoutingMethod != chat.RoutingExternal {
		return ctx
	}
	r, err := findRoom(ctx, s.DB, rid)
	if err != nil || !r.Open || r.OnHold {
		return ctx
	}
	i := chat.Inquiry{}.About(r)
	if to != "" {
		i.Department = to
	}
	return s.Router.Ahead(ctx, i, servedBy(r))
}

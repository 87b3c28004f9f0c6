package rooms

import (
	"context"
	"errors"
	"strings"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
)

// selectGroup reads the groups of which $1 is a member.
const selectGroup = `SELECT c.id, c.t, c.name, c.read_only, c.custom_fields, c.created_by, coalesce(u.username, ''),
	CASE WHEN c.created_at > 0 THEN c.created_at ELSE coalesce((SELECT min(created_at) FROM users), 0) END,
	CASE WHEN c.t = 'c' THEN (SELECT count(*) FROM users WHERE active) ELSE (SELECT count(*) FROM user_group_members m WHERE m.group_id = c.id) END,
	(SELECT count(*) FROM offline_messages o WHERE lower(o.channel) = c.name_lower AND o.channel <> ''),
	coalesce((SELECT max(o.at) FROM offline_messages o WHERE lower(o.channel) = c.name_lower AND o.channel <> ''), 0)
	FROM user_groups c LEFT JOIN users u ON u.id = c.created_by
	WHERE (c.t = 'c' OR EXISTS (SELECT 1 FROM user_group_members m WHERE m.group_id = c.id AND m.user_id = $1))`

func scanGroup(r db.Row) (c chat.Group, err error) {
	var by chat.UserRef
	err = r.Scan(&c.ID, &c.T, &c.Name, &c.RO, db.JSON(&c.CustomFields), &by.ID, &by.Username, &c.TS, &c.UsersCount, &c.Msgs, &c.LM)
	c.FName, c.SysMes, c.Default, c.UpdatedAt = c.Name, true, c.ID == chat.GeneralGroup, max(c.TS, c.LM)
	if by.Username != "" {
		c.U = &by
	}
	return c, err
}

// groupsOf lists the groups of a member that changed since.
func groupsOf(ctx context.Context, q db.Querier, u chat.UserID, since clock.Instant) (changed []chat.Group, err error) {
	all, err := db.All(ctx, q, scanGroup, selectGroup+` ORDER BY c.name_lower`, u)
	for _, c := range all {
		if c.UpdatedAt >= since {
			changed = append(changed, c)
		}
	}
	return changed, err
}

// groupFor is a member's group of this id or, without one, of this name; nil: there is none.
func groupFor(ctx context.Context, q db.Querier, u chat.UserID, rid chat.RoomID, name string) (*chat.Group, error) {
	c, err := db.One(ctx, q, scanGroup, selectGroup+` AND (c.id = $2 OR CAST($2 AS TEXT) = '' AND c.name_lower = $3)`, u, rid, strings.ToLower(name))
	if errors.Is(err, db.ErrNoRows) {
		return nil, nil
	}
	return &c, err
}

// joined is a member's view of a group.
func joined(ctx context.Context, q db.Querier, c chat.Group, u chat.UserID) (*chat.Subscription, error) {
	s := chat.Subscription{ID: chat.SubscriptionID(string(c.ID) + "-" + string(u)), RID: c.ID, T: c.T, Name: c.Name, FName: c.FName, TS: c.TS, Open: true, UpdatedAt: c.UpdatedAt}
	err := q.QueryRow(ctx, `SELECT id, username, name FROM users WHERE id = $1`, u).Scan(&s.U.ID, &s.U.Username, &s.U.Name)
	return &s, err
}

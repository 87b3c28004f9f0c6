package routing

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
)

// Move settles where a room goes that is forwarded to a department or loses its
// agent (lifecycle 7.3, RQ-UN-2, RQ-LV-3). A refusal changes nothing; Refused keeps it.
func (s *Service) Move(ctx context.Context, tx *db.Tx, m chat.Moving) (chat.Move, error) {
	l := s.look(nil, tx, Kind(m.Cause), m.Inquiry)
	if err := l.move(ctx, m); err != nil {
		return chat.Move{}, err
	}
	v := decide(l.c)
	if v.Error != "" {
		return chat.Move{}, refused{refusal(v), Decision{RID: l.at.room, Kind: l.c.Kind, Method: l.c.Rules.Method, Case: &l.c, Verdict: v}}
	}
	pick, err := l.settle(ctx, v)
	return chat.Move{Department: v.Department, Pick: pick, Wished: v.Wish}, err
}

// QueueOf is the queue in which a chat of the department waits (RQ-DEP-3).
func (s *Service) QueueOf(ctx context.Context, tx *db.Tx, d chat.DepartmentID) (chat.DepartmentID, error) {
	l := s.look(nil, tx, KindQueue, chat.Inquiry{Department: d})
	if err := l.departments(ctx, d); err != nil {
		return "", err
	}
	queue, _ := l.c.home()
	return queue, nil
}

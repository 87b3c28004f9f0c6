package hours

import (
	"context"
	"slices"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
)

const (
	atLeast = time.Minute     // between two looks (RQ-BH-14)
	again   = 2 * time.Second // after a change: somebody may have flipped his switch at the very moment
	batch   = 50              // agents in one transaction
)

// Check compares the true state with what is stored and sets right what differs:
// which hours are open, and every agent's. It returns when to look again. Running
// it twice, or on two nodes, is as running it once (PT-BH-4).
func (s *Service) Check(ctx context.Context) (next clock.Instant, err error) {
	var all set
	changed := false
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		all, changed, err = s.look(ctx, tx)
		return err
	})
	if err != nil {
		return 0, err
	}
	opening, others, err := s.wrong(ctx, all)
	if err != nil {
		return 0, err
	}
	for _, some := range [][]chat.AgentID{opening, others} { // opens before closes (RQ-BH-13)
		if err := s.setRight(ctx, some); err != nil {
			return 0, err
		}
	}
	next = s.Clock.Now().Add(atLeast)
	if changed || len(opening)+len(others) > 0 {
		next = s.Clock.Now().Add(again)
	}
	for _, c := range all.schedules {
		next = earlier(next, c.Change(all.at))
	}
	return next, nil
}

// look notes which hours are open now, and that it was looked.
func (s *Service) look(ctx context.Context, tx *db.Tx) (all set, changed bool, err error) {
	if err := lock(ctx, tx); err != nil {
		return all, false, err
	}
	if all, err = s.load(ctx, tx, tx.Now()); err != nil {
		return all, false, err
	}
	for _, h := range all.hours {
		if open := all.schedules[h.ID].Open(all.at); open != h.Open {
			changed = true
			if err := setOpen(ctx, tx, h.ID, open); err != nil {
				return all, false, err
			}
		}
	}
	if changed {
		if err := tx.Emit(ctx, chat.HoursChanged{}); err != nil {
			return all, false, err
		}
	}
	return all, changed, setLastCheck(ctx, tx, all.at)
}

// wrong are the agents whose stored state is not the true one: those for whom
// something opens, and the others.
func (s *Service) wrong(ctx context.Context, all set) (opening, others []chat.AgentID, err error) {
	agents, err := followers(ctx, s.DB)
	if err != nil {
		return nil, nil, err
	}
	bound, multiple := s.Settings.Current().EnableBusinessHours, s.multiple()
	for _, f := range agents {
		open := all.open(all.applicable(multiple, f.own))
		switch {
		case !bound && f.bound:
			others = append(others, f.agent)
		case !bound:
		case gains(f.open, open):
			opening = append(opening, f.agent)
		case !slices.Equal(f.open, open) || len(open) == 0 && f.available:
			others = append(others, f.agent)
		}
	}
	return opening, others, nil
}

func gains(had, has []chat.HourID) bool {
	return slices.ContainsFunc(has, func(id chat.HourID) bool { return !slices.Contains(had, id) })
}

func (s *Service) setRight(ctx context.Context, agents []chat.AgentID) error {
	for some := range slices.Chunk(agents, batch) {
		slices.Sort(some) // everybody locks agents in this order
		if err := s.DB.InTx(ctx, func(tx *db.Tx) error {
			for _, a := range some {
				if err := s.Agents.Reassess(ctx, tx, a, chat.CauseHours); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			return err
		}
	}
	return nil
}

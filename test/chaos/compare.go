package chaos

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/test/people"
	"github.com/foyerchat/foyer/test/server"
)

// compare holds what the persons were told against what is stored and shown.
func (r *run) compare(ctx context.Context, agents []*agent) (Report, error) {
	var report Report
	boss, err := r.server.SignIn(ctx, server.AdminUsername, server.AdminPassword)
	if err != nil {
		return report, err
	}
	for _, c := range r.rooms {
		stored, err := boss.History(ctx, c.rid)
		if err != nil {
			return report, fmt.Errorf("history of %s: %w", c.rid, err)
		}
		report.Rooms++
		report.Stored += len(stored)
		report.compareStored(c, stored)
		report.compareAgents(c, stored)
		report.compareShown(ctx, c, agents, stored)
	}
	return report, nil
}

// compareStored: each acknowledged message once, each sender's in the order sent, numbers rising.
func (r *Report) compareStored(c *conversation, stored []chat.Message) {
	at, last := map[string]int{}, int64(0)
	for i, m := range stored {
		if _, twice := at[string(m.ID)]; twice {
			r.Double = append(r.Double, string(m.ID))
		}
		at[string(m.ID)] = i
		if m.Seq <= last {
			r.OutOfOrder = append(r.OutOfOrder, fmt.Sprintf("%s has number %d after %d", m.ID, m.Seq, last))
		}
		last = m.Seq
	}
	for _, ids := range c.told {
		before := -1
		for _, id := range ids {
			r.Told++
			place, ok := at[id]
			switch {
			case !ok:
				r.Lost = append(r.Lost, id)
				continue
			case place < before:
				r.OutOfOrder = append(r.OutOfOrder, id)
			}
			before = place
		}
	}
}

// compareAgents: one agent took the room, and only one ever wrote in it.
func (r *Report) compareAgents(c *conversation, stored []chat.Message) {
	served := map[string]bool{}
	for _, m := range stored {
		if m.T == chat.MessageJoined || !m.System() && m.U.ID != string(c.visitor.Visitor.ID) {
			served[m.U.ID] = true
		}
	}
	slices.Sort(c.takers)
	if takers := slices.Compact(c.takers); len(served) > 1 || len(takers) > 1 {
		r.TwoAgents = append(r.TwoAgents, fmt.Sprintf("%s: served by %v, taken by %v", c.rid, served, takers))
	}
}

// compareShown: every screen that follows the room shows what is stored, in that order.
func (r *Report) compareShown(ctx context.Context, c *conversation, agents []*agent, stored []chat.Message) {
	want := visible(stored)
	screens := map[string]*people.Listener{"visitor": c.screen}
	for _, a := range agents {
		if a.screen.Shown(c.rid).Last > 0 {
			screens[a.name] = a.screen
		}
	}
	for name, screen := range screens {
		patience, cancel := context.WithTimeout(ctx, 20*time.Second)
		same := screen.Wait(patience, func() bool { return slices.Equal(visible(screen.Shown(c.rid).Messages), want) })
		cancel()
		if !same {
			r.NotShown = append(r.NotShown, fmt.Sprintf("%s on %s's screen: %d of %d", c.rid, name,
				len(visible(screen.Shown(c.rid).Messages)), len(want)))
		}
	}
}

// visible lists the ids of the messages a person reads.
func visible(messages []chat.Message) []chat.MessageID {
	ids := []chat.MessageID{}
	for _, m := range messages {
		if !m.System() && !m.Hidden {
			ids = append(ids, m.ID)
		}
	}
	return ids
}

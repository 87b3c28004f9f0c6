package agents

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/clock"
	"github.com/foyerchat/foyer/platform/db"
)

// facts are what is stored about an agent and his connections.
type facts struct {
	agentRole, bot, active bool
	statusDefault          chat.Presence
	connected, atKeyboard  bool // a live connection; one that is not away
	switched               chat.Availability
	systemModified         bool          // the server switched off, not the agent
	open                   []chat.HourID // business hours open for him
	bound                  bool          // he follows business hours
	announced              state         // what was last stored
}

// state is what follows from the facts and others may see or count on.
type state struct {
	switched       chat.Availability
	systemModified bool
	status         chat.Presence // effective
	connection     chat.Presence // of the connections alone
	ready          bool          // availability conditions 1-4
	open           string        // business hours open for him, a JSON array; "" follows none
}

// infer derives the state (lifecycle 1.7 and 2.3, conditions 1-4).
func (f facts) infer(idleCounts bool) state {
	s := state{switched: f.switched, systemModified: f.systemModified, connection: f.ofConnections(), open: f.openText()}
	s.status = s.connection
	if s.connection != chat.Offline && f.statusDefault != chat.Online {
		s.status = f.statusDefault
	}
	present := f.bot || s.status != chat.Offline
	awake := idleCounts || f.bot || s.connection != chat.Away
	s.ready = f.agentRole && f.active && f.switched == chat.Available && present && awake
	return s
}

func (f facts) ofConnections() chat.Presence {
	switch {
	case f.atKeyboard:
		return chat.Online
	case f.connected:
		return chat.Away
	default:
		return chat.Offline
	}
}

// visible reports whether the change from one state to the other is worth telling.
func (s state) visible(next state) bool {
	return s.switched != next.switched || s.status != next.status || s.ready != next.ready
}

// change says whose state may have changed, and why.
type change struct {
	agent chat.AgentID
	cause chat.Cause
	by    chat.UserID
	at    clock.Instant // 0: now
}

// settle compares what follows from the facts with what was last stored. A
// difference is stored; a visible one is recorded and announced too, all in this
// transaction. A deactivation is announced in any case: it ends the agent's chats.
func (s *Service) settle(ctx context.Context, tx *db.Tx, f facts, c change) error {
	if f.followHours() {
		c.cause, c.by = chat.CauseHours, ""
	}
	now := f.infer(s.Settings.Current().EnabledWhenAgentIdle)
	announce := f.announced.visible(now) || c.cause == chat.CauseDeactivated
	if now == f.announced && !announce {
		return nil
	}
	if err := saveState(ctx, tx, c.agent, now); err != nil {
		return err
	}
	if !announce {
		return nil
	}
	return s.record(ctx, tx, c, now)
}

func (s *Service) record(ctx context.Context, tx *db.Tx, c change, now state) error {
	if err := insertChange(ctx, tx, c, now); err != nil {
		return err
	}
	u, err := user(ctx, tx, c.agent, tx.Now())
	if err != nil {
		return err
	}
	return tx.Emit(ctx, chat.AgentChanged{Agent: u, Cause: c.cause, Ready: now.ready})
}

// lock reads an agent's facts and keeps other changes of him waiting until the
// transaction ends; false: the user is no agent.
func (s *Service) lock(ctx context.Context, tx *db.Tx, u chat.UserID) (facts, bool, error) {
	if locked, err := lockAgent(ctx, tx, u); err != nil || !locked {
		return facts{}, false, err
	}
	f, err := userFacts(ctx, tx, u)
	if err == nil {
		f.open, f.bound, err = s.Hours.Open(ctx, tx, u, tx.Now())
	}
	return f, err == nil, err
}

// Reassess looks at one agent again after something others decide about changed:
// roles, the presence he chose, a setting, a connection.
func (s *Service) Reassess(ctx context.Context, tx *db.Tx, u chat.UserID, cause chat.Cause) error {
	f, ok, err := s.lock(ctx, tx, u)
	if err != nil || !ok {
		return err
	}
	return s.settle(ctx, tx, f, change{agent: u, cause: cause})
}

// ReassessAll looks at every agent again, each in a transaction of his own.
func (s *Service) ReassessAll(ctx context.Context, cause chat.Cause) error {
	all, err := agentIDs(ctx, s.DB)
	if err != nil {
		return err
	}
	for _, u := range all {
		if err := s.DB.InTx(ctx, func(tx *db.Tx) error { return s.Reassess(ctx, tx, u, cause) }); err != nil {
			return err
		}
	}
	return nil
}

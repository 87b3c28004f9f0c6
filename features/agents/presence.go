package agents

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
)

const (
	lease = 45 * time.Second // of a connection; renewed every 15 s
	grace = 5 * time.Second  // after a connection ended, for a page that reloads (RT-21)
	sweep = 30 * time.Second // between two looks for leases that ran out, at most

	standingLease = 10 * 365 * 24 * time.Hour // the session ends it
)

// connections remembers who holds the connections this process renews, so that a
// lease that was lost (a long pause of the process, say) can be taken again.
type connections struct {
	mu    sync.Mutex
	known map[string]connection
}

type connection struct {
	user    chat.UserID
	session chat.SessionID
	status  chat.Presence
}

func (c *connections) set(conn string, to connection) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.known[conn] = to
}

func (c *connections) find(conn string) (connection, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	held, ok := c.known[conn]
	return held, ok
}

func (c *connections) remove(conn string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.known, conn)
}

// Connected begins the lease of a user's connection; he is reachable from now on.
func (s *Service) Connected(ctx context.Context, conn string, u chat.UserID, session chat.SessionID) error {
	held := connection{user: u, session: session, status: chat.Online}
	s.connections.set(conn, held)
	return s.connect(ctx, conn, held)
}

func (s *Service) connect(ctx context.Context, conn string, c connection) error {
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		if _, err := lockAgent(ctx, tx, c.user); err != nil {
			return err
		}
		if err := removeStanding(ctx, tx, c.user); err != nil {
			return err
		}
		if err := insertLease(ctx, tx, conn, c, tx.Now().Add(lease)); err != nil {
			return err
		}
		return s.byServer(ctx, tx, c.user, serverChange{to: true, cause: chat.CauseConnected})
	})
}

// stand makes a user without any connection reachable as long as his session
// lasts, or until a connection of his tells better; choosing offline ends it.
func (s *Service) stand(ctx context.Context, tx *db.Tx, u chat.UserID, session chat.SessionID) error {
	if _, err := lockAgent(ctx, tx, u); err != nil {
		return err
	}
	if err := removeStanding(ctx, tx, u); err != nil {
		return err
	}
	f, err := userFacts(ctx, tx, u)
	if err != nil || f.connected || f.statusDefault == chat.Offline {
		return err
	}
	return insertLease(ctx, tx, standing(u), connection{user: u, session: session, status: chat.Online}, tx.Now().Add(standingLease))
}

// standing is the name of the lease that no connection holds.
func standing(u chat.UserID) string { return "standing:" + string(u) }

// Renew keeps the leases of connections that are alive; one that was lost meanwhile is taken again.
func (s *Service) Renew(ctx context.Context, conns []string) error {
	const batch = 500
	for len(conns) > 0 {
		some := conns[:min(batch, len(conns))]
		conns = conns[len(some):]
		if err := s.renew(ctx, some); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) renew(ctx context.Context, conns []string) error {
	held := map[string]bool{}
	err := s.DB.InTx(ctx, func(tx *db.Tx) error {
		clear(held)
		found, err := renewLeases(ctx, tx, conns)
		for _, conn := range found {
			held[conn] = true
		}
		return err
	})
	if err != nil {
		return err
	}
	for _, conn := range conns {
		if c, ok := s.connections.find(conn); ok && !held[conn] {
			if err := s.connect(ctx, conn, c); err != nil {
				return err
			}
		}
	}
	return nil
}

// Gone ends a connection. Its lease runs on for a moment, so that a page that
// reloads does not make its agent blink.
func (s *Service) Gone(ctx context.Context, conn string) error {
	s.connections.remove(conn)
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		if held, err := shortenLease(ctx, tx, conn, tx.Now().Add(grace)); err != nil || !held {
			return err
		}
		return tx.Enqueue(ctx, db.Job{Kind: sweepJob, Key: conn, DueAt: tx.Now().Add(grace)})
	})
}

// Idle notes that the person at a connection went away from the keyboard, or came back.
func (s *Service) Idle(ctx context.Context, conn string, away bool) error {
	status := chat.Online
	if away {
		status = chat.Away
	}
	if c, ok := s.connections.find(conn); ok {
		c.status = status
		s.connections.set(conn, c)
	}
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		u, err := setLeaseStatus(ctx, tx, conn, status)
		if errors.Is(err, db.ErrNoRows) {
			return nil
		}
		if err != nil {
			return err
		}
		return s.Reassess(ctx, tx, u, chat.CauseIdle)
	})
}

// Sweep ends the leases that ran out and announces who is not reachable any more.
func (s *Service) Sweep(ctx context.Context) error {
	for {
		lost, err := expired(ctx, s.DB, s.Clock.Now())
		if err != nil || len(lost) == 0 {
			return err
		}
		for _, u := range lost {
			if err := s.DB.InTx(ctx, func(tx *db.Tx) error { return s.drop(ctx, tx, u) }); err != nil {
				return err
			}
		}
	}
}

func (s *Service) drop(ctx context.Context, tx *db.Tx, u chat.UserID) error {
	ended, err := lastLeaseEnded(ctx, tx, u)
	if err != nil {
		return err
	}
	if err := removeExpired(ctx, tx, u, tx.Now()); err != nil {
		return err
	}
	f, ok, err := s.lock(ctx, tx, u)
	if err != nil || !ok {
		return err
	}
	return s.settle(ctx, tx, f, change{agent: u, cause: chat.CauseLost, at: ended}) // a server that was down kept nobody available (AN-45)
}

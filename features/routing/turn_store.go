package routing

import (
	"context"

	"github.com/foyerchat/foyer/chat"
	"github.com/foyerchat/foyer/platform/db"
)

// Set gives an agent a counter in a department's round robin: the one given, else
// he keeps what he has; a newcomer begins with the least of the others (RQ-AUTO-3).
func (s *Service) Set(ctx context.Context, tx *db.Tx, department chat.DepartmentID, agent chat.AgentID, count *int64) error {
	if count != nil {
		return setCount(ctx, tx, department, Count{agent, *count})
	}
	_, err := tx.Exec(ctx, `INSERT INTO turns (department_id, agent_id, count, counted_at) VALUES ($1, $2, COALESCE((
			SELECT min(t.count) FROM turns t JOIN department_agents m ON m.department_id = t.department_id AND m.agent_id = t.agent_id
			WHERE t.department_id = $1 AND t.agent_id <> $2), 0), $3)
		ON CONFLICT (department_id, agent_id) DO NOTHING`, department, agent, tx.Now())
	return err
}

// Drop forgets an agent's counter in a department that he left.
func (s *Service) Drop(ctx context.Context, tx *db.Tx, department chat.DepartmentID, agent chat.AgentID) error {
	_, err := tx.Exec(ctx, `DELETE FROM turns WHERE department_id = $1 AND agent_id = $2`, department, agent)
	return err
}

func setCount(ctx context.Context, tx *db.Tx, queue chat.DepartmentID, c Count) error {
	_, err := tx.Exec(ctx, `INSERT INTO turns (department_id, agent_id, count, counted_at) VALUES ($1, $2, $3, $4)
		ON CONFLICT (department_id, agent_id) DO UPDATE SET count = excluded.count, counted_at = excluded.counted_at`,
		queue, c.Agent, c.Count, tx.Now())
	return err
}

// setRouted notes when a load method chose an agent; it counts over all queues.
func setRouted(ctx context.Context, tx *db.Tx, agent chat.AgentID, at int64) error {
	_, err := tx.Exec(ctx, `INSERT INTO turns (department_id, agent_id, count, routed_at) VALUES ('', $1, COALESCE((
			SELECT min(t.count) FROM turns t WHERE t.department_id = ''), 0), $2)
		ON CONFLICT (department_id, agent_id) DO UPDATE SET routed_at = excluded.routed_at`, agent, at)
	return err
}

// setQueued notes when an agent was given a chat out of a queue.
func setQueued(ctx context.Context, tx *db.Tx, queue chat.DepartmentID, agent chat.AgentID) error {
	_, err := tx.Exec(ctx, `INSERT INTO turns (department_id, agent_id, count, queue_at) VALUES ($1, $2, COALESCE((
			SELECT min(t.count) FROM turns t WHERE t.department_id = $1), 0), $3)
		ON CONFLICT (department_id, agent_id) DO UPDATE SET queue_at = excluded.queue_at`, queue, agent, tx.Now())
	return err
}

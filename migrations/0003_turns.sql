-- When a counter of the round robin was last settled and since when its agent is
-- there: who comes back is lifted to the others.

-- +goose Up

-- features/routing
ALTER TABLE turns ADD COLUMN counted_at BIGINT NOT NULL DEFAULT 0;
CREATE TABLE offers ( -- the agent a visitor was shown as the next one
  visitor_id TEXT PRIMARY KEY REFERENCES visitors (id) ON DELETE CASCADE,
  agent_id   TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  at         BIGINT NOT NULL
);
CREATE INDEX inquiries_wish ON inquiries (department_id, default_agent) WHERE status = 'queued' AND default_agent <> '';

-- features/agents
ALTER TABLE agents ADD COLUMN ready_at BIGINT NOT NULL DEFAULT 0; -- when ready last became true

-- +goose Down
SELECT 'not undone: restore a backup instead';

-- A chat that waits for a proof remembers why its agent is preferred.

-- +goose Up

-- features/routing
ALTER TABLE inquiries ADD COLUMN default_agent_why TEXT NOT NULL DEFAULT ''; -- '' = asked for; shown or former

-- +goose Down
SELECT 'not undone: restore a backup instead';

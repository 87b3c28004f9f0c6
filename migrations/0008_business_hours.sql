-- Business hours: what was found open, when that was looked at last, the order of
-- the windows; agents who follow no business hours have no list of open ones.

-- +goose Up

-- features/hours
ALTER TABLE business_hours ADD COLUMN open BOOLEAN NOT NULL DEFAULT false; -- as last looked at
ALTER TABLE business_hour_days ADD COLUMN position BIGINT NOT NULL DEFAULT 0; -- in the order they were given
CREATE TABLE business_hour_checks ( -- one row: the latest instant the hours were looked at
  id TEXT PRIMARY KEY,
  at BIGINT NOT NULL
);

-- features/agents
UPDATE agents SET open_hours = ''; -- '' = follows none; [] = none is open

-- +goose Down
SELECT 'not undone: restore a backup instead';

-- Analytics: what each agent did in a conversation, and sums of it, so that figures of who
-- really answered do not go through all replies. All is counted anew.

-- +goose Up

-- features/analytics
CREATE TABLE analytics_parts ( -- of counted conversations
  room_id       TEXT NOT NULL,
  agent_id      TEXT NOT NULL,
  username      TEXT NOT NULL,
  ts            BIGINT NOT NULL, -- these three are the conversation's
  department_id TEXT NOT NULL,
  unit_id       TEXT NOT NULL,
  rooms         BIGINT NOT NULL, -- 1 for one of those who replied, so that conversations can be counted
  replied       BIGINT NOT NULL, -- 0 or 1
  messages      BIGINT NOT NULL,
  response_us   BIGINT NOT NULL, -- mean response time, microseconds
  firsts        BIGINT NOT NULL, -- 0 or 1: gave the first response
  first_ms      BIGINT NOT NULL,
  best_ms       BIGINT NOT NULL, -- -1: none
  reaction_ms   BIGINT NOT NULL,
  ended         BIGINT NOT NULL, -- 0 or 1
  duration_ms   BIGINT NOT NULL,
  PRIMARY KEY (room_id, agent_id)
);
CREATE INDEX analytics_parts_ts ON analytics_parts (ts);
CREATE TABLE analytics_part_sums ( -- of a UTC day, of 8 and of 64
  size          BIGINT NOT NULL, -- in days
  block         BIGINT NOT NULL, -- since 1970
  department_id TEXT NOT NULL,
  unit_id       TEXT NOT NULL,
  agent_id      TEXT NOT NULL,
  rooms         BIGINT NOT NULL DEFAULT 0,
  replied       BIGINT NOT NULL DEFAULT 0,
  messages      BIGINT NOT NULL DEFAULT 0,
  response_us   BIGINT NOT NULL DEFAULT 0,
  firsts        BIGINT NOT NULL DEFAULT 0,
  first_ms      BIGINT NOT NULL DEFAULT 0,
  best_ms       BIGINT NOT NULL DEFAULT -1,
  reaction_ms   BIGINT NOT NULL DEFAULT 0,
  ended         BIGINT NOT NULL DEFAULT 0,
  duration_ms   BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (size, block, department_id, unit_id, agent_id)
);
DELETE FROM analytics_rooms;
DELETE FROM analytics_days;
DELETE FROM analytics_blocks;
DELETE FROM analytics_slots;
DELETE FROM analytics_hours;
DELETE FROM analytics_labels;
DELETE FROM analytics_transfers;
DELETE FROM analytics_marks;

-- +goose Down
SELECT 'not undone: restore a backup instead';

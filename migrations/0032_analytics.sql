-- Analytics: what is counted of closed conversations, and sums of it.

-- +goose Up

-- features/analytics
CREATE TABLE analytics_rooms ( -- closed conversations; absent figures are NULL
  room_id        TEXT PRIMARY KEY, -- no key: the sums are put right after the room is gone
  visitor_id     TEXT NOT NULL,
  ts             BIGINT NOT NULL,
  closed_at      BIGINT NOT NULL,
  department_id  TEXT NOT NULL,
  unit_id        TEXT NOT NULL,
  agent_id       TEXT NOT NULL,
  waiting        BOOLEAN NOT NULL,
  messages       BIGINT NOT NULL,
  agent_messages BIGINT NOT NULL,
  response_us    BIGINT, -- mean response time, microseconds
  first_ms       BIGINT, -- first response
  reaction_ms    BIGINT, -- first reaction
  duration_ms    BIGINT NOT NULL,
  service_ms     BIGINT,
  inactivity_ms  BIGINT,
  span_ms        BIGINT, -- from the assignment to the agent's last message
  source         TEXT NOT NULL,
  tags           TEXT NOT NULL -- JSON
);
CREATE INDEX analytics_rooms_ts ON analytics_rooms (ts);
CREATE INDEX analytics_rooms_whose ON analytics_rooms (department_id, agent_id, ts);
CREATE INDEX analytics_rooms_visitor ON analytics_rooms (visitor_id);
CREATE TABLE analytics_days ( -- sums of a UTC day's conversations
  day           BIGINT NOT NULL, -- since 1970
  department_id TEXT NOT NULL,
  unit_id       TEXT NOT NULL,
  agent_id      TEXT NOT NULL,
  rooms         BIGINT NOT NULL DEFAULT 0,
  answered      BIGINT NOT NULL DEFAULT 0,
  messages      BIGINT NOT NULL DEFAULT 0,
  agent_messages BIGINT NOT NULL DEFAULT 0,
  responded     BIGINT NOT NULL DEFAULT 0,
  response_us   BIGINT NOT NULL DEFAULT 0,
  first_ms      BIGINT NOT NULL DEFAULT 0,
  waited_ms     BIGINT NOT NULL DEFAULT 0, -- first responses of the answered
  best_ms       BIGINT NOT NULL DEFAULT -1, -- -1: none
  slowest_ms    BIGINT NOT NULL DEFAULT 0,
  reaction_ms   BIGINT NOT NULL DEFAULT 0,
  slowest_reaction_ms BIGINT NOT NULL DEFAULT 0,
  duration_ms   BIGINT NOT NULL DEFAULT 0,
  longest_ms    BIGINT NOT NULL DEFAULT 0,
  served        BIGINT NOT NULL DEFAULT 0,
  service_ms    BIGINT NOT NULL DEFAULT 0,
  spans         BIGINT NOT NULL DEFAULT 0,
  span_ms       BIGINT NOT NULL DEFAULT 0,
  abandoned     BIGINT NOT NULL DEFAULT 0,
  last_closed   BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (day, department_id, unit_id, agent_id)
);
CREATE TABLE analytics_slots ( -- sums of a quarter of an hour; '*' is all departments, all units
  department_id TEXT NOT NULL,
  unit_id       TEXT NOT NULL,
  slot          BIGINT NOT NULL, -- since 1970
  rooms         BIGINT NOT NULL DEFAULT 0,
  messages      BIGINT NOT NULL DEFAULT 0,
  agent_messages BIGINT NOT NULL DEFAULT 0,
  responded     BIGINT NOT NULL DEFAULT 0,
  response_us   BIGINT NOT NULL DEFAULT 0,
  first_ms      BIGINT NOT NULL DEFAULT 0,
  best_ms       BIGINT NOT NULL DEFAULT -1,
  reaction_ms   BIGINT NOT NULL DEFAULT 0,
  duration_ms   BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (department_id, slot, unit_id)
);
CREATE TABLE analytics_labels ( -- conversations of a UTC day by source and by tag; tag '' is none
  day     BIGINT NOT NULL,
  kind    TEXT NOT NULL, -- source or tag
  label   TEXT NOT NULL,
  unit_id TEXT NOT NULL,
  rooms   BIGINT NOT NULL,
  PRIMARY KEY (kind, day, unit_id, label)
);
CREATE TABLE analytics_agents ( -- names of who served, also when they are gone
  agent_id TEXT PRIMARY KEY,
  username TEXT NOT NULL
);
CREATE TABLE analytics_marks (
  id    TEXT PRIMARY KEY,
  value BIGINT NOT NULL
);

-- features/rooms
CREATE INDEX rooms_open_ts ON rooms (ts, id) WHERE open;
CREATE INDEX messages_transfers ON messages (ts, room_id) WHERE t = 'livechat_transfer_history';

-- features/visitors
CREATE INDEX visitors_updated ON visitors (updated_at, department_id);

-- +goose Down
SELECT 'not undone: restore a backup instead';

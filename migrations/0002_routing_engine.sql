-- Departments, units, business hours, tags, priorities, SLA policies and what routing
-- records. Conventions as in the first migration; a list is a JSON array in TEXT.

-- +goose Up

-- features/units
CREATE TABLE units (
  id         TEXT PRIMARY KEY,
  name       TEXT NOT NULL,
  name_lower TEXT NOT NULL UNIQUE,
  visibility TEXT NOT NULL, -- public or private
  created_by TEXT NOT NULL DEFAULT '',
  updated_at BIGINT NOT NULL
);
CREATE TABLE unit_monitors (
  unit_id    TEXT NOT NULL REFERENCES units (id) ON DELETE CASCADE,
  monitor_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (unit_id, monitor_id)
);
CREATE INDEX unit_monitors_monitor ON unit_monitors (monitor_id);

-- features/tags
CREATE TABLE tags (
  id          TEXT PRIMARY KEY,
  name        TEXT NOT NULL,
  name_lower  TEXT NOT NULL UNIQUE,
  description TEXT NOT NULL DEFAULT '',
  updated_at  BIGINT NOT NULL
);
CREATE TABLE tag_departments ( -- none: usable everywhere; the department may be gone
  tag_id        TEXT NOT NULL REFERENCES tags (id) ON DELETE CASCADE,
  department_id TEXT NOT NULL,
  PRIMARY KEY (tag_id, department_id)
);

-- features/sla
CREATE TABLE priorities ( -- exactly five
  id         TEXT PRIMARY KEY,
  i18n       TEXT NOT NULL UNIQUE,
  name       TEXT NOT NULL DEFAULT '', -- when renamed
  weight     BIGINT NOT NULL UNIQUE,   -- 1 highest to 5 lowest
  updated_at BIGINT NOT NULL
);
INSERT INTO priorities (id, i18n, weight, updated_at) VALUES
  ('priority-1', 'Highest', 1, 0), ('priority-2', 'High', 2, 0), ('priority-3', 'Medium', 3, 0),
  ('priority-4', 'Low', 4, 0), ('priority-5', 'Lowest', 5, 0);
CREATE TABLE sla_policies (
  id          TEXT PRIMARY KEY,
  name        TEXT NOT NULL,
  name_lower  TEXT NOT NULL UNIQUE,
  description TEXT NOT NULL DEFAULT '',
  minutes     BIGINT NOT NULL UNIQUE,
  updated_at  BIGINT NOT NULL
);

-- features/hours
CREATE TABLE business_hours (
  id         TEXT PRIMARY KEY,
  type       TEXT NOT NULL, -- default or custom
  name       TEXT NOT NULL DEFAULT '',
  name_lower TEXT NOT NULL UNIQUE,
  active     BOOLEAN NOT NULL,
  timezone   TEXT NOT NULL, -- a name of the zone database
  utc_offset BIGINT NOT NULL DEFAULT 0, -- minutes, of the zone when it was saved
  ts         BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE TABLE business_hour_days ( -- open windows in local time; several a day may exist
  hour_id TEXT NOT NULL REFERENCES business_hours (id) ON DELETE CASCADE,
  day     BIGINT NOT NULL, -- 0 Sunday to 6 Saturday
  start   BIGINT NOT NULL, -- minute of the day
  finish  BIGINT NOT NULL,
  open    BOOLEAN NOT NULL,
  PRIMARY KEY (hour_id, day, start)
);

-- features/routing
CREATE TABLE turns ( -- who was given a chat of a queue, and when; department '' is the public queue
  department_id TEXT NOT NULL,
  agent_id      TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  count         BIGINT NOT NULL DEFAULT 0, -- the round robin's counter
  queue_at      BIGINT NOT NULL DEFAULT 0, -- last given from the waiting queue
  routed_at     BIGINT NOT NULL DEFAULT 0, -- last given by a load method; in the public queue's row only
  PRIMARY KEY (department_id, agent_id)
);
INSERT INTO turns (department_id, agent_id, count) SELECT department_id, agent_id, livechat_count FROM department_agents;
INSERT INTO turns (department_id, agent_id, count) SELECT '', user_id, livechat_count FROM agents;
ALTER TABLE inquiries ADD COLUMN priority_weight BIGINT NOT NULL DEFAULT 99;
ALTER TABLE inquiries ADD COLUMN sla_minutes BIGINT NOT NULL DEFAULT 9999999;
ALTER TABLE inquiries ADD COLUMN deadline BIGINT NOT NULL DEFAULT 0; -- ts + sla_minutes
CREATE INDEX inquiries_by_age ON inquiries (department_id, ts, updated_at DESC, id) WHERE status = 'queued';
CREATE INDEX inquiries_by_priority ON inquiries (department_id, priority_weight, ts, updated_at DESC, id) WHERE status = 'queued';
CREATE INDEX inquiries_by_sla ON inquiries (department_id, sla_minutes, ts, updated_at DESC, id) WHERE status = 'queued';
CREATE INDEX inquiries_by_deadline ON inquiries (department_id, deadline, ts, updated_at DESC, id) WHERE status = 'queued';
ALTER TABLE decisions ADD COLUMN kind TEXT NOT NULL DEFAULT '';
ALTER TABLE decisions ADD COLUMN department_id TEXT NOT NULL DEFAULT '';
ALTER TABLE decisions ADD COLUMN facts TEXT NOT NULL DEFAULT ''; -- all inputs, to decide again
ALTER TABLE decisions ADD COLUMN hash TEXT NOT NULL DEFAULT '';  -- of the outcome
CREATE INDEX decisions_at ON decisions (at, id);

-- features/departments
ALTER TABLE departments ADD COLUMN unit_id TEXT NOT NULL DEFAULT '';
ALTER TABLE departments ADD COLUMN business_hour_id TEXT NOT NULL DEFAULT '';
ALTER TABLE departments ADD COLUMN offline_channel TEXT NOT NULL DEFAULT '';
ALTER TABLE departments ADD COLUMN request_tag BOOLEAN NOT NULL DEFAULT false; -- before closing
ALTER TABLE departments ADD COLUMN closing_tags TEXT NOT NULL DEFAULT '[]';
ALTER TABLE departments ADD COLUMN fallback_id TEXT NOT NULL DEFAULT '';
ALTER TABLE departments ADD COLUMN forward_to TEXT NOT NULL DEFAULT '[]'; -- departments; none = all
ALTER TABLE departments ADD COLUMN receive_offline BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE departments ADD COLUMN max_chats BIGINT NOT NULL DEFAULT 0; -- an agent; 0 = not set
ALTER TABLE departments ADD COLUMN abandon_seconds BIGINT NOT NULL DEFAULT 0; -- 0 = not set
ALTER TABLE departments ADD COLUMN abandon_message TEXT NOT NULL DEFAULT '';
ALTER TABLE departments ADD COLUMN queue_message TEXT NOT NULL DEFAULT '';
ALTER TABLE departments ADD COLUMN extra TEXT NOT NULL DEFAULT '{}'; -- fields of clients we do not know
ALTER TABLE department_agents DROP COLUMN livechat_count;
CREATE INDEX departments_unit ON departments (unit_id) WHERE unit_id <> '';
CREATE INDEX departments_hour ON departments (business_hour_id) WHERE business_hour_id <> '';

-- features/agents
ALTER TABLE agents ADD COLUMN max_chats BIGINT NOT NULL DEFAULT 0; -- own limit; 0 = not set
ALTER TABLE agents DROP COLUMN livechat_count;
ALTER TABLE agents ADD COLUMN open_hours TEXT NOT NULL DEFAULT '[]'; -- business hours open for him now

-- features/visitors
ALTER TABLE visitors ADD COLUMN last_agent TEXT NOT NULL DEFAULT ''; -- user id, given by the server
ALTER TABLE visitors ADD COLUMN last_agent_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE visitors ADD COLUMN contact_manager TEXT NOT NULL DEFAULT ''; -- user id

-- features/rooms
ALTER TABLE rooms ADD COLUMN unit_id TEXT NOT NULL DEFAULT ''; -- of its department; departmentAncestors
ALTER TABLE rooms ADD COLUMN priority_id TEXT NOT NULL DEFAULT '';
ALTER TABLE rooms ADD COLUMN sla_id TEXT NOT NULL DEFAULT '';
ALTER TABLE rooms ADD COLUMN held_at BIGINT NOT NULL DEFAULT 0; -- since when it is on hold
ALTER TABLE rooms ADD COLUMN abandoned_at BIGINT NOT NULL DEFAULT 0; -- when the visitor counts as gone
ALTER TABLE rooms ADD COLUMN transferred_at BIGINT NOT NULL DEFAULT 0; -- moved on because nobody answered
CREATE INDEX rooms_unit ON rooms (unit_id, ts) WHERE unit_id <> '';
CREATE INDEX rooms_sla ON rooms (sla_id) WHERE open AND sla_id <> '';
CREATE INDEX rooms_closed_department ON rooms (department_id, closed_at) WHERE NOT open;

-- +goose Down
SELECT 'not undone: restore a backup instead';

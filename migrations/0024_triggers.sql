-- Triggers, what they did on the visits of visitors who acted, and how a room came about.

-- +goose Up

-- features/triggers
CREATE TABLE triggers (
  id          TEXT PRIMARY KEY,
  number      BIGINT NOT NULL UNIQUE, -- for people and pages; never given twice
  name        TEXT NOT NULL,
  description TEXT NOT NULL,
  enabled     BOOLEAN NOT NULL,
  run_once    BOOLEAN NOT NULL,
  site_id     TEXT NOT NULL DEFAULT '', -- '' = on every site
  conditions  TEXT NOT NULL, -- JSON
  actions     TEXT NOT NULL, -- JSON
  updated_at  BIGINT NOT NULL
);
CREATE TABLE trigger_visits ( -- page loads, told by the browser once its visitor has acted
  visitor_id TEXT NOT NULL,
  id         TEXT NOT NULL, -- chosen by the browser
  site_id    TEXT NOT NULL,
  facts      TEXT NOT NULL, -- JSON: what happened, in order
  ledger     TEXT NOT NULL, -- JSON: what each trigger did and why
  began_at   BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (visitor_id, id)
);
CREATE INDEX trigger_visits_began ON trigger_visits (began_at, id);
CREATE TABLE trigger_firings ( -- which triggers a visitor has met
  visitor_id TEXT NOT NULL,
  trigger_id TEXT NOT NULL REFERENCES triggers (id) ON DELETE CASCADE,
  at         BIGINT NOT NULL,
  PRIMARY KEY (visitor_id, trigger_id)
);

-- features/rooms
ALTER TABLE rooms ADD COLUMN initiator TEXT NOT NULL DEFAULT 'client'; -- client, trigger, api or operator

-- +goose Down
SELECT 'not undone: restore a backup instead';

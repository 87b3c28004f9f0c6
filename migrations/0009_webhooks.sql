-- What is told to other people's servers, and how that went.

-- +goose Up

-- features/rooms
ALTER TABLE rooms ADD COLUMN crm_data TEXT NOT NULL DEFAULT ''; -- what the CRM answered last

-- features/webhooks
CREATE TABLE webhook_destinations ( -- of 'crm' the settings say where, with what token and which events
  id           TEXT PRIMARY KEY,
  name         TEXT NOT NULL,
  url          TEXT NOT NULL DEFAULT '',
  token        TEXT NOT NULL DEFAULT '',
  events       TEXT NOT NULL DEFAULT '[]', -- JSON
  enabled      BOOLEAN NOT NULL DEFAULT true,
  secret       TEXT NOT NULL DEFAULT '',
  old_secret   TEXT NOT NULL DEFAULT '', -- signs too, until old_until
  old_until    BIGINT NOT NULL DEFAULT 0,
  failures     BIGINT NOT NULL DEFAULT 0, -- without an answer, one after the other
  open_until   BIGINT NOT NULL DEFAULT 0, -- nothing is sent before
  created_at   BIGINT NOT NULL,
  updated_at   BIGINT NOT NULL
);
INSERT INTO webhook_destinations (id, name, created_at, updated_at) VALUES ('crm', 'CRM', 0, 0);
CREATE TABLE webhook_events (
  id         TEXT PRIMARY KEY,
  source     TEXT NOT NULL, -- the event it was made of
  kind       TEXT NOT NULL,
  type       TEXT NOT NULL,
  room_id    TEXT NOT NULL,
  visitor_id TEXT NOT NULL,
  body       TEXT NOT NULL,
  at         BIGINT NOT NULL,
  UNIQUE (source, kind)
);
CREATE INDEX webhook_events_visitor ON webhook_events (visitor_id);
CREATE INDEX webhook_events_at ON webhook_events (at, id);
CREATE TABLE webhook_deliveries (
  id             TEXT PRIMARY KEY,
  event_id       TEXT NOT NULL REFERENCES webhook_events (id) ON DELETE CASCADE,
  destination_id TEXT NOT NULL REFERENCES webhook_destinations (id) ON DELETE CASCADE,
  room_id        TEXT NOT NULL,
  number         BIGINT NOT NULL, -- the order of everything that is sent
  status         TEXT NOT NULL,   -- pending, sent, dead or dropped
  attempt        BIGINT NOT NULL DEFAULT 0, -- how many have ended
  due_at         BIGINT NOT NULL,
  lease_until    BIGINT NOT NULL DEFAULT 0,
  last_status    BIGINT NOT NULL DEFAULT 0, -- 0 = no answer
  last_error     TEXT NOT NULL DEFAULT '',
  created_at     BIGINT NOT NULL,
  done_at        BIGINT NOT NULL DEFAULT 0,
  UNIQUE (event_id, destination_id)
);
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (destination_id, due_at, number) WHERE status = 'pending';
CREATE INDEX webhook_deliveries_first ON webhook_deliveries (destination_id, room_id, number) WHERE status = 'pending' AND attempt = 0;
CREATE INDEX webhook_deliveries_dead ON webhook_deliveries (number) WHERE status = 'dead';
CREATE INDEX webhook_deliveries_number ON webhook_deliveries (number);
CREATE INDEX webhook_deliveries_room ON webhook_deliveries (room_id, number);
CREATE TABLE webhook_attempts (
  id          TEXT PRIMARY KEY,
  delivery_id TEXT NOT NULL REFERENCES webhook_deliveries (id) ON DELETE CASCADE,
  attempt     BIGINT NOT NULL,
  at          BIGINT NOT NULL,
  duration    BIGINT NOT NULL, -- milliseconds
  status      BIGINT NOT NULL, -- 0 = no answer
  error       TEXT NOT NULL DEFAULT '',
  answer      TEXT NOT NULL DEFAULT '' -- cut
);
CREATE INDEX webhook_attempts_delivery ON webhook_attempts (delivery_id, at, id);

-- +goose Down
SELECT 'not undone: restore a backup instead';

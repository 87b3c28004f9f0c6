-- Text messages as a channel.

-- +goose Up

-- features/sms
CREATE TABLE sms_numbers ( -- who has written from which number
  number     TEXT PRIMARY KEY, -- its digits, or what there is instead
  visitor_id TEXT NOT NULL REFERENCES visitors (id) ON DELETE CASCADE
);
CREATE INDEX sms_numbers_visitor ON sms_numbers (visitor_id);
CREATE TABLE sms_outgoing ( -- what agents said to people with telephones, and what became of it
  message_id TEXT PRIMARY KEY,
  room_id    TEXT NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
  seq        BIGINT NOT NULL,
  state      TEXT NOT NULL, -- waiting, sent, failed or nothing to send
  attempts   BIGINT NOT NULL,
  due_at     BIGINT NOT NULL
);
CREATE INDEX sms_outgoing_waiting ON sms_outgoing (room_id, seq) WHERE state = 'waiting';

-- +goose Down
SELECT 'not undone: restore a backup instead';

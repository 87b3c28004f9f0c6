-- Analytics: the transfers of counted conversations, so that nobody goes through the
-- conversations to find their departments.

-- +goose Up

-- features/rooms
CREATE INDEX messages_transferred ON messages (room_id, ts) WHERE t = 'livechat_transfer_history';

-- features/analytics
CREATE TABLE analytics_transfers (
  message_id    TEXT PRIMARY KEY, -- no key: put right after the message is gone
  room_id       TEXT NOT NULL,
  ts            BIGINT NOT NULL,
  department_id TEXT NOT NULL, -- of the conversation, as it is counted
  unit_id       TEXT NOT NULL
);
CREATE INDEX analytics_transfers_room ON analytics_transfers (room_id);
CREATE INDEX analytics_transfers_ts ON analytics_transfers (ts, department_id, unit_id);
INSERT INTO analytics_transfers (message_id, room_id, ts, department_id, unit_id)
SELECT m.id, m.room_id, m.ts, f.department_id, f.unit_id FROM messages m JOIN analytics_rooms f ON f.room_id = m.room_id
WHERE m.t = 'livechat_transfer_history';

-- +goose Down
SELECT 'not undone: restore a backup instead';

-- A membership knows what its room is like, so that an agent's chats are counted without
-- looking at rooms.

-- +goose Up

-- features/rooms
ALTER TABLE subscriptions ADD COLUMN department_id TEXT NOT NULL DEFAULT ''; -- of the room
ALTER TABLE subscriptions ADD COLUMN on_hold BOOLEAN NOT NULL DEFAULT false;  -- the room is
UPDATE subscriptions SET department_id = COALESCE((SELECT r.department_id FROM rooms r WHERE r.id = room_id), ''),
  on_hold = COALESCE((SELECT r.on_hold FROM rooms r WHERE r.id = room_id), false);
DROP INDEX subscriptions_user;
CREATE INDEX subscriptions_user ON subscriptions (user_id, room_id, on_hold, department_id);

-- +goose Down
SELECT 'not undone: restore a backup instead';

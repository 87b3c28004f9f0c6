-- What the timers of a room count from.

-- +goose Up

-- features/rooms
ALTER TABLE rooms ADD COLUMN silent_at BIGINT NOT NULL DEFAULT 0; -- since when its visitor owes an answer; 0 = he owes none

-- +goose Down
SELECT 'not undone: restore a backup instead';

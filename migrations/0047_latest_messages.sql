-- The latest messages with words: PostgreSQL looks through them before it asks its index
-- of words, which would name all messages that hold a frequent one.

-- +goose Up

-- features/rooms
-- +only postgresql
CREATE INDEX messages_spoken ON messages (ts, id) WHERE words <> '';
-- +end

-- +goose Down
SELECT 'not undone: restore a backup instead';

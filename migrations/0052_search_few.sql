-- The rooms an agent served, open and closed: what he may see is searched there, unless
-- it is much. And PostgreSQL's index of words gets what is new in smaller portions, as
-- every search reads what it has not got yet.

-- +goose Up

-- features/rooms
CREATE INDEX rooms_server ON rooms (served_by) WHERE served_by <> '';
-- +only postgresql
ALTER INDEX message_words SET (gin_pending_list_limit = 512);
-- +end

-- +goose Down
SELECT 'not undone: restore a backup instead';

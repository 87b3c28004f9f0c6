-- One text for SQLite and PostgreSQL. Times are BIGINT epoch milliseconds; what only
-- some records carry is JSON in TEXT. The feature named before a table owns it.

-- +goose Up

-- features/accounts
CREATE TABLE portraits (
	user_id TEXT PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
	type    TEXT NOT NULL,
	content TEXT NOT NULL, -- base64, small: it goes with the user, in his transaction
	tag     TEXT NOT NULL  -- of the content
);
CREATE INDEX users_name ON users (name); -- pictures are asked for by display name, too

-- +goose Down
SELECT 'not undone: restore a backup instead';

-- One text for SQLite and PostgreSQL. Times are BIGINT epoch milliseconds; what only
-- some records carry is JSON in TEXT. The feature named before a table owns it.

-- +goose Up

-- features/transcripts
CREATE TABLE pdf_notices ( -- what became of the PDFs somebody asked for, until he puts it away
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  room_id TEXT NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
  file_id TEXT NOT NULL, -- '': it could not be made
  at      BIGINT NOT NULL,
  PRIMARY KEY (user_id, room_id)
);
CREATE INDEX pdf_notices_room ON pdf_notices (room_id);

-- +goose Down
SELECT 'not undone: restore a backup instead';

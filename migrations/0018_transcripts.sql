-- What is written down of a chat.

-- +goose Up

-- features/rooms
ALTER TABLE rooms ADD COLUMN transcript_request TEXT NOT NULL DEFAULT ''; -- JSON or '': to be mailed at the end
ALTER TABLE rooms ADD COLUMN pdf_requested BOOLEAN NOT NULL DEFAULT false; -- one is being made
ALTER TABLE rooms ADD COLUMN pdf_file TEXT NOT NULL DEFAULT ''; -- the last one made

-- features/transcripts
CREATE TABLE transcript_mails ( -- jobs that are done: a repeated attempt mails nothing
  job TEXT PRIMARY KEY,
  at  BIGINT NOT NULL
);

-- +goose Down
SELECT 'not undone: restore a backup instead';

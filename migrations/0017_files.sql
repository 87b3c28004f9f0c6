-- Files of conversations; their content is in the blob store under the id.

-- +goose Up

-- features/files
CREATE TABLE files (
  id         TEXT PRIMARY KEY,
  room_id    TEXT NOT NULL, -- no key: a file outlives its room until its content is gone
  message_id TEXT NOT NULL DEFAULT '', -- '' = not said yet
  kind       TEXT NOT NULL DEFAULT 'upload', -- upload, or what the server itself made of the room
  name       TEXT NOT NULL,
  type       TEXT NOT NULL,
  size       BIGINT NOT NULL,
  width      BIGINT NOT NULL DEFAULT 0, -- of pictures
  height     BIGINT NOT NULL DEFAULT 0,
  preview    TEXT NOT NULL DEFAULT '',
  thumbnail  BOOLEAN NOT NULL DEFAULT false, -- a smaller picture is stored too
  by_visitor BOOLEAN NOT NULL,
  sender_id  TEXT NOT NULL,
  secret     TEXT NOT NULL, -- signs links to this file
  created_at BIGINT NOT NULL
);
CREATE INDEX files_room ON files (room_id, created_at);
CREATE INDEX files_message ON files (message_id);
CREATE INDEX files_created ON files (created_at);

-- +goose Down
SELECT 'not undone: restore a backup instead';

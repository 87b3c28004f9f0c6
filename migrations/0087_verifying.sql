-- A room may wait until its channel is verified, and knows that it was.

-- +goose Up

-- features/rooms
ALTER TABLE rooms ADD COLUMN verifying BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE rooms ADD COLUMN verified BOOLEAN NOT NULL DEFAULT false;
CREATE INDEX rooms_verifying ON rooms (visitor_id) WHERE verifying;

-- Facebook Messenger as a channel.

-- +goose Up

-- features/messenger
CREATE TABLE messenger_pages (
  id               TEXT PRIMARY KEY, -- Facebook's
  name             TEXT NOT NULL,
  access_token     TEXT NOT NULL, -- '' = that of the settings
  department_id    TEXT NOT NULL, -- '' = none
  welcome_message  TEXT NOT NULL,
  finished_message TEXT NOT NULL,
  offline_message  TEXT NOT NULL,
  subscribed       BOOLEAN NOT NULL,
  created_at       BIGINT NOT NULL,
  updated_at       BIGINT NOT NULL
);
CREATE TABLE messenger_people ( -- who writes to which page
  page_id    TEXT NOT NULL,
  person_id  TEXT NOT NULL, -- Facebook's, for this page; of a gateway its token
  visitor_id TEXT REFERENCES visitors (id) ON DELETE CASCADE, -- NULL = not met yet
  wrote_at   BIGINT NOT NULL,
  PRIMARY KEY (page_id, person_id)
);
CREATE UNIQUE INDEX messenger_people_visitor ON messenger_people (visitor_id) WHERE visitor_id IS NOT NULL;
CREATE TABLE messenger_incoming ( -- what came, and its id for a while so that a repeat is known
  id        TEXT PRIMARY KEY,
  page_id   TEXT NOT NULL,
  person_id TEXT NOT NULL,
  position  BIGINT NOT NULL, -- in what this person wrote
  note      TEXT NOT NULL, -- JSON; '' = done
  came_at   BIGINT NOT NULL,
  FOREIGN KEY (page_id, person_id) REFERENCES messenger_people (page_id, person_id) ON DELETE CASCADE
);
CREATE INDEX messenger_incoming_waiting ON messenger_incoming (page_id, person_id, position);
CREATE INDEX messenger_incoming_done ON messenger_incoming (came_at) WHERE note = '';
CREATE TABLE messenger_outgoing ( -- what is said to people in Messenger, and what became of it
  id        TEXT PRIMARY KEY, -- the message's, or one of its own
  kind      TEXT NOT NULL, -- message, welcome, finished or offline
  page_id   TEXT NOT NULL,
  person_id TEXT NOT NULL,
  room_id   TEXT REFERENCES rooms (id) ON DELETE CASCADE, -- NULL = no chat was opened
  queued_at BIGINT NOT NULL,
  seq       BIGINT NOT NULL,
  state     TEXT NOT NULL, -- waiting, sent, failed or nothing to send
  parts     BIGINT NOT NULL, -- of it that were sent
  attempts  BIGINT NOT NULL, -- to send the next one
  due_at    BIGINT NOT NULL,
  FOREIGN KEY (page_id, person_id) REFERENCES messenger_people (page_id, person_id) ON DELETE CASCADE
);
CREATE INDEX messenger_outgoing_waiting ON messenger_outgoing (page_id, person_id, queued_at, seq) WHERE state = 'waiting';
CREATE INDEX messenger_outgoing_person ON messenger_outgoing (page_id, person_id);
CREATE INDEX messenger_outgoing_room ON messenger_outgoing (room_id);

-- +goose Down
SELECT 'not undone: restore a backup instead';

-- Contacts: the people behind visitors. Every visitor there is becomes one of his own.

-- +goose Up

-- features/contacts
CREATE TABLE contacts (
  id           TEXT PRIMARY KEY,
  name         TEXT NOT NULL,
  search       TEXT NOT NULL, -- folded name, addresses and numbers
  manager      TEXT NOT NULL DEFAULT '', -- user id
  unknown      BOOLEAN NOT NULL,
  conflicts    TEXT NOT NULL DEFAULT '[]', -- JSON
  last_chat_id TEXT NOT NULL DEFAULT '',
  last_chat_at BIGINT NOT NULL DEFAULT 0,
  created_at   BIGINT NOT NULL,
  updated_at   BIGINT NOT NULL
);
CREATE INDEX contacts_name ON contacts (name, id);
CREATE INDEX contacts_manager ON contacts (manager) WHERE manager <> '';
CREATE TABLE contact_addresses (
  contact_id TEXT NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
  kind       TEXT NOT NULL, -- email or phone
  position   BIGINT NOT NULL,
  value      TEXT NOT NULL,
  PRIMARY KEY (contact_id, kind, position)
);
CREATE INDEX contact_addresses_value ON contact_addresses (kind, value);
CREATE TABLE contact_values ( -- of custom fields
  contact_id TEXT NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
  field      TEXT NOT NULL,
  value      TEXT NOT NULL,
  folded     TEXT NOT NULL, -- as it is searched
  PRIMARY KEY (contact_id, field)
);
CREATE INDEX contact_values_field ON contact_values (field);
CREATE TABLE contact_channels (
  visitor_id   TEXT NOT NULL,
  source_type  TEXT NOT NULL,
  source_id    TEXT NOT NULL DEFAULT '',
  contact_id   TEXT NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
  name         TEXT NOT NULL,
  details      TEXT NOT NULL, -- JSON: the source
  verified     BOOLEAN NOT NULL DEFAULT false,
  blocked      BOOLEAN NOT NULL DEFAULT false,
  last_chat_id TEXT NOT NULL DEFAULT '',
  last_chat_at BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (visitor_id, source_type, source_id)
);
CREATE INDEX contact_channels_contact ON contact_channels (contact_id);

-- features/visitors
ALTER TABLE visitors ADD COLUMN contact_id TEXT NOT NULL DEFAULT '';
CREATE INDEX visitors_contact ON visitors (contact_id) WHERE contact_id <> '';

-- features/contacts
INSERT INTO contacts (id, name, search, manager, unknown, last_chat_id, last_chat_at, created_at, updated_at)
  SELECT id, CASE WHEN name = '' THEN username ELSE name END, search, contact_manager, true, last_chat_id, last_chat_at, ts, updated_at FROM visitors;
INSERT INTO contact_addresses (contact_id, kind, position, value) SELECT visitor_id, 'email', position, address FROM visitor_emails;
INSERT INTO contact_addresses (contact_id, kind, position, value) SELECT visitor_id, 'phone', position, number FROM visitor_phones;
INSERT INTO contact_channels (visitor_id, source_type, contact_id, name, details, last_chat_id, last_chat_at)
  SELECT r.visitor_id, r.source_type, r.visitor_id, r.source_type, MIN(r.source), MAX(r.id), MAX(r.ts)
  FROM rooms r WHERE r.visitor_id IN (SELECT id FROM visitors) GROUP BY r.visitor_id, r.source_type;

-- features/visitors
UPDATE visitors SET contact_id = id;

-- features/rooms
UPDATE rooms SET contact_id = visitor_id WHERE visitor_id IN (SELECT id FROM visitors);
CREATE INDEX rooms_contact ON rooms (contact_id, ts) WHERE contact_id <> '';

-- +goose Down
SELECT 'not undone: restore a backup instead';

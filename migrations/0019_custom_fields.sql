-- Custom fields: what visitors and rooms carry besides what everybody has.

-- +goose Up

-- features/fields
CREATE TABLE custom_fields (
  id            TEXT PRIMARY KEY,
  label         TEXT NOT NULL,
  scope         TEXT NOT NULL, -- visitor or room
  visibility    TEXT NOT NULL, -- visible or hidden
  regexp        TEXT NOT NULL DEFAULT '',
  searchable    BOOLEAN NOT NULL,
  type          TEXT NOT NULL, -- input or select
  required      BOOLEAN NOT NULL,
  default_value TEXT NOT NULL DEFAULT '',
  options       TEXT NOT NULL DEFAULT '',
  public        BOOLEAN NOT NULL,
  updated_at    BIGINT NOT NULL
);

-- features/visitors
ALTER TABLE visitors ADD COLUMN room_data TEXT NOT NULL DEFAULT '{}'; -- JSON: values for the next room

-- +goose Down
SELECT 'not undone: restore a backup instead';

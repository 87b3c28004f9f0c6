-- Who agreed to what is done with personal data, and when.

-- +goose Up

-- features/visitors
CREATE TABLE visitor_consents (
  visitor_id TEXT NOT NULL REFERENCES visitors (id) ON DELETE CASCADE,
  position   BIGINT NOT NULL,
  text       TEXT NOT NULL, -- the words that were accepted
  at         BIGINT NOT NULL,
  PRIMARY KEY (visitor_id, position)
);

-- +goose Down
SELECT 'not undone: restore a backup instead';

-- One text for SQLite and PostgreSQL. Times are BIGINT epoch milliseconds; what only
-- some records carry is JSON in TEXT. The feature named before a table owns it.

-- +goose Up

-- features/contacts
ALTER TABLE contact_channels ADD COLUMN verified_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE contact_channels ADD COLUMN field TEXT NOT NULL DEFAULT ''; -- of a verified one: email or phone
ALTER TABLE contact_channels ADD COLUMN value TEXT NOT NULL DEFAULT '';
CREATE INDEX contact_channels_verified ON contact_channels (field, value) WHERE verified;

-- +goose Down
SELECT 'not undone: restore a backup instead';

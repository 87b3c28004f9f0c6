-- Visitors on the sites are searched as other visitors are, and counted by address.

-- +goose Up

ALTER TABLE sightings ADD COLUMN search TEXT NOT NULL DEFAULT ''; -- folded: what staff's search looks in
ALTER TABLE sightings ADD COLUMN origin TEXT NOT NULL DEFAULT ''; -- hash of the address
CREATE INDEX sightings_origin ON sightings (origin);

-- +goose Down
SELECT 'not undone: restore a backup instead';

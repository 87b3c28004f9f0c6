-- Who is on the sites (owner: features/onsite): what triggers did, also before the visitor acts.

-- +goose Up

ALTER TABLE sightings ADD COLUMN ledger TEXT NOT NULL DEFAULT '[]'; -- JSON: what each trigger did on the page load and why

-- +goose Down
SELECT 'not undone: restore a backup instead';

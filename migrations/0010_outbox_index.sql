-- Nobody looks for events by their time; the index cost every event an entry and its removal.

-- +goose Up

-- platform/outbox
DROP INDEX outbox_at;

-- +goose Down
SELECT 'not undone: restore a backup instead';

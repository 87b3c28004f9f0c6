-- What is told of a room goes out in the order of the room, whichever process tells it.

-- +goose Up

-- platform/outbox
ALTER TABLE outbox ADD COLUMN place BIGINT NOT NULL DEFAULT 0; -- among the events of its key; 0 = none
CREATE INDEX outbox_place ON outbox (key, place) WHERE place > 0;

-- features/webhooks
ALTER TABLE webhook_deliveries ADD COLUMN place BIGINT NOT NULL DEFAULT 0; -- the room's number then
DROP INDEX webhook_deliveries_first;
CREATE INDEX webhook_deliveries_first ON webhook_deliveries (destination_id, room_id, place, number) WHERE status = 'pending' AND attempt = 0;

-- +goose Down
SELECT 'not undone: restore a backup instead';

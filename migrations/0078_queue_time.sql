-- How long a room was in the queue when it was first assigned. Of those of before it is
-- read off the messages: the first agent's coming, and the last time a person moved the
-- room to another queue before it.

-- +goose Up

-- features/rooms
ALTER TABLE rooms ADD COLUMN queue_ms BIGINT; -- NULL: was never assigned
UPDATE rooms SET queue_ms = x.queue_ms FROM (
  SELECT r.id, c.ts - COALESCE((SELECT max(m.ts) FROM messages m
    WHERE m.room_id = r.id AND m.t = 'livechat_transfer_history' AND m.ts < c.ts AND m.sender_id <> 'rocket.cat'), r.ts) AS queue_ms
  FROM rooms r JOIN (SELECT room_id, min(ts) AS ts FROM messages WHERE t = 'command' AND msg = 'connected' GROUP BY room_id) c ON c.room_id = r.id
) x WHERE rooms.id = x.id;

-- features/analytics
ALTER TABLE analytics_rooms ADD COLUMN queue_ms BIGINT; -- in the queue, until the first assignment
ALTER TABLE analytics_days ADD COLUMN assigned BIGINT NOT NULL DEFAULT 0;
ALTER TABLE analytics_days ADD COLUMN queue_ms BIGINT NOT NULL DEFAULT 0;
ALTER TABLE analytics_blocks ADD COLUMN assigned BIGINT NOT NULL DEFAULT 0;
ALTER TABLE analytics_blocks ADD COLUMN queue_ms BIGINT NOT NULL DEFAULT 0;
UPDATE analytics_rooms SET queue_ms = r.queue_ms FROM rooms r WHERE r.id = analytics_rooms.room_id;
UPDATE analytics_days SET assigned = x.assigned, queue_ms = x.queue_ms FROM (
  SELECT ts / 86400000 AS day, department_id, unit_id, agent_id, count(queue_ms) AS assigned, COALESCE(sum(queue_ms), 0) AS queue_ms
  FROM analytics_rooms GROUP BY 1, 2, 3, 4
) x WHERE x.day = analytics_days.day AND x.department_id = analytics_days.department_id
  AND x.unit_id = analytics_days.unit_id AND x.agent_id = analytics_days.agent_id;
UPDATE analytics_blocks SET assigned = x.assigned, queue_ms = x.queue_ms FROM (
  SELECT s.size, d.day / s.size AS block, d.department_id, d.unit_id, d.agent_id, sum(d.assigned) AS assigned, sum(d.queue_ms) AS queue_ms
  FROM analytics_days d CROSS JOIN (SELECT 8 AS size UNION ALL SELECT 64) s GROUP BY 1, 2, 3, 4, 5
) x WHERE x.size = analytics_blocks.size AND x.block = analytics_blocks.block AND x.department_id = analytics_blocks.department_id
  AND x.unit_id = analytics_blocks.unit_id AND x.agent_id = analytics_blocks.agent_id;

-- +goose Down
SELECT 'not undone: restore a backup instead';

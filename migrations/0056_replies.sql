-- Who answered: what counted as a response, message by message. Those of before are read
-- off the messages: the first one of an agent, and each first one after the visitor wrote.

-- +goose Up

-- features/rooms
CREATE TABLE room_replies (
  room_id        TEXT NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
  seq            BIGINT NOT NULL, -- of the message, which may be gone
  agent_id       TEXT NOT NULL,
  agent_username TEXT NOT NULL,
  took_ms        BIGINT NOT NULL,
  reaction_ms    BIGINT, -- since the assignment; only of the room's first
  PRIMARY KEY (room_id, seq)
);
INSERT INTO room_replies (room_id, seq, agent_id, agent_username, took_ms, reaction_ms)
SELECT x.room_id, x.seq, x.sender_id, x.sender_username, x.ts - COALESCE(x.asked, r.ts),
  CASE WHEN x.burst = 0 THEN x.ts - CASE WHEN r.served_at > 0 AND r.served_at < x.ts THEN r.served_at ELSE r.ts END END
FROM (
  SELECT m.*, min(CASE WHEN m.by_visitor THEN m.ts END) OVER (PARTITION BY m.room_id, m.burst) AS asked
  FROM (
    SELECT room_id, seq, sender_id, sender_username, ts, by_visitor,
      count(CASE WHEN by_visitor THEN NULL ELSE 1 END) OVER (PARTITION BY room_id ORDER BY seq ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS burst
    FROM messages WHERE t = '' AND NOT hidden
  ) m
) x JOIN rooms r ON r.id = x.room_id
WHERE NOT x.by_visitor AND (x.burst = 0 OR x.asked IS NOT NULL);

-- +goose Down
SELECT 'not undone: restore a backup instead';

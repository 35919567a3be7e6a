-- name: behind
-- The events of a user after a position.
-- parameters: user_id identifier, after integer, limit integer
-- result: table events
SELECT :columns FROM events
WHERE user_id = :user_id AND seq > :after ORDER BY seq LIMIT :limit

-- name: forget
-- Deletes the oldest events of a user.
-- parameters: user_id identifier, up_to integer
-- result: none
DELETE FROM events WHERE user_id = :user_id AND seq <= :up_to

-- name: oldest
-- The time of the oldest event per user, for the users after the given one, in their order.
-- parameters: after identifier, limit integer
-- result: user_id identifier, at timestamp?
SELECT h.user_id, (SELECT e.at FROM events e WHERE e.user_id = h.user_id ORDER BY e.seq LIMIT 1)
FROM event_heads h WHERE h.user_id > :after ORDER BY h.user_id LIMIT :limit

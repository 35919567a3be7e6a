-- name: advanceHeads
-- One event more for both users, in the order of their ids.
-- parameters: first_id identifier, second_id identifier
-- result: none
INSERT INTO event_heads (user_id, last_seq) VALUES (:first_id, 1), (:second_id, 1)
ON CONFLICT (user_id) DO UPDATE SET last_seq = event_heads.last_seq + 1

-- name: advanceHead
-- One event more for a user.
-- parameters: user_id identifier
-- result: none
INSERT INTO event_heads (user_id, last_seq) VALUES (:user_id, 1)
ON CONFLICT (user_id) DO UPDATE SET last_seq = event_heads.last_seq + 1

-- name: appendEvents
-- The event at the head of the users' logs; twice the same user is one.
-- parameters: first_id identifier, second_id identifier, kind text, message_id identifier?, subject_id identifier?, detail text?, now timestamp
-- result: none
INSERT INTO events (user_id, seq, kind, message_id, subject_id, detail, at)
SELECT user_id, last_seq, :kind, :message_id, :subject_id, :detail, :now
FROM event_heads WHERE user_id IN (:first_id, :second_id)

-- name: behind
-- A user's log behind a position.
-- parameters: user_id identifier, after integer, limit integer
-- result: table events
SELECT user_id, seq, kind, message_id, at, subject_id, detail FROM events
WHERE user_id = :user_id AND seq > :after ORDER BY seq LIMIT :limit

-- name: forget
-- Takes the oldest events of a user away.
-- parameters: user_id identifier, up_to integer
-- result: none
DELETE FROM events WHERE user_id = :user_id AND seq <= :up_to

-- name: oldest
-- The time of the first event of the logs behind a user's, in the order of the users.
-- parameters: after identifier, limit integer
-- result: user_id identifier, at timestamp?
SELECT h.user_id, (SELECT e.at FROM events e WHERE e.user_id = h.user_id ORDER BY e.seq LIMIT 1)
FROM event_heads h WHERE h.user_id > :after ORDER BY h.user_id LIMIT :limit

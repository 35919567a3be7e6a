-- name: nextSeq
-- The next position in a conversation; no row when there is no such recipient.
-- parameters: low_id identifier, high_id identifier, recipient_id identifier
-- result: seq integer
INSERT INTO conversations (low_id, high_id, last_seq)
SELECT :low_id, :high_id, 1 WHERE EXISTS (SELECT 1 FROM users WHERE id = :recipient_id)
ON CONFLICT (low_id, high_id) DO UPDATE SET last_seq = conversations.last_seq + 1
RETURNING last_seq

-- name: pageDown
-- parameters: low_id identifier, high_id identifier, before integer, earliest timestamp, latest timestamp, limit integer
-- result: table messages
SELECT id, low_id, high_id, seq, client_message_id, sender_id, recipient_id, body, reply_to_id, status, created_at,
    edited_at, deleted_at, session_id
FROM messages
WHERE low_id = :low_id AND high_id = :high_id AND seq < :before AND created_at >= :earliest AND created_at < :latest
ORDER BY seq DESC LIMIT :limit

-- name: pageUp
-- parameters: low_id identifier, high_id identifier, after integer, earliest timestamp, latest timestamp, limit integer
-- result: table messages
SELECT id, low_id, high_id, seq, client_message_id, sender_id, recipient_id, body, reply_to_id, status, created_at,
    edited_at, deleted_at, session_id
FROM messages
WHERE low_id = :low_id AND high_id = :high_id AND seq > :after AND created_at >= :earliest AND created_at < :latest
ORDER BY seq LIMIT :limit

-- name: isDue
-- Whether a mail's time has come.
-- parameters: now timestamp
-- result: id identifier
SELECT id FROM outbox WHERE next_at <= :now LIMIT 1

-- name: claim
-- Mails whose time has come, for one sender: until `until` nobody else takes them. The time is asked for twice: of two
-- nodes that choose the same row, the second sees on PostgreSQL that the first has moved it.
-- parameters: now timestamp, until timestamp, limit integer
-- result: table outbox
UPDATE outbox SET attempts = attempts + 1, next_at = :until
WHERE next_at <= :now AND id IN (SELECT id FROM outbox WHERE next_at <= :now ORDER BY next_at LIMIT :limit)
RETURNING id, recipient, subject, body, created_at, attempts, next_at

-- name: postpone
-- parameters: id identifier, next_at timestamp
-- result: none
UPDATE outbox SET next_at = :next_at WHERE id = :id

-- name: isDue
-- Whether a mail's time has come.
-- parameters: now timestamp
-- result: id identifier
SELECT id FROM outbox WHERE next_at <= :now ORDER BY next_at LIMIT 1

-- name: claim
-- Mails whose time has come, for one sender: until `until` nobody else takes them. On PostgreSQL nodes that ask at the
-- same time take different ones; the time is asked for again because another node may have moved a row meanwhile.
-- parameters: now timestamp, until timestamp, limit integer
-- result: table outbox
-- postgres:
UPDATE outbox SET attempts = attempts + 1, next_at = :until
WHERE next_at <= :now AND id IN (
    SELECT id FROM outbox WHERE next_at <= :now ORDER BY next_at LIMIT :limit FOR UPDATE SKIP LOCKED)
RETURNING id, recipient, subject, body, created_at, attempts, next_at
-- sqlite:
UPDATE outbox SET attempts = attempts + 1, next_at = :until
WHERE id IN (SELECT id FROM outbox WHERE next_at <= :now ORDER BY next_at LIMIT :limit)
RETURNING id, recipient, subject, body, created_at, attempts, next_at

-- name: postpone
-- parameters: id identifier, next_at timestamp
-- result: none
UPDATE outbox SET next_at = :next_at WHERE id = :id

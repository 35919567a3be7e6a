-- name: rotateSession
-- The next generation of refresh tokens; nothing when the session has moved on or has ended.
-- parameters: session_id identifier, generation integer, refresh_hash bytes, now timestamp
-- result: none
UPDATE sessions SET generation = :generation, refresh_hash = :refresh_hash, rotated_at = :now, last_used_at = :now
WHERE id = :session_id AND generation = :generation - 1 AND ended_at IS NULL

-- name: endSession
-- Ends a session; nodes that share the database hear of it with the commit, as of those below.
-- parameters: user_id identifier, session_id identifier, now timestamp
-- result: id identifier
-- postgres:
WITH ended AS (
    UPDATE sessions SET ended_at = :now WHERE id = :session_id AND user_id = :user_id AND ended_at IS NULL
    RETURNING id
)
SELECT id FROM ended WHERE pg_notify('session_ended', id::text) IS NOT NULL
-- sqlite:
UPDATE sessions SET ended_at = :now WHERE id = :session_id AND user_id = :user_id AND ended_at IS NULL
RETURNING id

-- name: endSessions
-- All living sessions of a user, but for one; an id of no session spares none.
-- parameters: user_id identifier, spared_id identifier, now timestamp
-- result: id identifier
-- postgres:
WITH ended AS (
    UPDATE sessions SET ended_at = :now WHERE user_id = :user_id AND id <> :spared_id AND ended_at IS NULL
    RETURNING id
)
SELECT id FROM ended WHERE pg_notify('session_ended', id::text) IS NOT NULL
-- sqlite:
UPDATE sessions SET ended_at = :now WHERE user_id = :user_id AND id <> :spared_id AND ended_at IS NULL
RETURNING id

-- name: endSurplusSessions
-- The sessions of a user beyond those that were used last.
-- parameters: user_id identifier, kept integer, batch integer, now timestamp
-- result: id identifier
-- postgres:
WITH ended AS (
    UPDATE sessions SET ended_at = :now WHERE id IN (
        SELECT id FROM sessions WHERE user_id = :user_id AND ended_at IS NULL
        ORDER BY last_used_at DESC, id DESC LIMIT :batch OFFSET :kept)
    RETURNING id
)
SELECT id FROM ended WHERE pg_notify('session_ended', id::text) IS NOT NULL
-- sqlite:
UPDATE sessions SET ended_at = :now WHERE id IN (
    SELECT id FROM sessions WHERE user_id = :user_id AND ended_at IS NULL
    ORDER BY last_used_at DESC, id DESC LIMIT :batch OFFSET :kept)
RETURNING id

-- name: livingSessions
-- parameters: user_id identifier, used_after timestamp, made_after timestamp, limit integer
-- result: table sessions
SELECT id, user_id, device_name, address_prefix, generation, refresh_hash, rotated_at, created_at, last_used_at, ended_at
FROM sessions
WHERE user_id = :user_id AND ended_at IS NULL AND last_used_at > :used_after AND created_at > :made_after
ORDER BY last_used_at DESC, id DESC LIMIT :limit

-- name: forgetSessions
-- Removes the rows of a user's sessions, which have ended.
-- parameters: user_id identifier
-- result: none
DELETE FROM sessions WHERE user_id = :user_id AND ended_at IS NOT NULL

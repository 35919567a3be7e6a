-- name: rotateSession
-- Stores the next refresh token of a session; changes no row if it was rotated meanwhile or the session has ended.
-- parameters: session_id identifier, generation integer, refresh_hash bytes, now timestamp
-- result: none
UPDATE sessions SET generation = :generation, refresh_hash = :refresh_hash, rotated_at = :now, last_used_at = :now
WHERE id = :session_id AND generation = :generation - 1 AND ended_at IS NULL

-- name: renewSession
-- Stores a new refresh token that the earlier one does not lead to: it skips a generation, because a refresh at the same
-- time may have derived the token of the next one. Changes no row if the session was rotated meanwhile or has ended.
-- parameters: session_id identifier, generation integer, refresh_hash bytes, now timestamp
-- result: none
UPDATE sessions SET generation = :generation, refresh_hash = :refresh_hash, rotated_at = NULL, last_used_at = :now
WHERE id = :session_id AND generation = :generation - 2 AND ended_at IS NULL

-- name: endSession
-- Ends a session.
-- parameters: user_id identifier, session_id identifier, now timestamp
-- result: id identifier
UPDATE sessions SET ended_at = :now WHERE id = :session_id AND user_id = :user_id AND ended_at IS NULL
RETURNING id

-- name: endSessions
-- Ends all active sessions of a user except one; an unknown `spared_id` ends them all.
-- parameters: user_id identifier, spared_id identifier, now timestamp
-- result: id identifier
UPDATE sessions SET ended_at = :now WHERE user_id = :user_id AND id <> :spared_id AND ended_at IS NULL
RETURNING id

-- name: endSurplusSessions
-- Ends the least recently used sessions of a user that exceed the maximum.
-- parameters: user_id identifier, kept integer, batch integer, now timestamp
-- result: id identifier
UPDATE sessions SET ended_at = :now WHERE id IN (
    SELECT id FROM sessions WHERE user_id = :user_id AND ended_at IS NULL
    ORDER BY last_used_at DESC, id DESC LIMIT :batch OFFSET :kept)
RETURNING id

-- name: livingSessions
-- parameters: user_id identifier, used_after timestamp, made_after timestamp, limit integer
-- result: table sessions
SELECT :columns FROM sessions
WHERE user_id = :user_id AND ended_at IS NULL AND last_used_at > :used_after AND created_at > :made_after
ORDER BY last_used_at DESC, id DESC LIMIT :limit

-- name: forgetSessions
-- Deletes the rows of a user's ended sessions.
-- parameters: user_id identifier
-- result: none
DELETE FROM sessions WHERE user_id = :user_id AND ended_at IS NOT NULL

-- name: start
-- Stores an unconfirmed secret in place of an earlier one; changes no row if a confirmed one exists.
-- parameters: user_id identifier, secret bytes
-- result: none
INSERT INTO two_factors (user_id, secret, confirmed_at, last_step) VALUES (:user_id, :secret, NULL, 0)
ON CONFLICT (user_id) DO UPDATE SET secret = excluded.secret, last_step = 0 WHERE two_factors.confirmed_at IS NULL

-- name: confirm
-- Confirms a secret and marks the time step of its code as used.
-- parameters: user_id identifier, secret bytes, step integer, now timestamp
-- result: none
UPDATE two_factors SET confirmed_at = :now, last_step = :step
WHERE user_id = :user_id AND secret = :secret AND confirmed_at IS NULL

-- name: reseal
-- Replaces the ciphertext of a secret, unless it has changed since.
-- parameters: user_id identifier, secret bytes, sealed bytes
-- result: none
UPDATE two_factors SET secret = :sealed WHERE user_id = :user_id AND secret = :secret

-- name: useStep
-- Marks a time step as used; changes no row if it or a later one was used before.
-- parameters: user_id identifier, step integer
-- result: none
UPDATE two_factors SET last_step = :step
WHERE user_id = :user_id AND confirmed_at IS NOT NULL AND last_step < :step

-- name: countRecoveryCodes
-- parameters: user_id identifier
-- result: left_over integer
SELECT COUNT(*) FROM recovery_codes WHERE user_id = :user_id

-- name: forgetRecoveryCodes
-- parameters: user_id identifier
-- result: none
DELETE FROM recovery_codes WHERE user_id = :user_id

-- name: countFailure
-- Counts a wrong code; inserts the row if it does not exist.
-- parameters: hash bytes, user_id identifier, expires_at timestamp
-- result: failures integer
INSERT INTO challenges (hash, user_id, device_name, failures, expires_at) VALUES (:hash, :user_id, NULL, 1, :expires_at)
ON CONFLICT (hash) DO UPDATE SET failures = challenges.failures + 1
RETURNING failures

-- name: countFailures
-- The number of wrong codes for an account within the lifetime of a challenge, and the time when the first expires.
-- parameters: user_id identifier, now timestamp
-- result: failures integer, first_expires_at timestamp?
SELECT CAST(COALESCE(SUM(failures), 0) AS bigint), MIN(expires_at) FROM challenges
WHERE user_id = :user_id AND failures > 0 AND expires_at > :now

-- name: forgetChallenges
-- parameters: user_id identifier
-- result: none
DELETE FROM challenges WHERE user_id = :user_id

-- name: pruneChallenges
-- parameters: now timestamp, limit integer
-- result: none
DELETE FROM challenges WHERE hash IN (
    SELECT hash FROM challenges WHERE expires_at <= :now ORDER BY expires_at LIMIT :limit)

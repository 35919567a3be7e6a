-- name: start
-- A secret to be confirmed, in place of an earlier one; nothing when one is in force.
-- parameters: user_id identifier, secret bytes
-- result: none
INSERT INTO two_factors (user_id, secret, confirmed_at, last_step) VALUES (:user_id, :secret, NULL, 0)
ON CONFLICT (user_id) DO UPDATE SET secret = excluded.secret, last_step = 0 WHERE two_factors.confirmed_at IS NULL

-- name: confirm
-- Puts a secret in force; the step of the code that proved it is used.
-- parameters: user_id identifier, secret bytes, step integer, now timestamp
-- result: none
UPDATE two_factors SET confirmed_at = :now, last_step = :step
WHERE user_id = :user_id AND secret = :secret AND confirmed_at IS NULL

-- name: reseal
-- Seals a secret anew, unless it has changed since.
-- parameters: user_id identifier, secret bytes, sealed bytes
-- result: none
UPDATE two_factors SET secret = :sealed WHERE user_id = :user_id AND secret = :secret

-- name: useStep
-- Each step counts once, and no earlier one after it.
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
-- A wrong code; the row is made where there is none.
-- parameters: hash bytes, user_id identifier, expires_at timestamp
-- result: failures integer
INSERT INTO challenges (hash, user_id, device_name, failures, expires_at) VALUES (:hash, :user_id, NULL, 1, :expires_at)
ON CONFLICT (hash) DO UPDATE SET failures = challenges.failures + 1
RETURNING failures

-- name: countFailures
-- The wrong codes for an account within the life of a challenge, and when the first of them is forgotten.
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

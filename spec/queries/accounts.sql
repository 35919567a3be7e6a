-- name: verifyEmail
-- Notes that the address of a user is proved.
-- parameters: user_id identifier, now timestamp
-- result: none
UPDATE users SET email_verified = TRUE, updated_at = :now WHERE id = :user_id

-- name: me
-- What users see of themselves.
-- parameters: user_id identifier
-- result: id identifier, email text, email_verified bool, display_name text, about text?, two_factor_enabled bool, has_picture bool, created_at timestamp, updated_at timestamp
SELECT u.id, u.email, u.email_verified, u.display_name, u.about,
    EXISTS (SELECT 1 FROM two_factors t WHERE t.user_id = u.id AND t.confirmed_at IS NOT NULL),
    EXISTS (SELECT 1 FROM pictures p WHERE p.user_id = u.id), u.created_at, u.updated_at
FROM users u WHERE u.id = :user_id AND u.deleted_at IS NULL

-- name: hold
-- Keeps others from changing the account until the change ends that begins with this.
-- parameters: user_id identifier
-- result: none
UPDATE users SET updated_at = updated_at WHERE id = :user_id

-- name: touch
-- parameters: user_id identifier, now timestamp
-- result: none
UPDATE users SET updated_at = :now WHERE id = :user_id

-- name: updateProfile
-- Changes the profile; `about` stays as it is unless it is to be set.
-- parameters: user_id identifier, display_name text, sets_about bool, about text?, now timestamp
-- result: none
UPDATE users
SET display_name = :display_name, about = CASE WHEN :sets_about THEN :about ELSE about END, updated_at = :now
WHERE id = :user_id AND deleted_at IS NULL

-- name: rehash
-- parameters: user_id identifier, password_hash text
-- result: none
UPDATE users SET password_hash = :password_hash WHERE id = :user_id

-- name: useToken
-- Takes a mailed token away and tells whose it was; an old one is nobody's.
-- parameters: hash bytes, purpose text, now timestamp
-- result: user_id identifier
DELETE FROM mail_tokens WHERE hash = :hash AND purpose = :purpose AND expires_at > :now RETURNING user_id

-- name: rotateSession
-- The next generation of refresh tokens.
-- parameters: session_id identifier, generation integer, refresh_hash bytes, now timestamp
-- result: none
UPDATE sessions SET generation = :generation, refresh_hash = :refresh_hash, rotated_at = :now, last_used_at = :now
WHERE id = :session_id

-- name: endSession
-- parameters: session_id identifier, now timestamp
-- result: none
UPDATE sessions SET ended_at = :now WHERE id = :session_id AND ended_at IS NULL

-- name: dueMails
-- parameters: now timestamp, limit integer
-- result: table outbox
SELECT id, recipient, subject, body, created_at, attempts, next_at FROM outbox WHERE next_at <= :now
ORDER BY next_at LIMIT :limit

-- name: postponeMail
-- parameters: id identifier, next_at timestamp
-- result: none
UPDATE outbox SET attempts = attempts + 1, next_at = :next_at WHERE id = :id

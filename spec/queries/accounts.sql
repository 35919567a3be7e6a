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

-- name: replaceHash
-- Puts a hash in the place of the one that a password was checked against; nothing when that is no longer in force.
-- The account is held until the change ends, so that whatever else depends on its password waits.
-- parameters: user_id identifier, checked_hash text, password_hash text
-- result: none
UPDATE users SET password_hash = :password_hash
WHERE id = :user_id AND password_hash = :checked_hash AND deleted_at IS NULL

-- name: forgetAccount
-- Leaves of an account what the messages of others need. The key is none that an address can have.
-- parameters: user_id identifier, checked_hash text, email_key text, display_name text, now timestamp
-- result: none
UPDATE users
SET email = '', email_key = :email_key, email_verified = FALSE, password_hash = '', display_name = :display_name,
    about = NULL, last_seen_at = NULL, updated_at = :now, deleted_at = :now
WHERE id = :user_id AND password_hash = :checked_hash AND deleted_at IS NULL

-- name: forgetSettings
-- parameters: user_id identifier
-- result: none
DELETE FROM settings WHERE user_id = :user_id

-- name: forgetContacts
-- parameters: user_id identifier
-- result: none
DELETE FROM contacts WHERE owner_id = :user_id

-- name: useToken
-- Takes a mailed token away and tells whose it was; an old one is nobody's.
-- parameters: hash bytes, purpose text, now timestamp
-- result: user_id identifier
DELETE FROM mail_tokens WHERE hash = :hash AND purpose = :purpose AND expires_at > :now RETURNING user_id

-- name: tokenOwner
-- Whose token it is, without using it.
-- parameters: hash bytes, purpose text, now timestamp
-- result: user_id identifier
SELECT user_id FROM mail_tokens WHERE hash = :hash AND purpose = :purpose AND expires_at > :now

-- name: forgetTokens
-- Takes all of a user's tokens of one purpose away.
-- parameters: user_id identifier, purpose text
-- result: none
DELETE FROM mail_tokens WHERE user_id = :user_id AND purpose = :purpose

-- name: pruneTokens
-- parameters: now timestamp, limit integer
-- result: none
DELETE FROM mail_tokens WHERE hash IN (
    SELECT hash FROM mail_tokens WHERE expires_at <= :now ORDER BY expires_at LIMIT :limit)

-- name: verifyEmail
-- Marks the e-mail address of a user as verified.
-- parameters: user_id identifier, now timestamp
-- result: none
UPDATE users SET email_verified = TRUE, updated_at = :now WHERE id = :user_id

-- name: me
-- A user's own account.
-- parameters: user_id identifier
-- result: id identifier, email text, email_verified bool, display_name text, about text?, two_factor_enabled bool, has_picture bool, created_at timestamp, updated_at timestamp
SELECT u.id, u.email, u.email_verified, u.display_name, u.about,
    EXISTS (SELECT 1 FROM two_factors t WHERE t.user_id = u.id AND t.confirmed_at IS NOT NULL),
    EXISTS (SELECT 1 FROM pictures p WHERE p.user_id = u.id), u.created_at, u.updated_at
FROM users u WHERE u.id = :user_id AND u.deleted_at IS NULL

-- name: touch
-- parameters: user_id identifier, now timestamp
-- result: none
UPDATE users SET updated_at = :now WHERE id = :user_id

-- name: updateProfile
-- Updates the profile; `about` is left unchanged unless `sets_about`.
-- parameters: user_id identifier, display_name text, sets_about bool, about text?, now timestamp
-- result: none
UPDATE users
SET display_name = :display_name, about = CASE WHEN :sets_about THEN :about ELSE about END, updated_at = :now
WHERE id = :user_id AND deleted_at IS NULL

-- name: replaceHash
-- Replaces the password hash that a password was checked against; changes no row if the hash has changed since.
-- The account is locked until the end of the transaction, so that other changes that depend on its password wait.
-- parameters: user_id identifier, checked_hash text, password_hash text
-- result: none
UPDATE users SET password_hash = :password_hash
WHERE id = :user_id AND password_hash = :checked_hash AND deleted_at IS NULL

-- name: forgetAccount
-- Deletes the personal data of an account, except what the messages of others need. `email_key` is not the key of any
-- address.
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
-- Deletes a token sent by e-mail and returns its user, unless it has expired.
-- parameters: hash bytes, purpose mail_tokens.purpose, now timestamp
-- result: user_id identifier
DELETE FROM mail_tokens WHERE hash = :hash AND purpose = :purpose AND expires_at > :now RETURNING user_id

-- name: tokenOwner
-- The user of a token, without deleting the token.
-- parameters: hash bytes, purpose mail_tokens.purpose, now timestamp
-- result: user_id identifier
SELECT user_id FROM mail_tokens WHERE hash = :hash AND purpose = :purpose AND expires_at > :now

-- name: forgetTokens
-- Deletes all tokens of a user for one purpose.
-- parameters: user_id identifier, purpose mail_tokens.purpose
-- result: none
DELETE FROM mail_tokens WHERE user_id = :user_id AND purpose = :purpose

-- name: countTokens
-- The number of tokens of a user for one purpose that expire after a time.
-- parameters: user_id identifier, purpose mail_tokens.purpose, expires_after timestamp
-- result: tokens integer
SELECT COUNT(*) FROM mail_tokens WHERE user_id = :user_id AND purpose = :purpose AND expires_at > :expires_after

-- name: pruneTokens
-- parameters: now timestamp, limit integer
-- result: none
DELETE FROM mail_tokens WHERE hash IN (
    SELECT hash FROM mail_tokens WHERE expires_at <= :now ORDER BY expires_at LIMIT :limit)

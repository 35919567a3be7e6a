-- columns: profile
-- A user and their block of the viewer; one who has blocked shows the old name.
-- result: id identifier, display_name text, about text?, is_deleted bool, has_blocked bool, has_picture bool
u.id,
COALESCE(
    (SELECT c.owner_name FROM contacts c
    WHERE c.owner_id = u.id AND c.user_id = :viewer_id AND c.status = 'blocked'), u.display_name),
u.about, u.deleted_at IS NOT NULL,
EXISTS (SELECT 1 FROM contacts c WHERE c.owner_id = u.id AND c.user_id = :viewer_id AND c.status = 'blocked'),
EXISTS (SELECT 1 FROM pictures p WHERE p.user_id = u.id)

-- name: profiles
-- The users with these ids.
-- parameters: viewer_id identifier, ids identifier[]
-- result: columns profile
-- sqlite:
SELECT :columns
FROM :ids AS wanted CROSS JOIN users u WHERE u.id = wanted.value
-- postgres:
SELECT :columns
FROM users u WHERE u.id = ANY (ARRAY(SELECT value FROM :ids AS wanted))

-- name: findable
-- The user with this verified address, unless they have blocked the viewer.
-- parameters: viewer_id identifier, email_key text
-- result: id identifier
SELECT u.id FROM users u
WHERE u.email_key = :email_key AND u.email_verified AND u.deleted_at IS NULL
    AND NOT EXISTS (
        SELECT 1 FROM contacts c WHERE c.owner_id = u.id AND c.user_id = :viewer_id AND c.status = 'blocked')

-- name: changeSettings
-- Updates the given settings and keeps the others; settings that were never set get the defaults.
-- parameters: user_id identifier, read_receipts bool?, last_seen_visibility settings.last_seen_visibility?, notifications bool?, now timestamp
-- result: table settings
INSERT INTO settings (user_id, read_receipts, last_seen_visibility, notifications, updated_at)
VALUES (
    :user_id, COALESCE(:read_receipts, TRUE), COALESCE(:last_seen_visibility, 'everyone'),
    COALESCE(:notifications, TRUE), :now)
ON CONFLICT (user_id) DO UPDATE SET
    read_receipts = COALESCE(:read_receipts, settings.read_receipts),
    last_seen_visibility = COALESCE(:last_seen_visibility, settings.last_seen_visibility),
    notifications = COALESCE(:notifications, settings.notifications),
    updated_at = :now
RETURNING :columns

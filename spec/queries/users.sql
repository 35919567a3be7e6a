-- name: profiles
-- Users of these ids (16 bytes each), and whether they have blocked the viewer; who has shows no new name.
-- parameters: viewer_id identifier, ids bytes
-- result: id identifier, display_name text, about text?, is_deleted bool, has_blocked bool, has_picture bool
-- sqlite:
WITH RECURSIVE wanted (place, id) AS (
    SELECT 0, substr(:ids, 1, 16)
    UNION ALL
    SELECT place + 1, substr(:ids, place * 16 + 17, 16) FROM wanted WHERE place * 16 + 16 < length(:ids)
)
SELECT u.id,
    COALESCE(
        (SELECT c.owner_name FROM contacts c
        WHERE c.owner_id = u.id AND c.user_id = :viewer_id AND c.status = 'blocked'), u.display_name),
    u.about, u.deleted_at IS NOT NULL,
    EXISTS (SELECT 1 FROM contacts c WHERE c.owner_id = u.id AND c.user_id = :viewer_id AND c.status = 'blocked'),
    EXISTS (SELECT 1 FROM pictures p WHERE p.user_id = u.id)
FROM wanted CROSS JOIN users u WHERE u.id = wanted.id
-- postgres:
SELECT u.id,
    COALESCE(
        (SELECT c.owner_name FROM contacts c
        WHERE c.owner_id = u.id AND c.user_id = :viewer_id AND c.status = 'blocked'), u.display_name),
    u.about, u.deleted_at IS NOT NULL,
    EXISTS (SELECT 1 FROM contacts c WHERE c.owner_id = u.id AND c.user_id = :viewer_id AND c.status = 'blocked'),
    EXISTS (SELECT 1 FROM pictures p WHERE p.user_id = u.id)
FROM users u WHERE u.id = ANY (ARRAY(
    SELECT encode(substr(:ids::bytea, place * 16 + 1, 16), 'hex')::uuid
    FROM generate_series(0, length(:ids::bytea) / 16 - 1) AS place))

-- name: findable
-- The user who has proved this address, unless they have blocked the viewer.
-- parameters: viewer_id identifier, email_key text
-- result: id identifier
SELECT u.id FROM users u
WHERE u.email_key = :email_key AND u.email_verified AND u.deleted_at IS NULL
    AND NOT EXISTS (
        SELECT 1 FROM contacts c WHERE c.owner_id = u.id AND c.user_id = :viewer_id AND c.status = 'blocked')

-- name: changeSettings
-- Changes what is given and leaves the rest; the defaults stand where nothing was chosen before.
-- parameters: user_id identifier, read_receipts bool?, last_seen_visibility text?, notifications bool?, now timestamp
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
RETURNING user_id, read_receipts, last_seen_visibility, notifications, updated_at

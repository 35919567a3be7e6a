-- name: readable
-- A file, where the viewer uploaded it or received it in a message that is not deleted. A reference may outlive the
-- account of its viewer.
-- parameters: media_id identifier, viewer_id identifier
-- result: table media
SELECT m.id, m.owner_id, m.content_type, m.size, m.sha256, m.created_at FROM media m
WHERE m.id = :media_id
    AND EXISTS (SELECT 1 FROM users u WHERE u.id = :viewer_id AND u.deleted_at IS NULL)
    AND (m.owner_id = :viewer_id OR EXISTS (
        SELECT 1 FROM message_media f JOIN messages g ON g.id = f.message_id
        WHERE f.media_id = m.id AND g.recipient_id = :viewer_id AND g.deleted_at IS NULL))

-- name: addUsage
-- How many bytes the user keeps with these.
-- parameters: user_id identifier, bytes integer
-- result: bytes integer
INSERT INTO media_usage (user_id, bytes) VALUES (:user_id, :bytes)
ON CONFLICT (user_id) DO UPDATE SET bytes = media_usage.bytes + EXCLUDED.bytes
RETURNING bytes

-- name: visiblePicture
-- The picture of a user, unless they have blocked the viewer or the viewer is gone.
-- parameters: user_id identifier, viewer_id identifier
-- result: table pictures
SELECT p.user_id, p.id, p.content_type, p.size, p.sha256, p.created_at FROM pictures p
WHERE p.user_id = :user_id
    AND EXISTS (SELECT 1 FROM users u WHERE u.id = :viewer_id AND u.deleted_at IS NULL)
    AND NOT EXISTS (
        SELECT 1 FROM contacts c WHERE c.owner_id = p.user_id AND c.user_id = :viewer_id AND c.status = 'blocked')

-- name: putPicture
-- parameters: user_id identifier, id identifier, content_type text, size integer, sha256 bytes, now timestamp
-- result: none
INSERT INTO pictures (user_id, id, content_type, size, sha256, created_at)
VALUES (:user_id, :id, :content_type, :size, :sha256, :now)
ON CONFLICT (user_id) DO UPDATE SET id = EXCLUDED.id, content_type = EXCLUDED.content_type, size = EXCLUDED.size,
    sha256 = EXCLUDED.sha256, created_at = EXCLUDED.created_at

-- name: removePicture
-- The file that may go with it.
-- parameters: user_id identifier
-- result: id identifier
DELETE FROM pictures WHERE user_id = :user_id RETURNING id

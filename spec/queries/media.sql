-- name: readable
-- A file that the viewer uploaded, or received in a message that is not deleted. The viewer is checked because a signed
-- URL may outlive their account.
-- parameters: media_id identifier, viewer_id identifier
-- result: table media
SELECT m.:columns FROM media m
WHERE m.id = :media_id
    AND EXISTS (SELECT 1 FROM users u WHERE u.id = :viewer_id AND u.deleted_at IS NULL)
    AND (m.owner_id = :viewer_id OR EXISTS (
        SELECT 1 FROM message_media f JOIN messages g ON g.id = f.message_id
        WHERE f.media_id = m.id AND g.recipient_id = :viewer_id AND g.deleted_at IS NULL))

-- name: addUsage
-- Adds to the storage usage of a user and returns the total in bytes.
-- parameters: user_id identifier, bytes integer
-- result: bytes integer
INSERT INTO media_usage (user_id, bytes) VALUES (:user_id, :bytes)
ON CONFLICT (user_id) DO UPDATE SET bytes = media_usage.bytes + EXCLUDED.bytes
RETURNING bytes

-- name: lock
-- Locks files until the end of the transaction, so that no message can begin to use them.
-- parameters: ids identifier[]
-- result: id identifier
-- sqlite:
SELECT m.id FROM :ids AS wanted CROSS JOIN media m ON m.id = wanted.value
-- postgres:
SELECT id FROM media WHERE id = ANY (ARRAY(SELECT value FROM :ids AS wanted)) ORDER BY id FOR UPDATE

-- name: lockAll
-- Locks the files of a user until the end of the transaction.
-- parameters: owner_id identifier
-- result: id identifier
-- sqlite:
SELECT id FROM media WHERE owner_id = :owner_id LIMIT 0
-- postgres:
SELECT id FROM media WHERE owner_id = :owner_id ORDER BY id FOR UPDATE

-- name: removeUnused
-- Deletes those of the files that no message has.
-- parameters: ids identifier[]
-- result: id identifier, owner_id identifier, size integer
-- sqlite:
DELETE FROM media
WHERE id IN (SELECT value FROM :ids AS wanted) AND NOT EXISTS (SELECT 1 FROM message_media f WHERE f.media_id = media.id)
RETURNING id, owner_id, size
-- postgres:
DELETE FROM media
WHERE id = ANY (ARRAY(SELECT value FROM :ids AS wanted))
    AND NOT EXISTS (SELECT 1 FROM message_media f WHERE f.media_id = media.id)
RETURNING id, owner_id, size

-- name: removeAllUnused
-- Deletes the files of a user that no message has.
-- parameters: owner_id identifier
-- result: id identifier
DELETE FROM media
WHERE owner_id = :owner_id AND NOT EXISTS (SELECT 1 FROM message_media f WHERE f.media_id = media.id)
RETURNING id

-- name: noteRemoved
-- Notes that the bytes of files are to be removed from the media store.
-- parameters: ids identifier[]
-- result: none
-- sqlite:
INSERT INTO removed_files (id) SELECT value FROM :ids AS gone WHERE TRUE ON CONFLICT DO NOTHING
-- postgres:
INSERT INTO removed_files (id) SELECT value FROM :ids AS gone ON CONFLICT DO NOTHING

-- name: endRemovals
-- Notes that the bytes of files are removed.
-- parameters: ids identifier[]
-- result: none
-- sqlite:
DELETE FROM removed_files WHERE id IN (SELECT value FROM :ids AS gone)
-- postgres:
DELETE FROM removed_files WHERE id = ANY (ARRAY(SELECT value FROM :ids AS gone))

-- name: uploads
-- The files after the given one, in the order of their ids, and whether a message has them.
-- parameters: after identifier, limit integer
-- result: id identifier, created_at timestamp, is_sent bool
-- sqlite:
SELECT m.id, m.created_at, EXISTS (SELECT 1 FROM message_media f WHERE f.media_id = m.id)
FROM media m WHERE m.id > :after ORDER BY m.id LIMIT :limit
-- postgres:
SELECT m.id, m.created_at, f.media_id IS NOT NULL
FROM media m LEFT JOIN LATERAL (SELECT media_id FROM message_media WHERE media_id = m.id LIMIT 1) AS f ON TRUE
WHERE m.id > :after ORDER BY m.id LIMIT :limit

-- name: visiblePicture
-- The picture of a user, unless they have blocked the viewer or the viewer's account is deleted.
-- parameters: user_id identifier, viewer_id identifier
-- result: table pictures
SELECT p.:columns FROM pictures p
WHERE p.user_id = :user_id
    AND EXISTS (SELECT 1 FROM users u WHERE u.id = :viewer_id AND u.deleted_at IS NULL)
    AND NOT EXISTS (
        SELECT 1 FROM contacts c WHERE c.owner_id = p.user_id AND c.user_id = :viewer_id AND c.status = 'blocked')

-- name: putPicture
-- row: pictures
-- result: none
INSERT INTO pictures (user_id, id, content_type, size, sha256, created_at)
VALUES (:user_id, :id, :content_type, :size, :sha256, :created_at)
ON CONFLICT (user_id) DO UPDATE SET id = EXCLUDED.id, content_type = EXCLUDED.content_type, size = EXCLUDED.size,
    sha256 = EXCLUDED.sha256, created_at = EXCLUDED.created_at

-- name: removePicture
-- Deletes a picture and returns the id of its file, which can be deleted too.
-- parameters: user_id identifier
-- result: id identifier
DELETE FROM pictures WHERE user_id = :user_id RETURNING id

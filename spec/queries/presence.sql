-- name: seen
-- Last-seen times of the users with these ids, their visibility, and the viewer's contact status.
-- parameters: viewer_id identifier, ids identifier[]
-- result: id identifier, last_seen_at timestamp?, visibility settings.last_seen_visibility?, viewer_status contacts.status?
-- sqlite:
SELECT u.id, u.last_seen_at, s.last_seen_visibility, c.status
FROM :ids AS wanted CROSS JOIN users u
LEFT JOIN settings s ON s.user_id = u.id
LEFT JOIN contacts c ON c.owner_id = u.id AND c.user_id = :viewer_id
WHERE u.id = wanted.value AND u.deleted_at IS NULL
-- postgres:
SELECT u.id, u.last_seen_at, s.last_seen_visibility, c.status
FROM users u
LEFT JOIN settings s ON s.user_id = u.id
LEFT JOIN contacts c ON c.owner_id = u.id AND c.user_id = :viewer_id
WHERE u.deleted_at IS NULL AND u.id = ANY (ARRAY(SELECT value FROM :ids AS wanted))

-- name: note
-- Updates the last-seen times of users; a later time is kept.
-- parameters: ids identifier[], times timestamp[]
-- result: none
UPDATE users SET last_seen_at = noted.at
FROM (
    SELECT seen.value AS id, times.value AS at
    FROM :ids AS seen JOIN :times AS times ON times.ordinal = seen.ordinal
) AS noted
WHERE users.id = noted.id AND (users.last_seen_at IS NULL OR users.last_seen_at < noted.at)

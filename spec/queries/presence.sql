-- name: seen
-- When users of these ids (16 bytes each) were last here, to whom they show it, and what the viewer is to them.
-- parameters: viewer_id identifier, ids bytes
-- result: id identifier, last_seen_at timestamp?, visibility text?, viewer_status text?
-- sqlite:
WITH RECURSIVE wanted (place, id) AS (
    SELECT 0, substr(:ids, 1, 16)
    UNION ALL
    SELECT place + 1, substr(:ids, place * 16 + 17, 16) FROM wanted WHERE place * 16 + 16 < length(:ids)
)
SELECT u.id, u.last_seen_at, s.last_seen_visibility, c.status
FROM wanted CROSS JOIN users u
LEFT JOIN settings s ON s.user_id = u.id
LEFT JOIN contacts c ON c.owner_id = u.id AND c.user_id = :viewer_id
WHERE u.id = wanted.id AND u.deleted_at IS NULL
-- postgres:
SELECT u.id, u.last_seen_at, s.last_seen_visibility, c.status
FROM users u
LEFT JOIN settings s ON s.user_id = u.id
LEFT JOIN contacts c ON c.owner_id = u.id AND c.user_id = :viewer_id
WHERE u.deleted_at IS NULL AND u.id = ANY (ARRAY(
    SELECT encode(substr(:ids::bytea, place * 16 + 1, 16), 'hex')::uuid
    FROM generate_series(0, length(:ids::bytea) / 16 - 1) AS place))

-- name: note
-- When these users (16 bytes each) were last here (16 digits of milliseconds each); a later time stays.
-- parameters: ids bytes, times text
-- result: none
-- sqlite:
WITH RECURSIVE noted (place, id, at) AS (
    SELECT 0, substr(:ids, 1, 16), CAST(substr(:times, 1, 16) AS INTEGER)
    UNION ALL
    SELECT place + 1, substr(:ids, place * 16 + 17, 16), CAST(substr(:times, place * 16 + 17, 16) AS INTEGER)
    FROM noted WHERE place * 16 + 16 < length(:ids)
)
UPDATE users SET last_seen_at = noted.at FROM noted
WHERE users.id = noted.id AND (users.last_seen_at IS NULL OR users.last_seen_at < noted.at)
-- postgres:
UPDATE users SET last_seen_at = noted.at
FROM (
    SELECT encode(substr(:ids::bytea, place * 16 + 1, 16), 'hex')::uuid AS id,
        TIMESTAMPTZ 'epoch' + substr(:times::text, place * 16 + 1, 16)::bigint * INTERVAL '1 millisecond' AS at
    FROM generate_series(0, length(:ids::bytea) / 16 - 1) AS place
) AS noted
WHERE users.id = noted.id AND (users.last_seen_at IS NULL OR users.last_seen_at < noted.at)

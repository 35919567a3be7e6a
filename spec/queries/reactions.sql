-- name: kinds
-- parameters: message_id identifier
-- result: emoji text
SELECT DISTINCT emoji FROM reactions WHERE message_id = :message_id AND removed_at IS NULL

-- name: put
-- Puts an emoji to a message, or one back that was removed.
-- parameters: id identifier, message_id identifier, user_id identifier, emoji text, now timestamp
-- result: table reactions
INSERT INTO reactions (id, message_id, user_id, emoji, created_at)
VALUES (:id, :message_id, :user_id, :emoji, :now)
ON CONFLICT (message_id, user_id, emoji) DO UPDATE SET created_at = excluded.created_at, removed_at = NULL
RETURNING id, message_id, user_id, emoji, created_at, removed_at

-- name: remove
-- parameters: reaction_id identifier, now timestamp
-- result: none
UPDATE reactions SET removed_at = :now WHERE id = :reaction_id

-- name: removeAll
-- parameters: message_id identifier, now timestamp
-- result: none
UPDATE reactions SET removed_at = :now WHERE message_id = :message_id AND removed_at IS NULL

-- name: gather
-- Writes the reactions of a message into its own row, a line for each, so that whoever reads it need not look for them.
-- parameters: message_id identifier
-- result: none
-- sqlite:
UPDATE messages SET reactions = (
    SELECT group_concat(hex(id) || ' ' || hex(user_id) || ' ' || created_at || ' ' || emoji, char(10))
    FROM reactions WHERE message_id = :message_id AND removed_at IS NULL
) WHERE id = :message_id
-- postgres:
UPDATE messages SET reactions = (
    SELECT string_agg(replace(id::text || ' ' || user_id::text, '-', '') || ' '
        || (extract(epoch FROM created_at) * 1000)::bigint || ' ' || emoji, chr(10))
    FROM reactions WHERE message_id = :message_id AND removed_at IS NULL
) WHERE id = :message_id

-- name: some
-- Reactions of these ids (16 bytes each), removed ones too.
-- parameters: ids bytes
-- result: table reactions
-- sqlite:
WITH RECURSIVE wanted (place, id) AS (
    SELECT 0, substr(:ids, 1, 16)
    UNION ALL
    SELECT place + 1, substr(:ids, place * 16 + 17, 16) FROM wanted WHERE place * 16 + 16 < length(:ids)
)
SELECT r.id, r.message_id, r.user_id, r.emoji, r.created_at, r.removed_at
FROM wanted CROSS JOIN reactions r ON r.id = wanted.id
-- postgres:
SELECT id, message_id, user_id, emoji, created_at, removed_at FROM reactions
WHERE id = ANY (ARRAY(
    SELECT encode(substr(:ids::bytea, place * 16 + 1, 16), 'hex')::uuid
    FROM generate_series(0, length(:ids::bytea) / 16 - 1) AS place))

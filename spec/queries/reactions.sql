-- name: kinds
-- parameters: message_id identifier
-- result: emoji text
SELECT DISTINCT emoji FROM reactions WHERE message_id = :message_id AND removed_at IS NULL

-- name: put
-- Adds a reaction to a message, or restores a removed one.
-- row: reactions
-- result: table reactions
INSERT INTO reactions (id, message_id, user_id, emoji, created_at)
VALUES (:id, :message_id, :user_id, :emoji, :created_at)
ON CONFLICT (message_id, user_id, emoji) DO UPDATE SET created_at = excluded.created_at, removed_at = NULL
RETURNING :columns

-- name: remove
-- parameters: reaction_id identifier, now timestamp
-- result: none
UPDATE reactions SET removed_at = :now WHERE id = :reaction_id

-- name: removeAll
-- parameters: message_id identifier, now timestamp
-- result: none
UPDATE reactions SET removed_at = :now WHERE message_id = :message_id AND removed_at IS NULL

-- name: gather
-- Copies the reactions of a message into its row, one per line, so that reading the message needs no join.
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
-- The reactions with these ids, including removed ones.
-- parameters: ids identifier[]
-- result: table reactions
-- sqlite:
SELECT r.:columns FROM :ids AS wanted CROSS JOIN reactions r ON r.id = wanted.value
-- postgres:
SELECT :columns FROM reactions WHERE id = ANY (ARRAY(SELECT value FROM :ids AS wanted))

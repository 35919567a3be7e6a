-- name: view
-- One message as both sides see it: a row for each reaction, and one where there is none. `delivered`, `read` and
-- `shown` are how far its recipient got.
-- parameters: message_id identifier
-- result: id identifier, client_message_id identifier, sender_id identifier, recipient_id identifier, seq integer, body text?, reply_to_id identifier?, created_at timestamp, edited_at timestamp?, deleted_at timestamp?, session_id identifier?, media_count integer?, delivered integer?, read integer?, shown integer?, reaction_id identifier?, reaction_user_id identifier?, emoji text?, reacted_at timestamp?
SELECT m.id, m.client_message_id, m.sender_id, m.recipient_id, m.seq, m.body, m.reply_to_id, m.created_at, m.edited_at,
    m.deleted_at, m.session_id, m.media_count,
    CASE WHEN m.recipient_id = m.low_id THEN c.low_delivered ELSE c.high_delivered END,
    CASE WHEN m.recipient_id = m.low_id THEN c.low_read ELSE c.high_read END,
    CASE WHEN m.recipient_id = m.low_id THEN c.low_shown ELSE c.high_shown END,
    r.id, r.user_id, r.emoji, r.created_at
FROM messages m
JOIN conversations c ON c.low_id = m.low_id AND c.high_id = m.high_id
LEFT JOIN reactions r ON r.message_id = m.id AND r.removed_at IS NULL
WHERE m.id = :message_id
ORDER BY r.created_at, r.id

-- name: views
-- The messages of these ids (16 bytes each), in their order.
-- parameters: ids bytes
-- result: query view
-- sqlite:
WITH RECURSIVE wanted (place, id) AS (
    SELECT 0, substr(:ids, 1, 16)
    UNION ALL
    SELECT place + 1, substr(:ids, place * 16 + 17, 16) FROM wanted WHERE place * 16 + 16 < length(:ids)
)
SELECT m.id, m.client_message_id, m.sender_id, m.recipient_id, m.seq, m.body, m.reply_to_id, m.created_at, m.edited_at,
    m.deleted_at, m.session_id, m.media_count,
    CASE WHEN m.recipient_id = m.low_id THEN c.low_delivered ELSE c.high_delivered END,
    CASE WHEN m.recipient_id = m.low_id THEN c.low_read ELSE c.high_read END,
    CASE WHEN m.recipient_id = m.low_id THEN c.low_shown ELSE c.high_shown END,
    r.id, r.user_id, r.emoji, r.created_at
FROM wanted
CROSS JOIN messages m ON m.id = wanted.id
JOIN conversations c ON c.low_id = m.low_id AND c.high_id = m.high_id
LEFT JOIN reactions r ON r.message_id = m.id AND r.removed_at IS NULL
ORDER BY wanted.place, r.created_at, r.id
-- postgres:
SELECT m.id, m.client_message_id, m.sender_id, m.recipient_id, m.seq, m.body, m.reply_to_id, m.created_at, m.edited_at,
    m.deleted_at, m.session_id, m.media_count,
    CASE WHEN m.recipient_id = m.low_id THEN c.low_delivered ELSE c.high_delivered END,
    CASE WHEN m.recipient_id = m.low_id THEN c.low_read ELSE c.high_read END,
    CASE WHEN m.recipient_id = m.low_id THEN c.low_shown ELSE c.high_shown END,
    r.id, r.user_id, r.emoji, r.created_at
FROM generate_series(0, length(:ids::bytea) / 16 - 1) AS wanted (place)
CROSS JOIN LATERAL (
    SELECT * FROM messages WHERE id = encode(substr(:ids::bytea, wanted.place * 16 + 1, 16), 'hex')::uuid LIMIT 1
) AS m
JOIN conversations c ON c.low_id = m.low_id AND c.high_id = m.high_id
LEFT JOIN reactions r ON r.message_id = m.id AND r.removed_at IS NULL
ORDER BY wanted.place, r.created_at, r.id

-- name: pageDown
-- parameters: low_id identifier, high_id identifier, before integer, earliest timestamp?, latest timestamp?, limit integer
-- result: query view
SELECT m.id, m.client_message_id, m.sender_id, m.recipient_id, m.seq, m.body, m.reply_to_id, m.created_at, m.edited_at,
    m.deleted_at, m.session_id, m.media_count,
    CASE WHEN m.recipient_id = m.low_id THEN c.low_delivered ELSE c.high_delivered END,
    CASE WHEN m.recipient_id = m.low_id THEN c.low_read ELSE c.high_read END,
    CASE WHEN m.recipient_id = m.low_id THEN c.low_shown ELSE c.high_shown END,
    r.id, r.user_id, r.emoji, r.created_at
FROM (
    SELECT * FROM messages
    WHERE low_id = :low_id AND high_id = :high_id AND seq < :before
        AND created_at >= COALESCE(:earliest, created_at)
        AND (created_at < :latest) IS NOT FALSE
    ORDER BY seq DESC LIMIT :limit
) AS m
JOIN conversations c ON c.low_id = :low_id AND c.high_id = :high_id
LEFT JOIN reactions r ON r.message_id = m.id AND r.removed_at IS NULL
ORDER BY m.seq DESC, r.created_at, r.id

-- name: pageUp
-- parameters: low_id identifier, high_id identifier, after integer, earliest timestamp?, latest timestamp?, limit integer
-- result: query view
SELECT m.id, m.client_message_id, m.sender_id, m.recipient_id, m.seq, m.body, m.reply_to_id, m.created_at, m.edited_at,
    m.deleted_at, m.session_id, m.media_count,
    CASE WHEN m.recipient_id = m.low_id THEN c.low_delivered ELSE c.high_delivered END,
    CASE WHEN m.recipient_id = m.low_id THEN c.low_read ELSE c.high_read END,
    CASE WHEN m.recipient_id = m.low_id THEN c.low_shown ELSE c.high_shown END,
    r.id, r.user_id, r.emoji, r.created_at
FROM (
    SELECT * FROM messages
    WHERE low_id = :low_id AND high_id = :high_id AND seq > :after
        AND created_at >= COALESCE(:earliest, created_at)
        AND (created_at < :latest) IS NOT FALSE
    ORDER BY seq LIMIT :limit
) AS m
JOIN conversations c ON c.low_id = :low_id AND c.high_id = :high_id
LEFT JOIN reactions r ON r.message_id = m.id AND r.removed_at IS NULL
ORDER BY m.seq, r.created_at, r.id

-- name: hitsDown
-- Messages of a conversation in which the words occur; rows of `message_search` stand in the order of `seq`.
-- parameters: low_id identifier, high_id identifier, words text, before integer, earliest timestamp?, latest timestamp?, limit integer
-- result: id identifier, seq integer
-- sqlite:
SELECT m.id, m.seq
FROM message_search_tokens
CROSS JOIN message_search s ON s.row_id = message_search_tokens.rowid
CROSS JOIN messages m ON m.id = s.message_id
WHERE message_search_tokens MATCH :words AND message_search_tokens.rowid <= (
        SELECT edge_search.row_id FROM messages edge JOIN message_search edge_search ON edge_search.message_id = edge.id
        WHERE edge.low_id = :low_id AND edge.high_id = :high_id AND edge.seq < :before
        ORDER BY edge.seq DESC LIMIT 1
    )
    AND m.low_id = :low_id AND m.high_id = :high_id
    AND m.created_at >= COALESCE(:earliest, m.created_at)
    AND (m.created_at < :latest) IS NOT FALSE
ORDER BY message_search_tokens.rowid DESC LIMIT :limit
-- postgres:
WITH hits AS MATERIALIZED (
    SELECT message_id FROM message_search
    WHERE array_to_tsvector(string_to_array(tokens, ' ')) @@ replace(replace(:words, ' ', ' & '), '*', ':*')::tsquery
)
SELECT m.id, m.seq
FROM hits CROSS JOIN LATERAL (SELECT * FROM messages WHERE id = hits.message_id LIMIT 1) AS m
WHERE m.low_id = :low_id AND m.high_id = :high_id AND m.seq < :before
    AND m.created_at >= COALESCE(:earliest, m.created_at)
    AND (m.created_at < :latest) IS NOT FALSE
ORDER BY m.seq DESC LIMIT :limit

-- name: hitsUp
-- The same, oldest first.
-- parameters: low_id identifier, high_id identifier, words text, after integer, earliest timestamp?, latest timestamp?, limit integer
-- result: query hitsDown
-- sqlite:
SELECT m.id, m.seq
FROM message_search_tokens
CROSS JOIN message_search s ON s.row_id = message_search_tokens.rowid
CROSS JOIN messages m ON m.id = s.message_id
WHERE message_search_tokens MATCH :words AND message_search_tokens.rowid >= (
        SELECT edge_search.row_id FROM messages edge JOIN message_search edge_search ON edge_search.message_id = edge.id
        WHERE edge.low_id = :low_id AND edge.high_id = :high_id AND edge.seq > :after
        ORDER BY edge.seq LIMIT 1
    )
    AND m.low_id = :low_id AND m.high_id = :high_id
    AND m.created_at >= COALESCE(:earliest, m.created_at)
    AND (m.created_at < :latest) IS NOT FALSE
ORDER BY message_search_tokens.rowid LIMIT :limit
-- postgres:
WITH hits AS MATERIALIZED (
    SELECT message_id FROM message_search
    WHERE array_to_tsvector(string_to_array(tokens, ' ')) @@ replace(replace(:words, ' ', ' & '), '*', ':*')::tsquery
)
SELECT m.id, m.seq
FROM hits CROSS JOIN LATERAL (SELECT * FROM messages WHERE id = hits.message_id LIMIT 1) AS m
WHERE m.low_id = :low_id AND m.high_id = :high_id AND m.seq > :after
    AND m.created_at >= COALESCE(:earliest, m.created_at)
    AND (m.created_at < :latest) IS NOT FALSE
ORDER BY m.seq LIMIT :limit

-- name: files
-- The files of messages of these ids (16 bytes each), in their order.
-- parameters: ids bytes
-- result: message_id identifier, id identifier, content_type text, size integer, sha256 bytes
-- sqlite:
WITH RECURSIVE wanted (place, id) AS (
    SELECT 0, substr(:ids, 1, 16)
    UNION ALL
    SELECT place + 1, substr(:ids, place * 16 + 17, 16) FROM wanted WHERE place * 16 + 16 < length(:ids)
)
SELECT mm.message_id, f.id, f.content_type, f.size, f.sha256
FROM wanted
CROSS JOIN message_media mm ON mm.message_id = wanted.id
CROSS JOIN media f ON f.id = mm.media_id
ORDER BY wanted.place, mm.place
-- postgres:
SELECT mm.message_id, f.id, f.content_type, f.size, f.sha256
FROM generate_series(0, length(:ids::bytea) / 16 - 1) AS wanted (place)
CROSS JOIN LATERAL (
    SELECT * FROM message_media WHERE message_id = encode(substr(:ids::bytea, wanted.place * 16 + 1, 16), 'hex')::uuid OFFSET 0
) AS mm
CROSS JOIN LATERAL (SELECT * FROM media WHERE id = mm.media_id LIMIT 1) AS f
ORDER BY wanted.place, mm.place

-- name: terms
-- What speaks for and against a message from a user to another.
-- parameters: sender_id identifier, recipient_id identifier
-- result: is_there bool, has_blocked bool, is_blocked bool
SELECT
    EXISTS (SELECT 1 FROM users WHERE id = :recipient_id AND deleted_at IS NULL),
    EXISTS (SELECT 1 FROM contacts WHERE owner_id = :recipient_id AND user_id = :sender_id AND status = 'blocked'),
    EXISTS (SELECT 1 FROM contacts WHERE owner_id = :sender_id AND user_id = :recipient_id AND status = 'blocked')

-- name: attach
-- Puts the sender's own files of these ids (16 bytes each) to a message, in their order.
-- parameters: message_id identifier, sender_id identifier, ids bytes
-- result: none
-- sqlite:
WITH RECURSIVE wanted (place, id) AS (
    SELECT 0, substr(:ids, 1, 16)
    UNION ALL
    SELECT place + 1, substr(:ids, place * 16 + 17, 16) FROM wanted WHERE place * 16 + 16 < length(:ids)
)
INSERT INTO message_media (message_id, place, media_id)
SELECT :message_id, wanted.place, f.id FROM wanted CROSS JOIN media f ON f.id = wanted.id AND f.owner_id = :sender_id
-- postgres:
INSERT INTO message_media (message_id, place, media_id)
SELECT :message_id, wanted.place, f.id
FROM generate_series(0, length(:ids::bytea) / 16 - 1) AS wanted (place)
CROSS JOIN LATERAL (
    SELECT * FROM media WHERE id = encode(substr(:ids::bytea, wanted.place * 16 + 1, 16), 'hex')::uuid LIMIT 1
) AS f
WHERE f.owner_id = :sender_id

-- name: index
-- The words by which a message is found.
-- parameters: message_id identifier, tokens text
-- result: none
INSERT INTO message_search (message_id, tokens) VALUES (:message_id, :tokens)
ON CONFLICT (message_id) DO UPDATE SET tokens = excluded.tokens

-- name: lock
-- A message that nobody else changes until the end of this change.
-- parameters: message_id identifier
-- result: table messages
-- sqlite:
SELECT id, low_id, high_id, seq, client_message_id, sender_id, recipient_id, body, reply_to_id, status, created_at,
    edited_at, deleted_at, session_id, media_count
FROM messages WHERE id = :message_id
-- postgres:
SELECT id, low_id, high_id, seq, client_message_id, sender_id, recipient_id, body, reply_to_id, status, created_at,
    edited_at, deleted_at, session_id, media_count
FROM messages WHERE id = :message_id FOR NO KEY UPDATE

-- name: edit
-- parameters: message_id identifier, body text, now timestamp
-- result: none
UPDATE messages SET body = :body, edited_at = :now WHERE id = :message_id

-- name: blank
-- Leaves of a message what both sides see of a deleted one.
-- parameters: message_id identifier, now timestamp
-- result: none
UPDATE messages SET body = NULL, media_count = NULL, deleted_at = :now WHERE id = :message_id

-- name: detach
-- parameters: message_id identifier
-- result: none
DELETE FROM message_media WHERE message_id = :message_id

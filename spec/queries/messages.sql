-- name: view
-- One message as both sides see it. `delivered`, `read` and `shown` are how far its recipient got.
-- parameters: message_id identifier
-- result: id identifier, client_message_id identifier, sender_id identifier, recipient_id identifier, seq integer, body text?, reply_to_id identifier?, created_at timestamp, edited_at timestamp?, deleted_at timestamp?, media_count integer?, reactions text?, delivered integer?, read integer?, shown integer?
SELECT m.id, m.client_message_id, m.sender_id, m.recipient_id, m.seq, m.body, m.reply_to_id, m.created_at, m.edited_at,
    m.deleted_at, m.media_count, m.reactions,
    CASE WHEN m.recipient_id = m.low_id THEN c.low_delivered ELSE c.high_delivered END,
    CASE WHEN m.recipient_id = m.low_id THEN c.low_read ELSE c.high_read END,
    CASE WHEN m.recipient_id = m.low_id THEN c.low_shown ELSE c.high_shown END
FROM messages m
JOIN conversations c ON c.low_id = m.low_id AND c.high_id = m.high_id
WHERE m.id = :message_id

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
    m.deleted_at, m.media_count, m.reactions,
    CASE WHEN m.recipient_id = m.low_id THEN c.low_delivered ELSE c.high_delivered END,
    CASE WHEN m.recipient_id = m.low_id THEN c.low_read ELSE c.high_read END,
    CASE WHEN m.recipient_id = m.low_id THEN c.low_shown ELSE c.high_shown END
FROM wanted
CROSS JOIN messages m ON m.id = wanted.id
JOIN conversations c ON c.low_id = m.low_id AND c.high_id = m.high_id
ORDER BY wanted.place
-- postgres:
SELECT m.id, m.client_message_id, m.sender_id, m.recipient_id, m.seq, m.body, m.reply_to_id, m.created_at, m.edited_at,
    m.deleted_at, m.media_count, m.reactions,
    CASE WHEN m.recipient_id = m.low_id THEN c.low_delivered ELSE c.high_delivered END,
    CASE WHEN m.recipient_id = m.low_id THEN c.low_read ELSE c.high_read END,
    CASE WHEN m.recipient_id = m.low_id THEN c.low_shown ELSE c.high_shown END
FROM generate_series(0, length(:ids::bytea) / 16 - 1) AS wanted (place)
CROSS JOIN LATERAL (
    SELECT * FROM messages WHERE id = encode(substr(:ids::bytea, wanted.place * 16 + 1, 16), 'hex')::uuid LIMIT 1
) AS m
JOIN conversations c ON c.low_id = m.low_id AND c.high_id = m.high_id
ORDER BY wanted.place

-- name: pageDown
-- The messages of a page that ends before a position, in no order: PostgreSQL would sort once more what it found.
-- Nor does it know how few messages a page has: it would look for the conversation again for each of them.
-- parameters: low_id identifier, high_id identifier, before integer, earliest timestamp?, latest timestamp?, limit integer
-- result: query view
-- sqlite:
SELECT m.id, m.client_message_id, m.sender_id, m.recipient_id, m.seq, m.body, m.reply_to_id, m.created_at, m.edited_at,
    m.deleted_at, m.media_count, m.reactions,
    CASE WHEN m.recipient_id = m.low_id THEN c.low_delivered ELSE c.high_delivered END,
    CASE WHEN m.recipient_id = m.low_id THEN c.low_read ELSE c.high_read END,
    CASE WHEN m.recipient_id = m.low_id THEN c.low_shown ELSE c.high_shown END
FROM (
    SELECT * FROM messages
    WHERE low_id = :low_id AND high_id = :high_id AND seq < :before
        AND created_at >= COALESCE(:earliest, created_at)
        AND (created_at < :latest) IS NOT FALSE
    ORDER BY seq DESC LIMIT :limit
) AS m
JOIN conversations c ON c.low_id = :low_id AND c.high_id = :high_id
-- postgres:
SELECT m.id, m.client_message_id, m.sender_id, m.recipient_id, m.seq, m.body, m.reply_to_id, m.created_at, m.edited_at,
    m.deleted_at, m.media_count, m.reactions,
    CASE WHEN m.recipient_id = m.low_id THEN c.low_delivered ELSE c.high_delivered END,
    CASE WHEN m.recipient_id = m.low_id THEN c.low_read ELSE c.high_read END,
    CASE WHEN m.recipient_id = m.low_id THEN c.low_shown ELSE c.high_shown END
FROM conversations c
CROSS JOIN LATERAL (
    SELECT * FROM messages
    WHERE low_id = c.low_id AND high_id = c.high_id AND seq < :before
        AND created_at >= COALESCE(:earliest, created_at)
        AND (created_at < :latest) IS NOT FALSE
    ORDER BY seq DESC LIMIT :limit
) AS m
WHERE c.low_id = :low_id AND c.high_id = :high_id

-- name: pageUp
-- The messages of a page that begins behind a position, in no order.
-- parameters: low_id identifier, high_id identifier, after integer, earliest timestamp?, latest timestamp?, limit integer
-- result: query view
-- sqlite:
SELECT m.id, m.client_message_id, m.sender_id, m.recipient_id, m.seq, m.body, m.reply_to_id, m.created_at, m.edited_at,
    m.deleted_at, m.media_count, m.reactions,
    CASE WHEN m.recipient_id = m.low_id THEN c.low_delivered ELSE c.high_delivered END,
    CASE WHEN m.recipient_id = m.low_id THEN c.low_read ELSE c.high_read END,
    CASE WHEN m.recipient_id = m.low_id THEN c.low_shown ELSE c.high_shown END
FROM (
    SELECT * FROM messages
    WHERE low_id = :low_id AND high_id = :high_id AND seq > :after
        AND created_at >= COALESCE(:earliest, created_at)
        AND (created_at < :latest) IS NOT FALSE
    ORDER BY seq LIMIT :limit
) AS m
JOIN conversations c ON c.low_id = :low_id AND c.high_id = :high_id
-- postgres:
SELECT m.id, m.client_message_id, m.sender_id, m.recipient_id, m.seq, m.body, m.reply_to_id, m.created_at, m.edited_at,
    m.deleted_at, m.media_count, m.reactions,
    CASE WHEN m.recipient_id = m.low_id THEN c.low_delivered ELSE c.high_delivered END,
    CASE WHEN m.recipient_id = m.low_id THEN c.low_read ELSE c.high_read END,
    CASE WHEN m.recipient_id = m.low_id THEN c.low_shown ELSE c.high_shown END
FROM conversations c
CROSS JOIN LATERAL (
    SELECT * FROM messages
    WHERE low_id = c.low_id AND high_id = c.high_id AND seq > :after
        AND created_at >= COALESCE(:earliest, created_at)
        AND (created_at < :latest) IS NOT FALSE
    ORDER BY seq LIMIT :limit
) AS m
WHERE c.low_id = :low_id AND c.high_id = :high_id

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

-- name: send
-- Stores a message with both sides' events, or says why not: `no-user`, `blocked-by` (the recipient), `blocked` (by the
-- sender), `no-reply`, `no-media`. `repeated`: the sender used the client's id before, for the message named.
-- `ids` are the sender's own files (16 bytes each), `media_count` of them.
-- write
-- locks: conversations low_id, high_id
-- locks: event_heads low_id, high_id
-- parameters: id identifier, low_id identifier, high_id identifier, client_message_id identifier, sender_id identifier, recipient_id identifier, body text?, reply_to_id identifier?, status text, now timestamp, session_id identifier?, media_count integer?, fingerprint bytes?, ids bytes, tokens text, low_waits integer, high_waits integer, kind text
-- result: outcome text, seq integer?, earlier_id identifier?
-- sqlite:
SELECT 'repeated', NULL, id FROM messages WHERE sender_id = :sender_id AND client_message_id = :client_message_id;
SELECT outcome, NULL, NULL FROM (SELECT CASE
    WHEN NOT EXISTS (SELECT 1 FROM users WHERE id = :recipient_id AND deleted_at IS NULL) THEN 'no-user'
    WHEN EXISTS (SELECT 1 FROM contacts WHERE owner_id = :recipient_id AND user_id = :sender_id AND status = 'blocked')
        THEN 'blocked-by'
    WHEN EXISTS (SELECT 1 FROM contacts WHERE owner_id = :sender_id AND user_id = :recipient_id AND status = 'blocked')
        THEN 'blocked'
    WHEN :reply_to_id IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM messages WHERE id = :reply_to_id AND low_id = :low_id AND high_id = :high_id)
        THEN 'no-reply'
    WHEN :media_count IS NOT NULL AND :media_count <> (
        WITH RECURSIVE wanted (place, id) AS (
            SELECT 0, substr(:ids, 1, 16)
            UNION ALL
            SELECT place + 1, substr(:ids, place * 16 + 17, 16) FROM wanted WHERE place * 16 + 16 < length(:ids)
        )
        SELECT count(*) FROM wanted CROSS JOIN media f ON f.id = wanted.id AND f.owner_id = :sender_id)
        THEN 'no-media'
    END AS outcome) AS verdict WHERE outcome IS NOT NULL;
INSERT INTO conversations (low_id, high_id, last_seq, last_message_id, low_unread, high_unread)
VALUES (:low_id, :high_id, 1, :id, :low_waits, :high_waits)
ON CONFLICT (low_id, high_id) DO UPDATE SET
    last_seq = conversations.last_seq + 1, last_message_id = excluded.last_message_id,
    low_unread = COALESCE(conversations.low_unread, 0) + excluded.low_unread,
    high_unread = COALESCE(conversations.high_unread, 0) + excluded.high_unread;
INSERT INTO messages (id, low_id, high_id, seq, client_message_id, sender_id, recipient_id, body, reply_to_id, status,
    created_at, session_id, media_count, fingerprint)
VALUES (:id, :low_id, :high_id, (SELECT last_seq FROM conversations WHERE low_id = :low_id AND high_id = :high_id),
    :client_message_id, :sender_id, :recipient_id, :body, :reply_to_id, :status, :now, :session_id, :media_count,
    :fingerprint);
INSERT INTO message_search (message_id, tokens) VALUES (:id, :tokens);
INSERT INTO event_heads (user_id, last_seq) VALUES (:low_id, 1), (:high_id, 1)
ON CONFLICT (user_id) DO UPDATE SET last_seq = event_heads.last_seq + 1;
INSERT INTO events (user_id, seq, kind, message_id, at)
VALUES (:low_id, (SELECT last_seq FROM event_heads WHERE user_id = :low_id), :kind, :id, :now),
    (:high_id, (SELECT last_seq FROM event_heads WHERE user_id = :high_id), :kind, :id, :now);
SELECT 'created', last_seq, NULL FROM conversations
WHERE low_id = :low_id AND high_id = :high_id AND :media_count IS NULL;
WITH RECURSIVE wanted (place, id) AS (
    SELECT 0, substr(:ids, 1, 16)
    UNION ALL
    SELECT place + 1, substr(:ids, place * 16 + 17, 16) FROM wanted WHERE place * 16 + 16 < length(:ids)
)
INSERT INTO message_media (message_id, place, media_id)
SELECT :id, wanted.place, f.id FROM wanted CROSS JOIN media f ON f.id = wanted.id;
SELECT 'created', last_seq, NULL FROM conversations WHERE low_id = :low_id AND high_id = :high_id
-- postgres:
WITH sends AS MATERIALIZED (
    SELECT s.*, known.id AS earlier_id, CASE
        WHEN known.id IS NOT NULL THEN 'repeated'
        WHEN (SELECT true FROM users WHERE id = s.recipient_id AND deleted_at IS NULL) IS NULL THEN 'no-user'
        WHEN (SELECT status FROM contacts WHERE owner_id = s.recipient_id AND user_id = s.sender_id) = 'blocked'
            THEN 'blocked-by'
        WHEN (SELECT status FROM contacts WHERE owner_id = s.sender_id AND user_id = s.recipient_id) = 'blocked'
            THEN 'blocked'
        WHEN s.reply_to_id IS NOT NULL
            AND (SELECT (low_id, high_id) = (s.low_id, s.high_id) FROM messages WHERE id = s.reply_to_id) IS NOT TRUE
            THEN 'no-reply'
        WHEN s.media_count IS NOT NULL AND s.media_count <> (
            SELECT count(*)
            FROM generate_series(0, length(s.ids) / 16 - 1) AS wanted (place)
            CROSS JOIN LATERAL (
                SELECT * FROM media WHERE id = encode(substr(s.ids, wanted.place * 16 + 1, 16), 'hex')::uuid LIMIT 1
            ) AS f
            WHERE f.owner_id = s.sender_id)
            THEN 'no-media'
        ELSE 'created'
        END AS outcome
    FROM :rows AS s
    LEFT JOIN LATERAL (
        SELECT id FROM messages WHERE sender_id = s.sender_id AND client_message_id = s.client_message_id LIMIT 1
    ) AS known ON true
), place AS (
    INSERT INTO conversations (low_id, high_id, last_seq, last_message_id, low_unread, high_unread)
    SELECT low_id, high_id, 1, id, low_waits, high_waits FROM sends WHERE outcome = 'created'
    ON CONFLICT (low_id, high_id) DO UPDATE SET
        last_seq = conversations.last_seq + 1, last_message_id = excluded.last_message_id,
        low_unread = COALESCE(conversations.low_unread, 0) + excluded.low_unread,
        high_unread = COALESCE(conversations.high_unread, 0) + excluded.high_unread
    RETURNING last_message_id AS message_id, last_seq
), message AS (
    INSERT INTO messages (id, low_id, high_id, seq, client_message_id, sender_id, recipient_id, body, reply_to_id, status,
        created_at, session_id, media_count, fingerprint)
    SELECT id, low_id, high_id, last_seq, client_message_id, sender_id, recipient_id, body, reply_to_id, status, now,
        session_id, media_count, fingerprint
    FROM sends JOIN place ON place.message_id = sends.id
), words AS (
    INSERT INTO message_search (message_id, tokens) SELECT id, tokens FROM sends WHERE outcome = 'created'
), files AS (
    INSERT INTO message_media (message_id, place, media_id)
    SELECT sends.id, wanted.place, encode(substr(ids, wanted.place * 16 + 1, 16), 'hex')::uuid
    FROM sends CROSS JOIN generate_series(0, length(ids) / 16 - 1) AS wanted (place)
    WHERE outcome = 'created' AND media_count IS NOT NULL
), heads AS (
    INSERT INTO event_heads (user_id, last_seq)
    SELECT side.user_id, 1 FROM sends CROSS JOIN LATERAL (VALUES (low_id), (high_id)) AS side (user_id)
    WHERE outcome = 'created'
    ON CONFLICT (user_id) DO UPDATE SET last_seq = event_heads.last_seq + 1
    RETURNING user_id, last_seq
), log AS (
    INSERT INTO events (user_id, seq, kind, message_id, at)
    SELECT user_id, last_seq, kind, id, now
    FROM sends CROSS JOIN LATERAL (VALUES (low_id), (high_id)) AS side (user_id) JOIN heads USING (user_id)
)
SELECT outcome, last_seq, earlier_id, ordinal
FROM sends LEFT JOIN place ON place.message_id = sends.id
ORDER BY ordinal

-- name: terms
-- What speaks for and against a message from a user to another.
-- parameters: sender_id identifier, recipient_id identifier
-- result: is_there bool, has_blocked bool, is_blocked bool
SELECT
    EXISTS (SELECT 1 FROM users WHERE id = :recipient_id AND deleted_at IS NULL),
    EXISTS (SELECT 1 FROM contacts WHERE owner_id = :recipient_id AND user_id = :sender_id AND status = 'blocked'),
    EXISTS (SELECT 1 FROM contacts WHERE owner_id = :sender_id AND user_id = :recipient_id AND status = 'blocked')

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
    edited_at, deleted_at, session_id, media_count, fingerprint, reactions
FROM messages WHERE id = :message_id
-- postgres:
SELECT id, low_id, high_id, seq, client_message_id, sender_id, recipient_id, body, reply_to_id, status, created_at,
    edited_at, deleted_at, session_id, media_count, fingerprint, reactions
FROM messages WHERE id = :message_id FOR NO KEY UPDATE

-- name: edit
-- parameters: message_id identifier, body text, now timestamp
-- result: none
UPDATE messages SET body = :body, edited_at = :now WHERE id = :message_id

-- name: blank
-- Leaves of a message what both sides see of a deleted one.
-- parameters: message_id identifier, now timestamp
-- result: none
UPDATE messages SET body = NULL, media_count = NULL, reactions = NULL, deleted_at = :now WHERE id = :message_id

-- name: detach
-- parameters: message_id identifier
-- result: none
DELETE FROM message_media WHERE message_id = :message_id

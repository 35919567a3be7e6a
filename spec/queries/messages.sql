-- columns: view
-- A message as both sides see it. `delivered`, `delivered_shown`, `read` and `shown` are
-- the recipient's positions in the conversation.
-- result: id identifier, client_message_id identifier, sender_id identifier, recipient_id identifier, seq integer, body text?, reply_to_id identifier?, created_at timestamp, edited_at timestamp?, deleted_at timestamp?, media_count integer?, reactions text?, delivered integer?, delivered_shown integer?, read integer?, shown integer?
m.id, m.client_message_id, m.sender_id, m.recipient_id, m.seq, m.body, m.reply_to_id, m.created_at, m.edited_at,
m.deleted_at, m.media_count, m.reactions,
CASE WHEN m.recipient_id = m.low_id THEN c.low_delivered ELSE c.high_delivered END,
CASE WHEN m.recipient_id = m.low_id THEN c.low_delivered_shown ELSE c.high_delivered_shown END,
CASE WHEN m.recipient_id = m.low_id THEN c.low_read ELSE c.high_read END,
CASE WHEN m.recipient_id = m.low_id THEN c.low_shown ELSE c.high_shown END

-- name: view
-- parameters: message_id identifier
-- result: columns view
SELECT :columns
FROM messages m
JOIN conversations c ON c.low_id = m.low_id AND c.high_id = m.high_id
WHERE m.id = :message_id

-- name: views
-- The messages with these ids, in their order.
-- parameters: ids identifier[]
-- result: columns view
-- sqlite:
SELECT :columns
FROM :ids AS wanted
CROSS JOIN messages m ON m.id = wanted.value
JOIN conversations c ON c.low_id = m.low_id AND c.high_id = m.high_id
ORDER BY wanted.ordinal
-- postgres:
SELECT :columns
FROM :ids AS wanted
CROSS JOIN LATERAL (SELECT * FROM messages WHERE id = wanted.value LIMIT 1) AS m
JOIN conversations c ON c.low_id = m.low_id AND c.high_id = m.high_id
ORDER BY wanted.ordinal

-- name: pageDown
-- The messages of a page from position `first` on and before `before`, unordered: with ORDER BY, PostgreSQL would sort the
-- rows again. It also misjudges how few messages a page has, and would look up the conversation again for each of them.
-- parameters: low_id identifier, high_id identifier, first integer, before integer, earliest timestamp?, latest timestamp?, limit integer
-- result: columns view
-- sqlite:
SELECT :columns
FROM (
    SELECT * FROM messages
    WHERE low_id = :low_id AND high_id = :high_id AND seq >= :first AND seq < :before
        AND created_at >= COALESCE(:earliest, created_at)
        AND (created_at < :latest) IS NOT FALSE
    ORDER BY seq DESC LIMIT :limit
) AS m
JOIN conversations c ON c.low_id = :low_id AND c.high_id = :high_id
-- postgres:
SELECT :columns
FROM conversations c
CROSS JOIN LATERAL (
    SELECT * FROM messages
    WHERE low_id = c.low_id AND high_id = c.high_id AND seq >= :first AND seq < :before
        AND created_at >= COALESCE(:earliest, created_at)
        AND (created_at < :latest) IS NOT FALSE
    ORDER BY seq DESC LIMIT :limit
) AS m
WHERE c.low_id = :low_id AND c.high_id = :high_id

-- name: pageUp
-- The same, the first messages instead of the last.
-- parameters: low_id identifier, high_id identifier, first integer, before integer, earliest timestamp?, latest timestamp?, limit integer
-- result: columns view
-- sqlite:
SELECT :columns
FROM (
    SELECT * FROM messages
    WHERE low_id = :low_id AND high_id = :high_id AND seq >= :first AND seq < :before
        AND created_at >= COALESCE(:earliest, created_at)
        AND (created_at < :latest) IS NOT FALSE
    ORDER BY seq LIMIT :limit
) AS m
JOIN conversations c ON c.low_id = :low_id AND c.high_id = :high_id
-- postgres:
SELECT :columns
FROM conversations c
CROSS JOIN LATERAL (
    SELECT * FROM messages
    WHERE low_id = c.low_id AND high_id = c.high_id AND seq >= :first AND seq < :before
        AND created_at >= COALESCE(:earliest, created_at)
        AND (created_at < :latest) IS NOT FALSE
    ORDER BY seq LIMIT :limit
) AS m
WHERE c.low_id = :low_id AND c.high_id = :high_id

-- name: edges
-- The positions between which the messages of a period are. Clocks may differ a little: the edges are those of the
-- hundred messages next to each end.
-- parameters: low_id identifier, high_id identifier, earliest timestamp, latest timestamp
-- result: first integer?, last integer?
SELECT
    (SELECT min(seq) FROM (
        SELECT seq FROM messages WHERE low_id = :low_id AND high_id = :high_id AND created_at >= :earliest
        ORDER BY created_at, seq LIMIT 100) AS start),
    (SELECT max(seq) FROM (
        SELECT seq FROM messages WHERE low_id = :low_id AND high_id = :high_id AND created_at < :latest
        ORDER BY created_at DESC, seq DESC LIMIT 100) AS ending)

-- name: matches
-- The messages from position `first` on and before `before` that contain every one of the texts, which are tokens with
-- the spaces around them. Reads all messages in between: for a few hundred.
-- parameters: low_id identifier, high_id identifier, texts text[], first integer, before integer, earliest timestamp?, latest timestamp?
-- result: id identifier, seq integer
-- sqlite:
SELECT m.id, m.seq
FROM messages m CROSS JOIN message_search s ON s.message_id = m.id
WHERE m.low_id = :low_id AND m.high_id = :high_id AND m.seq >= :first AND m.seq < :before
    AND m.created_at >= COALESCE(:earliest, m.created_at)
    AND (m.created_at < :latest) IS NOT FALSE
    AND NOT EXISTS (SELECT 1 FROM :texts AS wanted WHERE instr(' ' || s.tokens || ' ', wanted.value) = 0)
-- postgres:
SELECT m.id, m.seq
FROM messages m
CROSS JOIN LATERAL (SELECT tokens FROM message_search WHERE message_id = m.id LIMIT 1) AS s
WHERE m.low_id = :low_id AND m.high_id = :high_id AND m.seq >= :first AND m.seq < :before
    AND m.created_at >= COALESCE(:earliest, m.created_at)
    AND (m.created_at < :latest) IS NOT FALSE
    AND NOT EXISTS (SELECT 1 FROM :texts AS wanted WHERE strpos(' ' || s.tokens || ' ', wanted.value) = 0)

-- name: hitsDown
-- The messages from position `first` on and before `before` that match the search, newest first; `message_search` is in
-- the order of `seq`.
-- parameters: low_id identifier, high_id identifier, words text, first integer, before integer, limit integer
-- result: id identifier, seq integer, created_at timestamp
-- sqlite:
SELECT m.id, m.seq, m.created_at
FROM message_search_tokens
CROSS JOIN message_search s ON s.row_id = message_search_tokens.rowid
CROSS JOIN messages m ON m.id = s.message_id
WHERE message_search_tokens MATCH :words
    AND message_search_tokens.rowid >= (
        SELECT edge_search.row_id FROM messages edge JOIN message_search edge_search ON edge_search.message_id = edge.id
        WHERE edge.low_id = :low_id AND edge.high_id = :high_id AND edge.seq >= :first
        ORDER BY edge.seq LIMIT 1
    )
    AND message_search_tokens.rowid <= (
        SELECT edge_search.row_id FROM messages edge JOIN message_search edge_search ON edge_search.message_id = edge.id
        WHERE edge.low_id = :low_id AND edge.high_id = :high_id AND edge.seq < :before
        ORDER BY edge.seq DESC LIMIT 1
    )
    AND m.low_id = :low_id AND m.high_id = :high_id
ORDER BY message_search_tokens.rowid DESC LIMIT :limit
-- postgres:
SELECT m.id, m.seq, m.created_at
FROM (
    SELECT message_id FROM message_search
    WHERE array_to_tsvector(string_to_array(tokens, ' ')) @@ replace(replace(:words, ' ', ' & '), '*', ':*')::tsquery
        AND seq >= :first AND seq < :before
    ORDER BY seq DESC LIMIT :limit
) AS page
CROSS JOIN LATERAL (SELECT * FROM messages WHERE id = page.message_id LIMIT 1) AS m
WHERE m.low_id = :low_id AND m.high_id = :high_id
ORDER BY m.seq DESC

-- name: hitsUp
-- The same, oldest first.
-- parameters: low_id identifier, high_id identifier, words text, first integer, before integer, limit integer
-- result: query hitsDown
-- sqlite:
SELECT m.id, m.seq, m.created_at
FROM message_search_tokens
CROSS JOIN message_search s ON s.row_id = message_search_tokens.rowid
CROSS JOIN messages m ON m.id = s.message_id
WHERE message_search_tokens MATCH :words
    AND message_search_tokens.rowid >= (
        SELECT edge_search.row_id FROM messages edge JOIN message_search edge_search ON edge_search.message_id = edge.id
        WHERE edge.low_id = :low_id AND edge.high_id = :high_id AND edge.seq >= :first
        ORDER BY edge.seq LIMIT 1
    )
    AND message_search_tokens.rowid <= (
        SELECT edge_search.row_id FROM messages edge JOIN message_search edge_search ON edge_search.message_id = edge.id
        WHERE edge.low_id = :low_id AND edge.high_id = :high_id AND edge.seq < :before
        ORDER BY edge.seq DESC LIMIT 1
    )
    AND m.low_id = :low_id AND m.high_id = :high_id
ORDER BY message_search_tokens.rowid LIMIT :limit
-- postgres:
SELECT m.id, m.seq, m.created_at
FROM (
    SELECT message_id FROM message_search
    WHERE array_to_tsvector(string_to_array(tokens, ' ')) @@ replace(replace(:words, ' ', ' & '), '*', ':*')::tsquery
        AND seq >= :first AND seq < :before
    ORDER BY seq LIMIT :limit
) AS page
CROSS JOIN LATERAL (SELECT * FROM messages WHERE id = page.message_id LIMIT 1) AS m
WHERE m.low_id = :low_id AND m.high_id = :high_id
ORDER BY m.seq

-- name: files
-- The files of the messages with these ids, in their order.
-- parameters: ids identifier[]
-- result: message_id identifier, id identifier, name text?, content_type text, size integer, sha256 bytes
-- sqlite:
SELECT mm.message_id, f.id, f.name, f.content_type, f.size, f.sha256
FROM :ids AS wanted
CROSS JOIN message_media mm ON mm.message_id = wanted.value
CROSS JOIN media f ON f.id = mm.media_id
ORDER BY wanted.ordinal, mm.place
-- postgres:
SELECT mm.message_id, f.id, f.name, f.content_type, f.size, f.sha256
FROM :ids AS wanted
CROSS JOIN LATERAL (SELECT * FROM message_media WHERE message_id = wanted.value OFFSET 0) AS mm
CROSS JOIN LATERAL (SELECT * FROM media WHERE id = mm.media_id LIMIT 1) AS f
ORDER BY wanted.ordinal, mm.place

-- name: send
-- Stores a message with both sides' events, or returns the reason for a rejection: `no-user`, `blocked-by` (the
-- recipient), `blocked` (by the sender), `no-reply`, `no-media`. `repeated`: the sender has used the client's id for
-- the message `earlier_id`. `ids` are the sender's own files, `media_count` of them.
-- write
-- locks: conversations low_id, high_id
-- locks: event_heads low_id, high_id
-- emits: low_id low_event, high_id high_event
-- parameters: id identifier, low_id identifier, high_id identifier, client_message_id identifier, sender_id identifier, recipient_id identifier, body text?, reply_to_id identifier?, now timestamp, session_id identifier?, media_count integer?, fingerprint bytes?, ids identifier[], tokens text, low_waits integer, high_waits integer, kind text
-- result: outcome enum(created, repeated, no-user, blocked-by, blocked, no-reply, no-media), seq integer?, earlier_id identifier?, low_event integer?, high_event integer?
-- sqlite:
SELECT 'repeated', NULL, id, NULL, NULL FROM messages WHERE sender_id = :sender_id AND client_message_id = :client_message_id;
SELECT outcome, NULL, NULL, NULL, NULL FROM (SELECT CASE
    WHEN NOT EXISTS (SELECT 1 FROM users WHERE id = :recipient_id AND deleted_at IS NULL) THEN 'no-user'
    WHEN EXISTS (SELECT 1 FROM contacts WHERE owner_id = :recipient_id AND user_id = :sender_id AND status = 'blocked')
        THEN 'blocked-by'
    WHEN EXISTS (SELECT 1 FROM contacts WHERE owner_id = :sender_id AND user_id = :recipient_id AND status = 'blocked')
        THEN 'blocked'
    WHEN :reply_to_id IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM messages WHERE id = :reply_to_id AND low_id = :low_id AND high_id = :high_id)
        THEN 'no-reply'
    WHEN :media_count IS NOT NULL AND :media_count <> (
        SELECT count(*) FROM :ids AS wanted CROSS JOIN media f ON f.id = wanted.value AND f.owner_id = :sender_id)
        THEN 'no-media'
    END AS outcome) AS verdict WHERE outcome IS NOT NULL;
INSERT INTO event_heads (user_id, last_seq) VALUES (:low_id, 1), (:high_id, 1)
ON CONFLICT (user_id) DO UPDATE SET last_seq = event_heads.last_seq + 1;
INSERT INTO conversations (low_id, high_id, last_seq, last_message_id, low_unread, high_unread, low_received,
    high_received, low_event, high_event)
VALUES (:low_id, :high_id, 1, :id, :low_waits, :high_waits, :low_waits, :high_waits,
    (SELECT last_seq FROM event_heads WHERE user_id = :low_id),
    (SELECT last_seq FROM event_heads WHERE user_id = :high_id))
ON CONFLICT (low_id, high_id) DO UPDATE SET
    last_seq = conversations.last_seq + 1, last_message_id = excluded.last_message_id,
    low_unread = COALESCE(conversations.low_unread, 0) + excluded.low_unread,
    high_unread = COALESCE(conversations.high_unread, 0) + excluded.high_unread,
    low_received = COALESCE(conversations.low_received, 0) + excluded.low_received,
    high_received = COALESCE(conversations.high_received, 0) + excluded.high_received,
    low_event = excluded.low_event, high_event = excluded.high_event;
INSERT INTO messages (id, low_id, high_id, seq, client_message_id, sender_id, recipient_id, body, reply_to_id,
    created_at, session_id, media_count, fingerprint, received)
SELECT :id, :low_id, :high_id, last_seq, :client_message_id, :sender_id, :recipient_id, :body, :reply_to_id, :now,
    :session_id, :media_count, :fingerprint, CASE WHEN :low_waits = 1 THEN low_received ELSE high_received END
FROM conversations WHERE low_id = :low_id AND high_id = :high_id;
INSERT INTO message_search (message_id, tokens, seq)
SELECT :id, :tokens, last_seq FROM conversations WHERE low_id = :low_id AND high_id = :high_id;
INSERT INTO events (user_id, seq, kind, message_id, at)
VALUES (:low_id, (SELECT last_seq FROM event_heads WHERE user_id = :low_id), :kind, :id, :now),
    (:high_id, (SELECT last_seq FROM event_heads WHERE user_id = :high_id), :kind, :id, :now);
SELECT 'created', last_seq, NULL, (SELECT last_seq FROM event_heads WHERE user_id = :low_id),
    (SELECT last_seq FROM event_heads WHERE user_id = :high_id)
FROM conversations
WHERE low_id = :low_id AND high_id = :high_id AND :media_count IS NULL;
INSERT INTO message_media (message_id, place, media_id)
SELECT :id, wanted.ordinal - 1, f.id FROM :ids AS wanted CROSS JOIN media f ON f.id = wanted.value;
SELECT 'created', last_seq, NULL, (SELECT last_seq FROM event_heads WHERE user_id = :low_id),
    (SELECT last_seq FROM event_heads WHERE user_id = :high_id)
FROM conversations WHERE low_id = :low_id AND high_id = :high_id
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
            FROM unnest(s.ids) AS wanted (value)
            CROSS JOIN LATERAL (SELECT * FROM media WHERE id = wanted.value LIMIT 1) AS f
            WHERE f.owner_id = s.sender_id)
            THEN 'no-media'
        ELSE 'created'
        END AS outcome
    FROM :rows AS s
    LEFT JOIN LATERAL (
        SELECT id FROM messages WHERE sender_id = s.sender_id AND client_message_id = s.client_message_id LIMIT 1
    ) AS known ON true
), heads AS (
    INSERT INTO event_heads (user_id, last_seq)
    SELECT side.user_id, 1 FROM sends CROSS JOIN LATERAL (VALUES (low_id), (high_id)) AS side (user_id)
    WHERE outcome = 'created'
    ON CONFLICT (user_id) DO UPDATE SET last_seq = event_heads.last_seq + 1
    RETURNING user_id, last_seq
), place AS (
    INSERT INTO conversations (low_id, high_id, last_seq, last_message_id, low_unread, high_unread, low_received,
        high_received, low_event, high_event)
    SELECT low_id, high_id, 1, id, low_waits, high_waits, low_waits, high_waits, low.last_seq, high.last_seq
    FROM sends JOIN heads AS low ON low.user_id = low_id JOIN heads AS high ON high.user_id = high_id
    WHERE outcome = 'created'
    ON CONFLICT (low_id, high_id) DO UPDATE SET
        last_seq = conversations.last_seq + 1, last_message_id = excluded.last_message_id,
        low_unread = COALESCE(conversations.low_unread, 0) + excluded.low_unread,
        high_unread = COALESCE(conversations.high_unread, 0) + excluded.high_unread,
        low_received = COALESCE(conversations.low_received, 0) + excluded.low_received,
        high_received = COALESCE(conversations.high_received, 0) + excluded.high_received,
        low_event = excluded.low_event, high_event = excluded.high_event
    RETURNING last_message_id AS message_id, last_seq, low_received, high_received, low_event, high_event
), message AS (
    INSERT INTO messages (id, low_id, high_id, seq, client_message_id, sender_id, recipient_id, body, reply_to_id,
        created_at, session_id, media_count, fingerprint, received)
    SELECT id, low_id, high_id, last_seq, client_message_id, sender_id, recipient_id, body, reply_to_id, now,
        session_id, media_count, fingerprint, CASE WHEN low_waits = 1 THEN low_received ELSE high_received END
    FROM sends JOIN place ON place.message_id = sends.id
), words AS (
    INSERT INTO message_search (message_id, tokens, seq)
    SELECT id, tokens, last_seq FROM sends JOIN place ON place.message_id = sends.id
), files AS (
    INSERT INTO message_media (message_id, place, media_id)
    SELECT sends.id, wanted.number - 1, wanted.value
    FROM sends CROSS JOIN unnest(ids) WITH ORDINALITY AS wanted (value, number)
    WHERE outcome = 'created' AND media_count IS NOT NULL
), log AS (
    INSERT INTO events (user_id, seq, kind, message_id, at)
    SELECT user_id, last_seq, kind, id, now
    FROM sends CROSS JOIN LATERAL (VALUES (low_id), (high_id)) AS side (user_id) JOIN heads USING (user_id)
)
SELECT outcome, last_seq, earlier_id, low_event, high_event, ordinal
FROM sends LEFT JOIN place ON place.message_id = sends.id
ORDER BY ordinal

-- name: reach
-- The conditions for a message between two users: existence of the recipient, and blocks in both directions.
-- parameters: sender_id identifier, recipient_id identifier
-- result: is_there bool, has_blocked bool, is_blocked bool
SELECT
    EXISTS (SELECT 1 FROM users WHERE id = :recipient_id AND deleted_at IS NULL),
    EXISTS (SELECT 1 FROM contacts WHERE owner_id = :recipient_id AND user_id = :sender_id AND status = 'blocked'),
    EXISTS (SELECT 1 FROM contacts WHERE owner_id = :sender_id AND user_id = :recipient_id AND status = 'blocked')

-- name: index
-- Stores the search tokens of a message.
-- parameters: message_id identifier, tokens text, seq integer
-- result: none
INSERT INTO message_search (message_id, tokens, seq) VALUES (:message_id, :tokens, :seq)
ON CONFLICT (message_id) DO UPDATE SET tokens = excluded.tokens

-- name: edit
-- parameters: message_id identifier, body text, now timestamp
-- result: none
UPDATE messages SET body = :body, edited_at = :now WHERE id = :message_id

-- name: blank
-- Marks a message as deleted and removes its content.
-- parameters: message_id identifier, now timestamp
-- result: none
UPDATE messages SET body = NULL, media_count = NULL, reactions = NULL, deleted_at = :now WHERE id = :message_id

-- name: detach
-- parameters: message_id identifier
-- result: media_id identifier
DELETE FROM message_media WHERE message_id = :message_id RETURNING media_id

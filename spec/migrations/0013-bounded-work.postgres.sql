ALTER TABLE conversations ADD COLUMN low_delivered_shown bigint;
ALTER TABLE conversations ADD COLUMN low_received bigint;
ALTER TABLE conversations ADD COLUMN low_event bigint;
ALTER TABLE conversations ADD COLUMN high_delivered_shown bigint;
ALTER TABLE conversations ADD COLUMN high_received bigint;
ALTER TABLE conversations ADD COLUMN high_event bigint;
ALTER TABLE messages ADD COLUMN received bigint;
CREATE TABLE unread_deletions (
    low_id uuid NOT NULL,
    high_id uuid NOT NULL,
    user_id uuid NOT NULL,
    seq bigint NOT NULL,
    PRIMARY KEY (low_id, high_id, user_id, seq)
);
ALTER TABLE message_search ADD COLUMN seq bigint;
ALTER TABLE contacts ADD COLUMN names text;
CREATE TABLE renames (
    user_id uuid NOT NULL,
    version bigint NOT NULL,
    PRIMARY KEY (user_id),
    FOREIGN KEY (user_id) REFERENCES users (id)
);
CREATE TABLE removed_files (
    id uuid NOT NULL,
    PRIMARY KEY (id)
);
UPDATE conversations SET low_event = ranked.place
FROM (
    SELECT user_id, low_id, high_id, 1 - row_number() OVER (PARTITION BY user_id ORDER BY last_message_id DESC) AS place
    FROM (
        SELECT low_id AS user_id, low_id, high_id, last_message_id FROM conversations
        UNION ALL SELECT high_id, low_id, high_id, last_message_id FROM conversations
    ) AS sides
    WHERE last_message_id IS NOT NULL
) AS ranked
WHERE ranked.user_id = conversations.low_id AND ranked.low_id = conversations.low_id
    AND ranked.high_id = conversations.high_id;
UPDATE conversations SET high_event = ranked.place
FROM (
    SELECT user_id, low_id, high_id, 1 - row_number() OVER (PARTITION BY user_id ORDER BY last_message_id DESC) AS place
    FROM (
        SELECT low_id AS user_id, low_id, high_id, last_message_id FROM conversations
        UNION ALL SELECT high_id, low_id, high_id, last_message_id FROM conversations
    ) AS sides
    WHERE last_message_id IS NOT NULL
) AS ranked
WHERE ranked.user_id = conversations.high_id AND ranked.low_id = conversations.low_id
    AND ranked.high_id = conversations.high_id;
UPDATE messages SET received = counted.place
FROM (
    SELECT id, row_number() OVER (PARTITION BY low_id, high_id, recipient_id ORDER BY seq) AS place FROM messages
) AS counted
WHERE counted.id = messages.id;
UPDATE conversations SET low_received = counted.count
FROM (SELECT low_id, high_id, count(*) AS count FROM messages WHERE recipient_id = low_id GROUP BY low_id, high_id) AS counted
WHERE counted.low_id = conversations.low_id AND counted.high_id = conversations.high_id;
UPDATE conversations SET high_received = counted.count
FROM (SELECT low_id, high_id, count(*) AS count FROM messages WHERE recipient_id = high_id GROUP BY low_id, high_id) AS counted
WHERE counted.low_id = conversations.low_id AND counted.high_id = conversations.high_id;
INSERT INTO unread_deletions (low_id, high_id, user_id, seq)
SELECT m.low_id, m.high_id, m.recipient_id, m.seq
FROM messages m JOIN conversations c ON c.low_id = m.low_id AND c.high_id = m.high_id
WHERE m.deleted_at IS NOT NULL
    AND m.seq > COALESCE(CASE WHEN m.recipient_id = m.low_id THEN c.low_read ELSE c.high_read END, 0);
INSERT INTO renames (user_id, version) SELECT DISTINCT user_id, 1 FROM contacts;
DROP INDEX message_search_tokens;
UPDATE message_search SET seq = m.seq FROM messages m WHERE m.id = message_search.message_id;
CREATE INDEX message_search_tokens ON message_search USING gin (array_to_tsvector(string_to_array(tokens, ' ')));

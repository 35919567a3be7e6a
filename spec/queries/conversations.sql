-- name: page
-- A user's conversations that had their last message before another one, newest first.
-- parameters: user_id identifier, before identifier, limit integer
-- result: low_id identifier, high_id identifier, last_message_id identifier, unread integer?
SELECT low_id, high_id, last_message_id, unread
FROM (
    SELECT * FROM (
        SELECT low_id, high_id, last_message_id, low_unread AS unread FROM conversations
        WHERE low_id = :user_id AND last_message_id < :before ORDER BY last_message_id DESC LIMIT :limit
    ) AS as_low
    UNION ALL
    SELECT * FROM (
        SELECT low_id, high_id, last_message_id, high_unread FROM conversations
        WHERE high_id = :user_id AND last_message_id < :before ORDER BY last_message_id DESC LIMIT :limit
    ) AS as_high
) AS own
ORDER BY last_message_id DESC LIMIT :limit

-- name: lock
-- A conversation that nobody else changes until the end of this change.
-- parameters: low_id identifier, high_id identifier
-- result: table conversations
-- sqlite:
SELECT low_id, high_id, last_seq, last_message_id, low_delivered, low_read, low_shown, low_unread, high_delivered, high_read,
    high_shown, high_unread
FROM conversations WHERE low_id = :low_id AND high_id = :high_id
-- postgres:
SELECT low_id, high_id, last_seq, last_message_id, low_delivered, low_read, low_shown, low_unread, high_delivered, high_read,
    high_shown, high_unread
FROM conversations WHERE low_id = :low_id AND high_id = :high_id FOR UPDATE

-- name: countWaiting
-- How many messages to a user stand behind a position.
-- parameters: low_id identifier, high_id identifier, recipient_id identifier, seq integer
-- result: messages integer
SELECT count(*) FROM messages
WHERE low_id = :low_id AND high_id = :high_id AND seq > :seq AND recipient_id = :recipient_id AND deleted_at IS NULL

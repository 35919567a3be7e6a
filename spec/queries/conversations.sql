-- name: page
-- A user's conversations whose last message is before a position of their event log, newest first.
-- parameters: user_id identifier, before integer, limit integer
-- result: low_id identifier, high_id identifier, last_message_id identifier, unread integer?, event integer
SELECT low_id, high_id, last_message_id, unread, event
FROM (
    SELECT * FROM (
        SELECT low_id, high_id, last_message_id, low_unread AS unread, low_event AS event FROM conversations
        WHERE low_id = :user_id AND low_event < :before ORDER BY low_event DESC LIMIT :limit
    ) AS as_low
    UNION ALL
    SELECT * FROM (
        SELECT low_id, high_id, last_message_id, high_unread, high_event FROM conversations
        WHERE high_id = :user_id AND high_event < :before ORDER BY high_event DESC LIMIT :limit
    ) AS as_high
) AS own
ORDER BY event DESC LIMIT :limit

-- name: passUnreadDeletions
-- Removes the unread deleted messages of a user up to a position.
-- parameters: low_id identifier, high_id identifier, user_id identifier, up_to integer
-- result: none
DELETE FROM unread_deletions
WHERE low_id = :low_id AND high_id = :high_id AND user_id = :user_id AND seq <= :up_to

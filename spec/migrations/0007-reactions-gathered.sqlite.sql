ALTER TABLE messages ADD COLUMN reactions TEXT;
UPDATE messages SET reactions = gathered.lines
FROM (
    SELECT message_id, group_concat(
        hex(id) || ' ' || hex(user_id) || ' ' || created_at || ' ' || emoji, char(10)) AS lines
    FROM reactions WHERE removed_at IS NULL GROUP BY message_id
) AS gathered
WHERE messages.id = gathered.message_id;

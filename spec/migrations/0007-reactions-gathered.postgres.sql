-- without a transaction
ALTER TABLE messages ADD COLUMN IF NOT EXISTS reactions text;
UPDATE messages SET reactions = gathered.lines
FROM (
    SELECT message_id, string_agg(replace(id::text || ' ' || user_id::text, '-', '') || ' '
        || (extract(epoch FROM created_at) * 1000)::bigint || ' ' || emoji, chr(10)) AS lines
    FROM reactions WHERE removed_at IS NULL GROUP BY message_id
) AS gathered
WHERE messages.id = gathered.message_id;

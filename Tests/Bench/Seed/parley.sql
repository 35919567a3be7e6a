-- A conversation of each user with the one behind them, as the product keeps it. Users are there already.
SET session_replication_role = replica;
CREATE TEMP TABLE people AS SELECT id, row_number() OVER (ORDER BY substring(email FROM '\d+')::int) - 1 AS place FROM users;
CREATE TEMP TABLE pairs AS
SELECT a.place, a.id AS a, b.id AS b, least(a.id, b.id) AS low, greatest(a.id, b.id) AS high
FROM people a JOIN people b ON b.place = (a.place + 1) % (SELECT count(*) FROM people);
INSERT INTO messages (id, low_id, high_id, seq, client_message_id, sender_id, recipient_id, body, created_at, received)
SELECT gen_random_uuid(), low, high, seq, gen_random_uuid(), CASE WHEN seq % 2 = 0 THEN a ELSE b END,
    CASE WHEN seq % 2 = 0 THEN b ELSE a END, :'text', now() - (:messages - seq) * interval '1 minute', (seq + 1) / 2
FROM generate_series(1, :messages) AS seq CROSS JOIN pairs ORDER BY seq, place;
INSERT INTO conversations (low_id, high_id, last_seq, last_message_id, low_received, high_received, low_event, high_event)
SELECT low_id, high_id, seq, id, (seq + 1) / 2, (seq + 1) / 2, -place, -place
FROM messages JOIN pairs ON low = low_id AND high = high_id WHERE seq = :messages;
INSERT INTO reactions (id, message_id, user_id, emoji, created_at)
SELECT gen_random_uuid(), id, recipient_id, '👍', created_at FROM messages WHERE seq % 10 = 0;
UPDATE messages SET reactions = replace(r.id::text || ' ' || r.user_id::text, '-', '') || ' '
    || (extract(epoch FROM r.created_at) * 1000)::bigint || ' ' || r.emoji
FROM reactions r WHERE r.message_id = messages.id;
VACUUM ANALYZE;

-- The same conversations as the peer keeps them, which knows no reactions. Users are in the file `people`.
SET session_replication_role = replica;
CREATE TEMP TABLE people (id uuid, place serial);
\copy people (id) FROM 'people'
INSERT INTO users (id, email, display_name) SELECT id, 'user' || place || '@example.org', 'User ' || place FROM people;
CREATE TEMP TABLE pairs AS
SELECT a.place, a.id AS a, b.id AS b FROM people a JOIN people b ON b.place = a.place % (SELECT count(*) FROM people) + 1;
INSERT INTO messages (id, client_message_id, sender_id, recipient_id, text, created_at)
SELECT gen_random_uuid(), gen_random_uuid(), CASE WHEN n % 2 = 0 THEN a ELSE b END, CASE WHEN n % 2 = 0 THEN b ELSE a END,
    :'text', now() - (:messages - n) * interval '1 minute'
FROM generate_series(1, :messages) AS n CROSS JOIN pairs ORDER BY n, place;
VACUUM ANALYZE;

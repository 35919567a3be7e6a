-- Users whose ids are their numbers, for a script that can only count.
INSERT INTO users (id, email, email_key, password_hash, display_name, email_verified, created_at, updated_at)
SELECT lpad(n::text, 32, '0')::uuid, 'user' || n, 'user' || n, '*', 'User ' || n, true, now(), now()
FROM generate_series(0, 999) AS n;
VACUUM ANALYZE;

-- without a transaction
DROP INDEX CONCURRENTLY IF EXISTS mail_tokens_expires_at;
CREATE INDEX CONCURRENTLY mail_tokens_expires_at ON mail_tokens (expires_at);
DROP INDEX CONCURRENTLY IF EXISTS challenges_user_id;
CREATE INDEX CONCURRENTLY challenges_user_id ON challenges (user_id);

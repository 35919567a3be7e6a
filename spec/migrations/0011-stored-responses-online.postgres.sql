-- without a transaction
DROP INDEX CONCURRENTLY IF EXISTS idempotency_keys_user_id;
CREATE INDEX CONCURRENTLY idempotency_keys_user_id ON idempotency_keys (user_id);

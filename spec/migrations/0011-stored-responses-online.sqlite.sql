CREATE INDEX idempotency_keys_user_id ON idempotency_keys (user_id);

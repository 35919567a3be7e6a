CREATE TABLE idempotency_keys (
    scope text NOT NULL,
    operation text NOT NULL,
    name text NOT NULL,
    fingerprint bytea NOT NULL,
    status bigint,
    fields text,
    body bytea,
    created_at timestamptz NOT NULL,
    claim uuid,
    user_id uuid,
    subject_id uuid,
    signed_urls text,
    PRIMARY KEY (scope, operation, name)
);
CREATE INDEX idempotency_keys_created_at ON idempotency_keys (created_at);
CREATE INDEX idempotency_keys_user_id ON idempotency_keys (user_id);

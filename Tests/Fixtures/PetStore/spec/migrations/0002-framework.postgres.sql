CREATE TABLE events_heads (
    user_id uuid NOT NULL,
    last_seq bigint NOT NULL,
    PRIMARY KEY (user_id)
);
CREATE TABLE events (
    user_id uuid NOT NULL,
    seq bigint NOT NULL,
    kind text NOT NULL,
    order_id uuid,
    at timestamptz NOT NULL,
    pet_id uuid,
    detail text,
    PRIMARY KEY (user_id, seq)
);
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

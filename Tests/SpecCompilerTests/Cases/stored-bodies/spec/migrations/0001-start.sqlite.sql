CREATE TABLE idempotency_keys (
    scope TEXT NOT NULL,
    operation TEXT NOT NULL,
    name TEXT NOT NULL,
    fingerprint BLOB NOT NULL,
    status INTEGER,
    fields TEXT,
    body BLOB,
    created_at INTEGER NOT NULL,
    claim BLOB,
    user_id BLOB,
    subject_id BLOB,
    signed_urls TEXT,
    PRIMARY KEY (scope, operation, name)
) STRICT;
CREATE INDEX idempotency_keys_created_at ON idempotency_keys (created_at);
CREATE INDEX idempotency_keys_user_id ON idempotency_keys (user_id);

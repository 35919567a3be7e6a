CREATE TABLE people (
    id uuid NOT NULL,
    PRIMARY KEY (id)
);
CREATE TABLE mails (
    id uuid NOT NULL,
    recipient text NOT NULL,
    subject text NOT NULL,
    body text NOT NULL,
    created_at timestamptz NOT NULL,
    attempts bigint NOT NULL,
    next_at timestamptz NOT NULL,
    PRIMARY KEY (id)
);
CREATE INDEX mails_next_at ON mails (next_at);
CREATE TABLE log_heads (
    user_id uuid NOT NULL,
    last_seq bigint NOT NULL,
    PRIMARY KEY (user_id),
    FOREIGN KEY (user_id) REFERENCES people (id)
);
CREATE TABLE log (
    user_id uuid NOT NULL,
    seq bigint NOT NULL,
    kind text NOT NULL,
    thing_id uuid,
    at timestamptz NOT NULL,
    other_id uuid,
    detail text,
    PRIMARY KEY (user_id, seq)
);
CREATE TABLE keys (
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
CREATE INDEX keys_created_at ON keys (created_at);
CREATE INDEX keys_user_id ON keys (user_id);

CREATE TABLE status_steps (
    low_id uuid NOT NULL,
    high_id uuid NOT NULL,
    user_id uuid NOT NULL,
    status text NOT NULL,
    up_to_seq bigint NOT NULL,
    session_id uuid NOT NULL,
    is_shown boolean NOT NULL,
    at timestamptz NOT NULL,
    PRIMARY KEY (low_id, high_id, user_id, status, up_to_seq)
);
CREATE TABLE reactions (
    id uuid NOT NULL,
    message_id uuid NOT NULL,
    user_id uuid NOT NULL,
    emoji text NOT NULL,
    created_at timestamptz NOT NULL,
    removed_at timestamptz,
    PRIMARY KEY (id),
    UNIQUE (message_id, user_id, emoji),
    FOREIGN KEY (message_id) REFERENCES messages (id),
    FOREIGN KEY (user_id) REFERENCES users (id)
);
CREATE TABLE settings (
    user_id uuid NOT NULL,
    read_receipts boolean NOT NULL,
    last_seen_visibility text NOT NULL,
    notifications boolean NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (user_id),
    FOREIGN KEY (user_id) REFERENCES users (id)
);
CREATE TABLE two_factors (
    user_id uuid NOT NULL,
    secret bytea NOT NULL,
    confirmed_at timestamptz,
    last_step bigint NOT NULL,
    PRIMARY KEY (user_id),
    FOREIGN KEY (user_id) REFERENCES users (id)
);
CREATE TABLE recovery_codes (
    user_id uuid NOT NULL,
    hash bytea NOT NULL,
    PRIMARY KEY (user_id, hash),
    FOREIGN KEY (user_id) REFERENCES users (id)
);
CREATE TABLE challenges (
    hash bytea NOT NULL,
    user_id uuid NOT NULL,
    device_name text,
    failures bigint NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (hash),
    FOREIGN KEY (user_id) REFERENCES users (id)
);
CREATE INDEX challenges_expires_at ON challenges (expires_at);
CREATE TABLE contacts (
    id uuid NOT NULL,
    owner_id uuid NOT NULL,
    user_id uuid NOT NULL,
    alias text,
    status text NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (owner_id, user_id),
    FOREIGN KEY (owner_id) REFERENCES users (id),
    FOREIGN KEY (user_id) REFERENCES users (id)
);
CREATE INDEX contacts_owner_id_id ON contacts (owner_id, id);
CREATE INDEX contacts_user_id ON contacts (user_id);
CREATE TABLE media (
    id uuid NOT NULL,
    owner_id uuid NOT NULL,
    content_type text NOT NULL,
    size bigint NOT NULL,
    sha256 bytea NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY (owner_id) REFERENCES users (id)
);
CREATE INDEX media_owner_id ON media (owner_id);
CREATE TABLE media_usage (
    user_id uuid NOT NULL,
    bytes bigint NOT NULL,
    PRIMARY KEY (user_id),
    FOREIGN KEY (user_id) REFERENCES users (id)
);
CREATE TABLE message_media (
    message_id uuid NOT NULL,
    place bigint NOT NULL,
    media_id uuid NOT NULL,
    PRIMARY KEY (message_id, place),
    FOREIGN KEY (message_id) REFERENCES messages (id),
    FOREIGN KEY (media_id) REFERENCES media (id)
);
CREATE INDEX message_media_media_id ON message_media (media_id);
CREATE TABLE pictures (
    user_id uuid NOT NULL,
    id uuid NOT NULL,
    content_type text NOT NULL,
    size bigint NOT NULL,
    sha256 bytea NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (user_id),
    FOREIGN KEY (user_id) REFERENCES users (id)
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
    PRIMARY KEY (scope, operation, name)
);
CREATE INDEX idempotency_keys_created_at ON idempotency_keys (created_at);
ALTER TABLE users ADD COLUMN last_seen_at timestamptz;
ALTER TABLE users ADD COLUMN deleted_at timestamptz;
ALTER TABLE conversations ADD COLUMN last_message_id uuid;
ALTER TABLE conversations ADD COLUMN low_delivered bigint;
ALTER TABLE conversations ADD COLUMN low_read bigint;
ALTER TABLE conversations ADD COLUMN low_shown bigint;
ALTER TABLE conversations ADD COLUMN low_unread bigint;
ALTER TABLE conversations ADD COLUMN high_delivered bigint;
ALTER TABLE conversations ADD COLUMN high_read bigint;
ALTER TABLE conversations ADD COLUMN high_shown bigint;
ALTER TABLE conversations ADD COLUMN high_unread bigint;
CREATE INDEX conversations_low_id_last_message_id ON conversations (low_id, last_message_id);
CREATE INDEX conversations_high_id_last_message_id ON conversations (high_id, last_message_id);
ALTER TABLE messages ADD COLUMN session_id uuid;
ALTER TABLE events ADD COLUMN subject_id uuid;
ALTER TABLE events ADD COLUMN detail text;

CREATE TABLE status_steps (
    low_id BLOB NOT NULL,
    high_id BLOB NOT NULL,
    user_id BLOB NOT NULL,
    status TEXT NOT NULL,
    up_to_seq INTEGER NOT NULL,
    session_id BLOB NOT NULL,
    is_shown INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (low_id, high_id, user_id, status, up_to_seq)
) STRICT;
CREATE TABLE reactions (
    id BLOB NOT NULL,
    message_id BLOB NOT NULL,
    user_id BLOB NOT NULL,
    emoji TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    removed_at INTEGER,
    PRIMARY KEY (id),
    UNIQUE (message_id, user_id, emoji),
    FOREIGN KEY (message_id) REFERENCES messages (id),
    FOREIGN KEY (user_id) REFERENCES users (id)
) STRICT;
CREATE TABLE settings (
    user_id BLOB NOT NULL,
    read_receipts INTEGER NOT NULL,
    last_seen_visibility TEXT NOT NULL,
    notifications INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (user_id),
    FOREIGN KEY (user_id) REFERENCES users (id)
) STRICT;
CREATE TABLE two_factors (
    user_id BLOB NOT NULL,
    secret BLOB NOT NULL,
    confirmed_at INTEGER,
    last_step INTEGER NOT NULL,
    PRIMARY KEY (user_id),
    FOREIGN KEY (user_id) REFERENCES users (id)
) STRICT;
CREATE TABLE recovery_codes (
    user_id BLOB NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (user_id, hash),
    FOREIGN KEY (user_id) REFERENCES users (id)
) STRICT;
CREATE TABLE challenges (
    hash BLOB NOT NULL,
    user_id BLOB NOT NULL,
    device_name TEXT,
    failures INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (hash),
    FOREIGN KEY (user_id) REFERENCES users (id)
) STRICT;
CREATE INDEX challenges_expires_at ON challenges (expires_at);
CREATE TABLE contacts (
    id BLOB NOT NULL,
    owner_id BLOB NOT NULL,
    user_id BLOB NOT NULL,
    alias TEXT,
    status TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (owner_id, user_id),
    FOREIGN KEY (owner_id) REFERENCES users (id),
    FOREIGN KEY (user_id) REFERENCES users (id)
) STRICT;
CREATE INDEX contacts_owner_id_id ON contacts (owner_id, id);
CREATE INDEX contacts_user_id ON contacts (user_id);
CREATE TABLE media (
    id BLOB NOT NULL,
    owner_id BLOB NOT NULL,
    content_type TEXT NOT NULL,
    size INTEGER NOT NULL,
    sha256 BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY (owner_id) REFERENCES users (id)
) STRICT;
CREATE INDEX media_owner_id ON media (owner_id);
CREATE TABLE media_usage (
    user_id BLOB NOT NULL,
    bytes INTEGER NOT NULL,
    PRIMARY KEY (user_id),
    FOREIGN KEY (user_id) REFERENCES users (id)
) STRICT;
CREATE TABLE message_media (
    message_id BLOB NOT NULL,
    place INTEGER NOT NULL,
    media_id BLOB NOT NULL,
    PRIMARY KEY (message_id, place),
    FOREIGN KEY (message_id) REFERENCES messages (id),
    FOREIGN KEY (media_id) REFERENCES media (id)
) STRICT;
CREATE INDEX message_media_media_id ON message_media (media_id);
CREATE TABLE pictures (
    user_id BLOB NOT NULL,
    id BLOB NOT NULL,
    content_type TEXT NOT NULL,
    size INTEGER NOT NULL,
    sha256 BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (user_id),
    FOREIGN KEY (user_id) REFERENCES users (id)
) STRICT;
CREATE TABLE idempotency_keys (
    scope TEXT NOT NULL,
    operation TEXT NOT NULL,
    name TEXT NOT NULL,
    fingerprint BLOB NOT NULL,
    status INTEGER,
    fields TEXT,
    body BLOB,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (scope, operation, name)
) STRICT;
CREATE INDEX idempotency_keys_created_at ON idempotency_keys (created_at);
ALTER TABLE users ADD COLUMN last_seen_at INTEGER;
ALTER TABLE users ADD COLUMN deleted_at INTEGER;
ALTER TABLE conversations ADD COLUMN last_message_id BLOB;
ALTER TABLE conversations ADD COLUMN low_delivered INTEGER;
ALTER TABLE conversations ADD COLUMN low_read INTEGER;
ALTER TABLE conversations ADD COLUMN low_shown INTEGER;
ALTER TABLE conversations ADD COLUMN low_unread INTEGER;
ALTER TABLE conversations ADD COLUMN high_delivered INTEGER;
ALTER TABLE conversations ADD COLUMN high_read INTEGER;
ALTER TABLE conversations ADD COLUMN high_shown INTEGER;
ALTER TABLE conversations ADD COLUMN high_unread INTEGER;
CREATE INDEX conversations_low_id_last_message_id ON conversations (low_id, last_message_id);
CREATE INDEX conversations_high_id_last_message_id ON conversations (high_id, last_message_id);
ALTER TABLE messages ADD COLUMN session_id BLOB;
ALTER TABLE events ADD COLUMN subject_id BLOB;
ALTER TABLE events ADD COLUMN detail TEXT;

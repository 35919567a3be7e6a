CREATE TABLE users (
    id BLOB NOT NULL,
    email TEXT NOT NULL,
    email_key TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    display_name TEXT NOT NULL,
    about TEXT,
    email_verified INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (email_key)
) STRICT;
CREATE TABLE sessions (
    id BLOB NOT NULL,
    user_id BLOB NOT NULL,
    device_name TEXT,
    address_prefix TEXT NOT NULL,
    generation INTEGER NOT NULL,
    refresh_hash BLOB NOT NULL,
    rotated_at INTEGER,
    created_at INTEGER NOT NULL,
    last_used_at INTEGER NOT NULL,
    ended_at INTEGER,
    PRIMARY KEY (id),
    FOREIGN KEY (user_id) REFERENCES users (id)
) STRICT;
CREATE INDEX sessions_user_id ON sessions (user_id);
CREATE TABLE mail_tokens (
    hash BLOB NOT NULL,
    user_id BLOB NOT NULL,
    purpose TEXT NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (hash),
    FOREIGN KEY (user_id) REFERENCES users (id)
) STRICT;
CREATE INDEX mail_tokens_user_id ON mail_tokens (user_id);
CREATE TABLE outbox (
    id BLOB NOT NULL,
    recipient TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    next_at INTEGER NOT NULL,
    PRIMARY KEY (id)
) STRICT;
CREATE INDEX outbox_next_at ON outbox (next_at);
CREATE TABLE conversations (
    low_id BLOB NOT NULL,
    high_id BLOB NOT NULL,
    last_seq INTEGER NOT NULL,
    PRIMARY KEY (low_id, high_id),
    FOREIGN KEY (low_id) REFERENCES users (id),
    FOREIGN KEY (high_id) REFERENCES users (id)
) STRICT;
CREATE TABLE messages (
    id BLOB NOT NULL,
    low_id BLOB NOT NULL,
    high_id BLOB NOT NULL,
    seq INTEGER NOT NULL,
    client_message_id BLOB NOT NULL,
    sender_id BLOB NOT NULL,
    recipient_id BLOB NOT NULL,
    body TEXT,
    reply_to_id BLOB,
    status TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    edited_at INTEGER,
    deleted_at INTEGER,
    PRIMARY KEY (id),
    UNIQUE (sender_id, client_message_id),
    UNIQUE (low_id, high_id, seq),
    FOREIGN KEY (sender_id) REFERENCES users (id),
    FOREIGN KEY (recipient_id) REFERENCES users (id)
) STRICT;
CREATE TABLE event_heads (
    user_id BLOB NOT NULL,
    last_seq INTEGER NOT NULL,
    PRIMARY KEY (user_id),
    FOREIGN KEY (user_id) REFERENCES users (id)
) STRICT;
CREATE TABLE events (
    user_id BLOB NOT NULL,
    seq INTEGER NOT NULL,
    kind TEXT NOT NULL,
    message_id BLOB,
    at INTEGER NOT NULL,
    PRIMARY KEY (user_id, seq),
    FOREIGN KEY (user_id) REFERENCES users (id)
) STRICT;

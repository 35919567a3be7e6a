CREATE TABLE users (
    id uuid NOT NULL,
    email text NOT NULL,
    email_key text NOT NULL,
    password_hash text NOT NULL,
    display_name text NOT NULL,
    about text,
    email_verified boolean NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (email_key)
);
CREATE TABLE sessions (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    device_name text,
    address_prefix text NOT NULL,
    generation bigint NOT NULL,
    refresh_hash bytea NOT NULL,
    rotated_at timestamptz,
    created_at timestamptz NOT NULL,
    last_used_at timestamptz NOT NULL,
    ended_at timestamptz,
    PRIMARY KEY (id),
    FOREIGN KEY (user_id) REFERENCES users (id)
);
CREATE INDEX sessions_user_id ON sessions (user_id);
CREATE TABLE mail_tokens (
    hash bytea NOT NULL,
    user_id uuid NOT NULL,
    purpose text NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (hash),
    FOREIGN KEY (user_id) REFERENCES users (id)
);
CREATE INDEX mail_tokens_user_id ON mail_tokens (user_id);
CREATE TABLE outbox (
    id uuid NOT NULL,
    recipient text NOT NULL,
    subject text NOT NULL,
    body text NOT NULL,
    created_at timestamptz NOT NULL,
    attempts bigint NOT NULL,
    next_at timestamptz NOT NULL,
    PRIMARY KEY (id)
);
CREATE INDEX outbox_next_at ON outbox (next_at);
CREATE TABLE conversations (
    low_id uuid NOT NULL,
    high_id uuid NOT NULL,
    last_seq bigint NOT NULL,
    PRIMARY KEY (low_id, high_id),
    FOREIGN KEY (low_id) REFERENCES users (id),
    FOREIGN KEY (high_id) REFERENCES users (id)
);
CREATE TABLE messages (
    id uuid NOT NULL,
    low_id uuid NOT NULL,
    high_id uuid NOT NULL,
    seq bigint NOT NULL,
    client_message_id uuid NOT NULL,
    sender_id uuid NOT NULL,
    recipient_id uuid NOT NULL,
    body text,
    reply_to_id uuid,
    status text NOT NULL,
    created_at timestamptz NOT NULL,
    edited_at timestamptz,
    deleted_at timestamptz,
    PRIMARY KEY (id),
    UNIQUE (sender_id, client_message_id),
    UNIQUE (low_id, high_id, seq),
    FOREIGN KEY (sender_id) REFERENCES users (id),
    FOREIGN KEY (recipient_id) REFERENCES users (id)
);
CREATE TABLE event_heads (
    user_id uuid NOT NULL,
    last_seq bigint NOT NULL,
    PRIMARY KEY (user_id),
    FOREIGN KEY (user_id) REFERENCES users (id)
);
CREATE TABLE events (
    user_id uuid NOT NULL,
    seq bigint NOT NULL,
    kind text NOT NULL,
    message_id uuid,
    at timestamptz NOT NULL,
    PRIMARY KEY (user_id, seq),
    FOREIGN KEY (user_id) REFERENCES users (id)
);

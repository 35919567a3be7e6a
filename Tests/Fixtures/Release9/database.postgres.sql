-- A database of the release with nine migrations: its steps, its record and some rows. Never changed.
-- 0001-start
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
-- 0002-rest-product
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
-- 0003-messages
CREATE TABLE message_search (
    message_id uuid NOT NULL,
    tokens text NOT NULL,
    PRIMARY KEY (message_id)
);
CREATE INDEX message_search_tokens ON message_search USING gin (array_to_tsvector(string_to_array(tokens, ' ')));
ALTER TABLE messages ADD COLUMN media_count bigint;
-- 0004-fingerprint
ALTER TABLE messages ADD COLUMN fingerprint bytea;
-- 0005-old-names
ALTER TABLE contacts ADD COLUMN owner_name text;
-- 0006-search-waiting
-- Only SQLite adds the words of new rows to its index at the end of a group of writes.
SELECT 1;
-- 0007-reactions-gathered
ALTER TABLE messages ADD COLUMN IF NOT EXISTS reactions text;
UPDATE messages SET reactions = gathered.lines
FROM (
    SELECT message_id, string_agg(replace(id::text || ' ' || user_id::text, '-', '') || ' '
        || (extract(epoch FROM created_at) * 1000)::bigint || ' ' || emoji, chr(10)) AS lines
    FROM reactions WHERE removed_at IS NULL GROUP BY message_id
) AS gathered
WHERE messages.id = gathered.message_id;
-- 0008-ends
DROP INDEX IF EXISTS mail_tokens_expires_at;
CREATE INDEX mail_tokens_expires_at ON mail_tokens (expires_at);
DROP INDEX IF EXISTS challenges_user_id;
CREATE INDEX challenges_user_id ON challenges (user_id);
-- 0009-hot-references
ALTER TABLE messages DROP CONSTRAINT messages_sender_id_fkey;
ALTER TABLE messages DROP CONSTRAINT messages_recipient_id_fkey;
ALTER TABLE events DROP CONSTRAINT events_user_id_fkey;
CREATE TABLE spec_migrations (
    name text PRIMARY KEY, checksum text NOT NULL, applied_at bigint NOT NULL
);
INSERT INTO spec_migrations (name, checksum, applied_at) VALUES
    ('0001-start', 'd05baddad80ecf1d2dae6d8fcd34f3540f76265896f4344636d31edb210e2167', 1764000000000),
    ('0002-rest-product', 'aa75d78565b0f043abfe5b2d2ca2200fb5388f959d55c571973353f6124f686d', 1764000000000),
    ('0003-messages', '0fda8e6289409a894fe8cbf4322dcdad0296f8813fe727263e6071d6153bac13', 1764000000000),
    ('0004-fingerprint', '7b86054113a4a8eeb8fca313adf162292d05386fc67dd1cd936701b775eff993', 1764000000000),
    ('0005-old-names', '5f4629548021c551363f496449cf768bf3cc192725a05ab3c146caf774efca83', 1764000000000),
    ('0006-search-waiting', 'd88e8faedfdc6b6513e601d4c864be505317ab2c31d0d0953357d90982bb849d', 1764000000000),
    ('0007-reactions-gathered', 'ea83c0b77a11d6299ce4f17f75c54fcfab85b53b743a046dd94fe3f3c29f6ce3', 1764000000000),
    ('0008-ends', 'd3a525eebbd435cb1930ab7db149ded90f3a307d26dd845ec7ddef85cc2ec681', 1764000000000),
    ('0009-hot-references', 'e48f9895ad188f1d916841ab455335e71ac939a1829a8e734eb072e0462982b4', 1764000000000);
INSERT INTO users (id, email, email_key, password_hash, display_name, about, email_verified, created_at, updated_at, last_seen_at, deleted_at) VALUES ('11111111-1111-7111-8111-111111111111', 'ada@example.org', 'ada@example.org', 'hash', 'Ada', NULL, TRUE, to_timestamp(1764000000000 / 1000.0), to_timestamp(1764000000000 / 1000.0), to_timestamp(1764000000005 / 1000.0), NULL);
INSERT INTO users (id, email, email_key, password_hash, display_name, about, email_verified, created_at, updated_at, last_seen_at, deleted_at) VALUES ('22222222-2222-7222-8222-222222222222', 'bob@example.org', 'bob@example.org', 'hash', 'Bob', NULL, TRUE, to_timestamp(1764000000000 / 1000.0), to_timestamp(1764000000000 / 1000.0), to_timestamp(1764000000005 / 1000.0), NULL);
INSERT INTO sessions (id, user_id, device_name, address_prefix, generation, refresh_hash, rotated_at, created_at, last_used_at, ended_at) VALUES ('99999999-9999-7999-8999-999999999999', '11111111-1111-7111-8111-111111111111', NULL, '127.0.0', 1, '\xabababababababababababababababababababababababababababababababab', NULL, to_timestamp(1764000000000 / 1000.0), to_timestamp(1764000000000 / 1000.0), NULL);
INSERT INTO conversations (low_id, high_id, last_seq, last_message_id, high_delivered, high_read, high_shown, low_unread, high_unread) VALUES ('11111111-1111-7111-8111-111111111111', '22222222-2222-7222-8222-222222222222', 2, '44444444-4444-7444-8444-444444444444', 1, 1, 1, 0, 1);
INSERT INTO messages (id, low_id, high_id, seq, client_message_id, sender_id, recipient_id, body, reply_to_id, status, created_at, session_id, fingerprint, reactions) VALUES ('33333333-3333-7333-8333-333333333333', '11111111-1111-7111-8111-111111111111', '22222222-2222-7222-8222-222222222222', 1, '55555555-5555-7555-8555-555555555555', '11111111-1111-7111-8111-111111111111', '22222222-2222-7222-8222-222222222222', 'hello old world', NULL, 'read', to_timestamp(1764000000001 / 1000.0), '99999999-9999-7999-8999-999999999999', '\xcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd', NULL);
INSERT INTO message_search (message_id, tokens) VALUES ('33333333-3333-7333-8333-333333333333', 'hello old world');
INSERT INTO messages (id, low_id, high_id, seq, client_message_id, sender_id, recipient_id, body, reply_to_id, status, created_at, session_id, fingerprint, reactions) VALUES ('44444444-4444-7444-8444-444444444444', '11111111-1111-7111-8111-111111111111', '22222222-2222-7222-8222-222222222222', 2, '66666666-6666-7666-8666-666666666666', '11111111-1111-7111-8111-111111111111', '22222222-2222-7222-8222-222222222222', 'second', NULL, 'sent', to_timestamp(1764000000002 / 1000.0), '99999999-9999-7999-8999-999999999999', '\xcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd', NULL);
INSERT INTO message_search (message_id, tokens) VALUES ('44444444-4444-7444-8444-444444444444', 'second');
INSERT INTO event_heads (user_id, last_seq) VALUES ('11111111-1111-7111-8111-111111111111', 2);
INSERT INTO events (user_id, seq, kind, message_id, at) VALUES ('11111111-1111-7111-8111-111111111111', 1, 'message:new', '33333333-3333-7333-8333-333333333333', to_timestamp(1764000000001 / 1000.0));
INSERT INTO events (user_id, seq, kind, message_id, at) VALUES ('11111111-1111-7111-8111-111111111111', 2, 'message:new', '44444444-4444-7444-8444-444444444444', to_timestamp(1764000000002 / 1000.0));
INSERT INTO event_heads (user_id, last_seq) VALUES ('22222222-2222-7222-8222-222222222222', 2);
INSERT INTO events (user_id, seq, kind, message_id, at) VALUES ('22222222-2222-7222-8222-222222222222', 1, 'message:new', '33333333-3333-7333-8333-333333333333', to_timestamp(1764000000001 / 1000.0));
INSERT INTO events (user_id, seq, kind, message_id, at) VALUES ('22222222-2222-7222-8222-222222222222', 2, 'message:new', '44444444-4444-7444-8444-444444444444', to_timestamp(1764000000002 / 1000.0));
INSERT INTO status_steps (low_id, high_id, user_id, status, up_to_seq, session_id, is_shown, at) VALUES ('11111111-1111-7111-8111-111111111111', '22222222-2222-7222-8222-222222222222', '22222222-2222-7222-8222-222222222222', 'read', 1, '99999999-9999-7999-8999-999999999999', TRUE, to_timestamp(1764000000009 / 1000.0));
INSERT INTO reactions (id, message_id, user_id, emoji, created_at) VALUES ('77777777-7777-7777-8777-777777777777', '33333333-3333-7333-8333-333333333333', '22222222-2222-7222-8222-222222222222', '+', to_timestamp(1764000000008 / 1000.0));
INSERT INTO contacts (id, owner_id, user_id, alias, status, created_at, owner_name) VALUES ('88888888-8888-7888-8888-888888888888', '22222222-2222-7222-8222-222222222222', '11111111-1111-7111-8111-111111111111', 'A.', 'blocked', to_timestamp(1764000000000 / 1000.0), 'Old Ada');
INSERT INTO settings (user_id, read_receipts, last_seen_visibility, notifications, updated_at) VALUES ('11111111-1111-7111-8111-111111111111', FALSE, 'contacts', TRUE, to_timestamp(1764000000000 / 1000.0));
INSERT INTO idempotency_keys (scope, operation, name, fingerprint, status, fields, body, created_at) VALUES ('u', 'SendMessage', 'k', '\xefefefefefefefefefefefefefefefef', 201, '', '\x7b7d', to_timestamp(1764000000000 / 1000.0));

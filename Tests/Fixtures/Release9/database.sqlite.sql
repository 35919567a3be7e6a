-- A database of the release with nine migrations: its steps, its record and some rows. Never changed.
-- 0001-start
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
-- 0002-rest-product
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
-- 0003-messages
CREATE TABLE message_search (
    row_id INTEGER PRIMARY KEY,
    message_id BLOB NOT NULL,
    tokens TEXT NOT NULL,
    UNIQUE (message_id)
) STRICT;
CREATE VIRTUAL TABLE message_search_tokens USING fts5(
    tokens, content = 'message_search', content_rowid = 'row_id', tokenize = 'ascii', detail = none,
    columnsize = 0
);
CREATE TRIGGER message_search_tokens_insert AFTER INSERT ON message_search BEGIN
    INSERT INTO message_search_tokens (rowid, tokens) VALUES (new.row_id, new.tokens);
END;
CREATE TRIGGER message_search_tokens_update AFTER UPDATE OF tokens ON message_search BEGIN
    INSERT INTO message_search_tokens (message_search_tokens, rowid, tokens) VALUES ('delete', old.row_id, old.tokens);
    INSERT INTO message_search_tokens (rowid, tokens) VALUES (new.row_id, new.tokens);
END;
CREATE TRIGGER message_search_tokens_delete AFTER DELETE ON message_search BEGIN
    INSERT INTO message_search_tokens (message_search_tokens, rowid, tokens) VALUES ('delete', old.row_id, old.tokens);
END;
ALTER TABLE messages ADD COLUMN media_count INTEGER;
-- 0004-fingerprint
ALTER TABLE messages ADD COLUMN fingerprint BLOB;
-- 0005-old-names
ALTER TABLE contacts ADD COLUMN owner_name TEXT;
-- 0006-search-waiting
DROP TRIGGER message_search_tokens_insert;
DROP TRIGGER message_search_tokens_update;
DROP TRIGGER message_search_tokens_delete;
CREATE TABLE message_search_tokens_waiting (
    row_id INTEGER PRIMARY KEY
) STRICT;
CREATE TRIGGER message_search_tokens_insert AFTER INSERT ON message_search BEGIN
    INSERT INTO message_search_tokens_waiting (row_id) VALUES (new.row_id);
END;
CREATE TRIGGER message_search_tokens_update AFTER UPDATE OF tokens ON message_search BEGIN
    INSERT INTO message_search_tokens (message_search_tokens, rowid, tokens) SELECT 'delete', old.row_id, old.tokens
        WHERE NOT EXISTS (SELECT 1 FROM message_search_tokens_waiting WHERE row_id = old.row_id);
    INSERT INTO message_search_tokens_waiting (row_id) VALUES (new.row_id) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER message_search_tokens_delete AFTER DELETE ON message_search BEGIN
    INSERT INTO message_search_tokens (message_search_tokens, rowid, tokens) SELECT 'delete', old.row_id, old.tokens
        WHERE NOT EXISTS (SELECT 1 FROM message_search_tokens_waiting WHERE row_id = old.row_id);
    DELETE FROM message_search_tokens_waiting WHERE row_id = old.row_id;
END;
-- 0007-reactions-gathered
ALTER TABLE messages ADD COLUMN reactions TEXT;
UPDATE messages SET reactions = gathered.lines
FROM (
    SELECT message_id, group_concat(
        hex(id) || ' ' || hex(user_id) || ' ' || created_at || ' ' || emoji, char(10)) AS lines
    FROM reactions WHERE removed_at IS NULL GROUP BY message_id
) AS gathered
WHERE messages.id = gathered.message_id;
-- 0008-ends
CREATE INDEX mail_tokens_expires_at ON mail_tokens (expires_at);
CREATE INDEX challenges_user_id ON challenges (user_id);
-- 0009-hot-references
CREATE TABLE rebuilt_messages (
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
    session_id BLOB,
    media_count INTEGER,
    fingerprint BLOB,
    reactions TEXT,
    PRIMARY KEY (id),
    UNIQUE (sender_id, client_message_id),
    UNIQUE (low_id, high_id, seq)
) STRICT;
INSERT INTO rebuilt_messages (id, low_id, high_id, seq, client_message_id, sender_id, recipient_id, body, reply_to_id, status, created_at, edited_at, deleted_at, session_id, media_count, fingerprint, reactions) SELECT id, low_id, high_id, seq, client_message_id, sender_id, recipient_id, body, reply_to_id, status, created_at, edited_at, deleted_at, session_id, media_count, fingerprint, reactions FROM messages;
DROP TABLE messages;
ALTER TABLE rebuilt_messages RENAME TO messages;
CREATE TABLE rebuilt_events (
    user_id BLOB NOT NULL,
    seq INTEGER NOT NULL,
    kind TEXT NOT NULL,
    message_id BLOB,
    at INTEGER NOT NULL,
    subject_id BLOB,
    detail TEXT,
    PRIMARY KEY (user_id, seq)
) STRICT;
INSERT INTO rebuilt_events (user_id, seq, kind, message_id, at, subject_id, detail) SELECT user_id, seq, kind, message_id, at, subject_id, detail FROM events;
DROP TABLE events;
ALTER TABLE rebuilt_events RENAME TO events;
CREATE TABLE spec_migrations (
    name TEXT PRIMARY KEY NOT NULL, checksum TEXT NOT NULL, applied_at INTEGER NOT NULL
) STRICT;
INSERT INTO spec_migrations (name, checksum, applied_at) VALUES
    ('0001-start', '8287857184113bbe497d009eadfb0eca9c897ec4fda8c98df73886980952ab7e', 1764000000000),
    ('0002-rest-product', 'dcab281286a4eff5e21e26b77fdb46b150d7fdeff832bb055094ea3e928351b0', 1764000000000),
    ('0003-messages', '7001ec40c1d35b09ebbad83c1cdaf9ff25acf77d68dc4117bf6232ed85123031', 1764000000000),
    ('0004-fingerprint', 'f88841dac4a0a444d615e395db9b0a67f0c3fcfdeeba9c7e93e0218ae2b65892', 1764000000000),
    ('0005-old-names', '5d2ae17e26bcb8546b8dbbcdcd57ad9bcb30f5d1d0908ba2a3f380b561e49139', 1764000000000),
    ('0006-search-waiting', '5841ea7cd99c54024d3e8532bf4d0966692698117bbb3d19cef1ae3e8611dcf1', 1764000000000),
    ('0007-reactions-gathered', '55195e437301760d7d5af5ca27dfc87dbbe94dc238040323c2ab95394b7a801c', 1764000000000),
    ('0008-ends', '7ffd977699ad1c677801ccf615129d916326a256f5174c82aa04391a3a39bbe5', 1764000000000),
    ('0009-hot-references', '4d46031777cd39e6d58bffcd1a0fa4d71fb23fc668629a616b2ebcbd2e071be7', 1764000000000);
INSERT INTO users (id, email, email_key, password_hash, display_name, about, email_verified, created_at, updated_at, last_seen_at, deleted_at) VALUES (x'11111111111171118111111111111111', 'ada@example.org', 'ada@example.org', 'hash', 'Ada', NULL, 1, 1764000000000, 1764000000000, 1764000000005, NULL);
INSERT INTO users (id, email, email_key, password_hash, display_name, about, email_verified, created_at, updated_at, last_seen_at, deleted_at) VALUES (x'22222222222272228222222222222222', 'bob@example.org', 'bob@example.org', 'hash', 'Bob', NULL, 1, 1764000000000, 1764000000000, 1764000000005, NULL);
INSERT INTO sessions (id, user_id, device_name, address_prefix, generation, refresh_hash, rotated_at, created_at, last_used_at, ended_at) VALUES (x'99999999999979998999999999999999', x'11111111111171118111111111111111', NULL, '127.0.0', 1, x'abababababababababababababababababababababababababababababababab', NULL, 1764000000000, 1764000000000, NULL);
INSERT INTO conversations (low_id, high_id, last_seq, last_message_id, high_delivered, high_read, high_shown, low_unread, high_unread) VALUES (x'11111111111171118111111111111111', x'22222222222272228222222222222222', 2, x'44444444444474448444444444444444', 1, 1, 1, 0, 1);
INSERT INTO messages (id, low_id, high_id, seq, client_message_id, sender_id, recipient_id, body, reply_to_id, status, created_at, session_id, fingerprint, reactions) VALUES (x'33333333333373338333333333333333', x'11111111111171118111111111111111', x'22222222222272228222222222222222', 1, x'55555555555575558555555555555555', x'11111111111171118111111111111111', x'22222222222272228222222222222222', 'hello old world', NULL, 'read', 1764000000001, x'99999999999979998999999999999999', x'cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd', NULL);
INSERT INTO message_search (message_id, tokens) VALUES (x'33333333333373338333333333333333', 'hello old world');
INSERT INTO messages (id, low_id, high_id, seq, client_message_id, sender_id, recipient_id, body, reply_to_id, status, created_at, session_id, fingerprint, reactions) VALUES (x'44444444444474448444444444444444', x'11111111111171118111111111111111', x'22222222222272228222222222222222', 2, x'66666666666676668666666666666666', x'11111111111171118111111111111111', x'22222222222272228222222222222222', 'second', NULL, 'sent', 1764000000002, x'99999999999979998999999999999999', x'cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd', NULL);
INSERT INTO message_search (message_id, tokens) VALUES (x'44444444444474448444444444444444', 'second');
INSERT INTO event_heads (user_id, last_seq) VALUES (x'11111111111171118111111111111111', 2);
INSERT INTO events (user_id, seq, kind, message_id, at) VALUES (x'11111111111171118111111111111111', 1, 'message:new', x'33333333333373338333333333333333', 1764000000001);
INSERT INTO events (user_id, seq, kind, message_id, at) VALUES (x'11111111111171118111111111111111', 2, 'message:new', x'44444444444474448444444444444444', 1764000000002);
INSERT INTO event_heads (user_id, last_seq) VALUES (x'22222222222272228222222222222222', 2);
INSERT INTO events (user_id, seq, kind, message_id, at) VALUES (x'22222222222272228222222222222222', 1, 'message:new', x'33333333333373338333333333333333', 1764000000001);
INSERT INTO events (user_id, seq, kind, message_id, at) VALUES (x'22222222222272228222222222222222', 2, 'message:new', x'44444444444474448444444444444444', 1764000000002);
INSERT INTO status_steps (low_id, high_id, user_id, status, up_to_seq, session_id, is_shown, at) VALUES (x'11111111111171118111111111111111', x'22222222222272228222222222222222', x'22222222222272228222222222222222', 'read', 1, x'99999999999979998999999999999999', 1, 1764000000009);
INSERT INTO reactions (id, message_id, user_id, emoji, created_at) VALUES (x'77777777777777778777777777777777', x'33333333333373338333333333333333', x'22222222222272228222222222222222', '+', 1764000000008);
INSERT INTO contacts (id, owner_id, user_id, alias, status, created_at, owner_name) VALUES (x'88888888888878888888888888888888', x'22222222222272228222222222222222', x'11111111111171118111111111111111', 'A.', 'blocked', 1764000000000, 'Old Ada');
INSERT INTO settings (user_id, read_receipts, last_seen_visibility, notifications, updated_at) VALUES (x'11111111111171118111111111111111', 0, 'contacts', 1, 1764000000000);
INSERT INTO idempotency_keys (scope, operation, name, fingerprint, status, fields, body, created_at) VALUES ('u', 'SendMessage', 'k', x'efefefefefefefefefefefefefefefef', 201, '', x'7b7d', 1764000000000);
INSERT INTO message_search_tokens (rowid, tokens) SELECT w.row_id, s.tokens
FROM message_search_tokens_waiting w JOIN message_search s ON s.row_id = w.row_id;
DELETE FROM message_search_tokens_waiting;

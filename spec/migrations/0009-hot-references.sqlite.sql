-- without foreign keys
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

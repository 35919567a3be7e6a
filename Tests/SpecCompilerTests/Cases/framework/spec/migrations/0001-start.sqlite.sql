CREATE TABLE people (
    id BLOB NOT NULL,
    PRIMARY KEY (id)
) STRICT;
CREATE TABLE mails (
    id BLOB NOT NULL,
    recipient TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    next_at INTEGER NOT NULL,
    PRIMARY KEY (id)
) STRICT;
CREATE INDEX mails_next_at ON mails (next_at);
CREATE TABLE log_heads (
    user_id BLOB NOT NULL,
    last_seq INTEGER NOT NULL,
    PRIMARY KEY (user_id),
    FOREIGN KEY (user_id) REFERENCES people (id)
) STRICT;
CREATE TABLE log (
    user_id BLOB NOT NULL,
    seq INTEGER NOT NULL,
    kind TEXT NOT NULL,
    thing_id BLOB,
    at INTEGER NOT NULL,
    other_id BLOB,
    detail TEXT,
    PRIMARY KEY (user_id, seq)
) STRICT;
CREATE TABLE keys (
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
CREATE INDEX keys_created_at ON keys (created_at);
CREATE INDEX keys_user_id ON keys (user_id);

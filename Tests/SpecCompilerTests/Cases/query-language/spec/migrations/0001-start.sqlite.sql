-- without foreign keys
CREATE TABLE users (
    id BLOB NOT NULL,
    name TEXT NOT NULL,
    about TEXT,
    status TEXT NOT NULL,
    seen_at INTEGER,
    PRIMARY KEY (id)
) STRICT;
CREATE TABLE by_hand (id BLOB PRIMARY KEY NOT NULL) STRICT;

CREATE TABLE counters (
    id BLOB NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (id)
) STRICT;

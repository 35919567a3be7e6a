CREATE TABLE users (
    id BLOB NOT NULL,
    users_row TEXT NOT NULL,
    PRIMARY KEY (id)
) STRICT;

CREATE TABLE counters (
    id BLOB NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (id)
) STRICT;
CREATE TABLE places (
    counter BLOB NOT NULL,
    place INTEGER NOT NULL,
    PRIMARY KEY (counter, place)
) STRICT;

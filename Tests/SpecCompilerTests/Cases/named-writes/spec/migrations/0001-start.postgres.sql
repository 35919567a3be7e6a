CREATE TABLE counters (
    id uuid NOT NULL,
    last bigint NOT NULL,
    PRIMARY KEY (id)
);
CREATE TABLE places (
    counter uuid NOT NULL,
    place bigint NOT NULL,
    PRIMARY KEY (counter, place)
);

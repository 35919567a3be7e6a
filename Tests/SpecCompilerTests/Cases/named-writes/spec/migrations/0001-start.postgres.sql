CREATE TABLE counters (
    id uuid NOT NULL,
    last bigint NOT NULL,
    PRIMARY KEY (id)
);

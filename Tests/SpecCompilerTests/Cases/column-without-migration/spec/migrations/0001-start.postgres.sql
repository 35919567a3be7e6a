CREATE TABLE boxes (
    id uuid NOT NULL,
    PRIMARY KEY (id)
);
CREATE TABLE users (
    id uuid NOT NULL,
    name text NOT NULL,
    PRIMARY KEY (id)
);

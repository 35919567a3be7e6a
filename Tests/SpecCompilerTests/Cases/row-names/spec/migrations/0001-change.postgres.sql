CREATE TABLE users (
    id uuid NOT NULL,
    users_row text NOT NULL,
    PRIMARY KEY (id)
);

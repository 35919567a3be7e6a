-- without a transaction
CREATE TABLE IF NOT EXISTS users (
    id uuid NOT NULL,
    name text NOT NULL, -- a comment; with a semicolon
    about text,
    status text NOT NULL,
    seen_at timestamptz,
    PRIMARY KEY (id)
);
CREATE TABLE IF NOT EXISTS by_hand (id uuid PRIMARY KEY NOT NULL);

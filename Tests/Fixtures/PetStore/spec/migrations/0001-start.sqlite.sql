CREATE TABLE orders (
    id BLOB NOT NULL,
    card TEXT,
    is_gift INTEGER NOT NULL,
    placed_at INTEGER NOT NULL,
    PRIMARY KEY (id)
) STRICT;
CREATE TABLE pets (
    id INTEGER NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    born TEXT,
    note TEXT,
    legs INTEGER NOT NULL,
    home TEXT NOT NULL,
    likes TEXT,
    mother TEXT,
    photo BLOB,
    order_id BLOB,
    PRIMARY KEY (id),
    UNIQUE (name),
    FOREIGN KEY (order_id) REFERENCES orders (id)
) STRICT;
CREATE INDEX pets_order_id ON pets (order_id);

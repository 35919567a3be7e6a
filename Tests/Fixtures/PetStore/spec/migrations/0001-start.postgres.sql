CREATE TABLE orders (
    id uuid NOT NULL,
    card text,
    is_gift boolean NOT NULL,
    placed_at timestamptz NOT NULL,
    PRIMARY KEY (id)
);
CREATE TABLE pets (
    id bigint NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    born text,
    note text,
    legs bigint NOT NULL,
    home text NOT NULL,
    likes text,
    mother text,
    photo bytea,
    order_id uuid,
    PRIMARY KEY (id),
    UNIQUE (name),
    FOREIGN KEY (order_id) REFERENCES orders (id)
);
CREATE INDEX pets_order_id ON pets (order_id);

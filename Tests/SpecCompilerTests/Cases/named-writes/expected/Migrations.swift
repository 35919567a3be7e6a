// Generated from the spec. Edit the spec instead.

internal import SpecCore

/// The schema's history, in order, and what it leads to.
enum Migrations {
    /// The schema, one line for each thing.
    static let schema: StaticString = "table counters\ncolumn counters.id identifier\ncolumn counters.last integer\nkey counters id\ntable places\ncolumn places.counter identifier\ncolumn places.place integer\nkey places counter place"

    static let all: [Migration] = [
        Migration(
            name: "0001-start",
            sqlite: "CREATE TABLE counters (\n    id BLOB NOT NULL,\n    last INTEGER NOT NULL,\n    PRIMARY KEY (id)\n) STRICT;\nCREATE TABLE places (\n    counter BLOB NOT NULL,\n    place INTEGER NOT NULL,\n    PRIMARY KEY (counter, place)\n) STRICT;\n",
            postgres: "CREATE TABLE counters (\n    id uuid NOT NULL,\n    last bigint NOT NULL,\n    PRIMARY KEY (id)\n);\nCREATE TABLE places (\n    counter uuid NOT NULL,\n    place bigint NOT NULL,\n    PRIMARY KEY (counter, place)\n);\n"),
    ]
}

// Generated from the spec. Edit the spec instead.

import SpecCore

/// The migrations, in order, and the schema that they produce.
enum Migrations {
    /// The tables, for the comparison with a database.
    static var schema: DatabaseSchema {
        DatabaseSchema(tables: [countersTable, placesTable])
    }

    private static var countersTable: DatabaseSchema.Table {
        DatabaseSchema.Table(
            "counters",
            columns: [
                DatabaseSchema.Column("id", .identifier),
                DatabaseSchema.Column("last", .integer),
            ],
            key: ["id"])
    }

    private static var placesTable: DatabaseSchema.Table {
        DatabaseSchema.Table(
            "places",
            columns: [
                DatabaseSchema.Column("counter", .identifier),
                DatabaseSchema.Column("place", .integer),
            ],
            key: ["counter", "place"])
    }

    static let all: [Migration] = [
        Migration(
            name: "0001-start",
            sqlite: """
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

                """,
            postgres: """
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

                """),
    ]
}

/// All statements, for PostgreSQL's check at start.
enum Statements {
    static var all: [StatementText] {
        [
            StatementText("counters.insert", CountersTable.PostgresTexts.insert),
            StatementText("counters.insertIfAbsent", CountersTable.PostgresTexts.insertIfAbsent),
            StatementText("counters.find", CountersTable.PostgresTexts.find, columnCount: 2),
            StatementText("counters.page", CountersTable.PostgresTexts.page, columnCount: 2),
            StatementText("counters.update", CountersTable.PostgresTexts.update),
            StatementText("counters.delete", CountersTable.PostgresTexts.delete),
            StatementText("places.insert", PlacesTable.PostgresTexts.insert),
            StatementText("places.insertIfAbsent", PlacesTable.PostgresTexts.insertIfAbsent),
            StatementText("places.find", PlacesTable.PostgresTexts.find, columnCount: 2),
            StatementText("places.page", PlacesTable.PostgresTexts.page, columnCount: 2),
            StatementText("places.delete", PlacesTable.PostgresTexts.delete),
            StatementText("counters.advance", CountersQueries.PostgresTexts.advance, columnCount: 2),
            StatementText(
                "counters.advance (locks)",
                "SELECT FROM counters t JOIN unnest($1::uuid[]) AS k (id) ON t.id = k.id ORDER BY t.id FOR NO KEY UPDATE OF t"
            ),
            StatementText("counters.raise", CountersQueries.PostgresTexts.raise, columnCount: 3),
            StatementText(
                "counters.raise (locks)",
                "SELECT FROM counters t JOIN unnest($1::uuid[]) AS k (id) ON t.id = k.id ORDER BY t.id FOR NO KEY UPDATE OF t"
            ),
            StatementText("counters.swap", CountersQueries.PostgresTexts.swap),
            StatementText(
                "counters.swap (locks)",
                "SELECT FROM counters t JOIN unnest($1::uuid[]) AS k (id) ON t.id = k.id ORDER BY t.id FOR NO KEY UPDATE OF t"
            ),
            StatementText(
                "counters.swap (locks)",
                "SELECT FROM places t JOIN unnest($1::uuid[], $2::bigint[]) AS k (counter, place) ON t.counter = k.counter AND t.place = k.place ORDER BY t.counter, t.place FOR NO KEY UPDATE OF t"
            ),
            StatementText("counters.reset", CountersQueries.PostgresTexts.reset),
            StatementText("counters.tell", CountersQueries.PostgresTexts.tell, columnCount: 3),
        ]
    }
}

// Generated from the spec. Edit the spec instead.

import SpecCore

/// The migrations, in order, and the schema that they produce.
enum Migrations {
    /// The tables, for the comparison with a database.
    static var schema: DatabaseSchema {
        DatabaseSchema(tables: [usersTable])
    }

    private static var usersTable: DatabaseSchema.Table {
        DatabaseSchema.Table(
            "users",
            columns: [
                DatabaseSchema.Column("id", .identifier),
                DatabaseSchema.Column("name", .text),
                DatabaseSchema.Column("about", .text, isNullable: true),
                DatabaseSchema.Column("status", .text),
                DatabaseSchema.Column("seen_at", .timestamp, isNullable: true),
            ],
            key: ["id"])
    }

    static let all: [Migration] = [
        Migration(
            name: "0001-start",
            sqlite: """
                -- without foreign keys
                CREATE TABLE users (
                    id BLOB NOT NULL,
                    name TEXT NOT NULL,
                    about TEXT,
                    status TEXT NOT NULL,
                    seen_at INTEGER,
                    PRIMARY KEY (id)
                ) STRICT;
                CREATE TABLE by_hand (id BLOB PRIMARY KEY NOT NULL) STRICT;

                """,
            postgres: """
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

                """,
            disablesForeignKeys: true,
            postgresStatements: [
                """
                    CREATE TABLE IF NOT EXISTS users (
                        id uuid NOT NULL,
                        name text NOT NULL, -- a comment; with a semicolon
                        about text,
                        status text NOT NULL,
                        seen_at timestamptz,
                        PRIMARY KEY (id)
                    )
                    """,
                "CREATE TABLE IF NOT EXISTS by_hand (id uuid PRIMARY KEY NOT NULL)",
            ]),
    ]
}

/// All statements, for PostgreSQL's check at start.
enum Statements {
    static var all: [StatementText] {
        [
            StatementText("users.insert", UsersTable.PostgresTexts.insert),
            StatementText("users.insertIfAbsent", UsersTable.PostgresTexts.insertIfAbsent),
            StatementText("users.find", UsersTable.PostgresTexts.find, columnCount: 5),
            StatementText("users.page", UsersTable.PostgresTexts.page, columnCount: 5),
            StatementText("users.update", UsersTable.PostgresTexts.update),
            StatementText("users.delete", UsersTable.PostgresTexts.delete),
            StatementText("users.some", UsersQueries.PostgresTexts.some, columnCount: 3),
            StatementText("users.note", UsersQueries.PostgresTexts.note),
            StatementText("users.whole", UsersQueries.PostgresTexts.whole, columnCount: 5),
            StatementText("users.quoting", UsersQueries.PostgresTexts.quoting),
            StatementText("users.put", UsersQueries.PostgresTexts.put, columnCount: 5),
            StatementText("users.remove", UsersQueries.PostgresTexts.remove, columnCount: 3),
            StatementText(
                "users.remove (locks)",
                "SELECT FROM users t JOIN unnest($1::uuid[]) AS k (id) ON t.id = k.id ORDER BY t.id FOR NO KEY UPDATE OF t"
            ),
        ]
    }
}

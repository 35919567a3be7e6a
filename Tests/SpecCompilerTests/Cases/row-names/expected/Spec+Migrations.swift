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
                DatabaseSchema.Column("users_row", .text),
            ],
            key: ["id"])
    }

    static let all: [Migration] = [
        Migration(
            name: "0001-change",
            sqlite: """
                CREATE TABLE users (
                    id BLOB NOT NULL,
                    users_row TEXT NOT NULL,
                    PRIMARY KEY (id)
                ) STRICT;

                """,
            postgres: """
                CREATE TABLE users (
                    id uuid NOT NULL,
                    users_row text NOT NULL,
                    PRIMARY KEY (id)
                );

                """),
    ]
}

/// All statements, for PostgreSQL's check at start.
enum Statements {
    static var all: [StatementText] {
        [
            StatementText("users.insert", UsersTable.PostgresTexts.insert),
            StatementText("users.insertIfAbsent", UsersTable.PostgresTexts.insertIfAbsent),
            StatementText("users.find", UsersTable.PostgresTexts.find, columnCount: 2),
            StatementText("users.page", UsersTable.PostgresTexts.page, columnCount: 2),
            StatementText("users.update", UsersTable.PostgresTexts.update),
            StatementText("users.delete", UsersTable.PostgresTexts.delete),
        ]
    }
}

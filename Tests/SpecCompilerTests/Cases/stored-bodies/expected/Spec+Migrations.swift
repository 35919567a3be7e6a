// Generated from the spec. Edit the spec instead.

import SpecCore

/// The migrations, in order, and the schema that they produce.
enum Migrations {
    /// The tables, for the comparison with a database.
    static var schema: DatabaseSchema {
        DatabaseSchema(tables: [idempotencyKeysTable])
    }

    private static var idempotencyKeysTable: DatabaseSchema.Table {
        DatabaseSchema.Table(
            "idempotency_keys",
            columns: [
                DatabaseSchema.Column("scope", .text),
                DatabaseSchema.Column("operation", .text),
                DatabaseSchema.Column("name", .text),
                DatabaseSchema.Column("fingerprint", .bytes),
                DatabaseSchema.Column("status", .integer, isNullable: true),
                DatabaseSchema.Column("fields", .text, isNullable: true),
                DatabaseSchema.Column("body", .bytes, isNullable: true),
                DatabaseSchema.Column("created_at", .timestamp),
                DatabaseSchema.Column("claim", .identifier, isNullable: true),
                DatabaseSchema.Column("user_id", .identifier, isNullable: true),
                DatabaseSchema.Column("subject_id", .identifier, isNullable: true),
                DatabaseSchema.Column("signed_urls", .text, isNullable: true),
            ],
            key: ["scope", "operation", "name"],
            indexes: [["created_at"], ["user_id"]])
    }

    static let all: [Migration] = [
        Migration(
            name: "0001-start",
            sqlite: """
                CREATE TABLE idempotency_keys (
                    scope TEXT NOT NULL,
                    operation TEXT NOT NULL,
                    name TEXT NOT NULL,
                    fingerprint BLOB NOT NULL,
                    status INTEGER,
                    fields TEXT,
                    body BLOB,
                    created_at INTEGER NOT NULL,
                    claim BLOB,
                    user_id BLOB,
                    subject_id BLOB,
                    signed_urls TEXT,
                    PRIMARY KEY (scope, operation, name)
                ) STRICT;
                CREATE INDEX idempotency_keys_created_at ON idempotency_keys (created_at);
                CREATE INDEX idempotency_keys_user_id ON idempotency_keys (user_id);

                """,
            postgres: """
                CREATE TABLE idempotency_keys (
                    scope text NOT NULL,
                    operation text NOT NULL,
                    name text NOT NULL,
                    fingerprint bytea NOT NULL,
                    status bigint,
                    fields text,
                    body bytea,
                    created_at timestamptz NOT NULL,
                    claim uuid,
                    user_id uuid,
                    subject_id uuid,
                    signed_urls text,
                    PRIMARY KEY (scope, operation, name)
                );
                CREATE INDEX idempotency_keys_created_at ON idempotency_keys (created_at);
                CREATE INDEX idempotency_keys_user_id ON idempotency_keys (user_id);

                """),
    ]
}

/// All statements, for PostgreSQL's check at start.
enum Statements {
    static var all: [StatementText] {
        [
            StatementText("idempotency_keys.insert", IdempotencyKeysTable.PostgresTexts.insert),
            StatementText("idempotency_keys.insertIfAbsent", IdempotencyKeysTable.PostgresTexts.insertIfAbsent),
            StatementText("idempotency_keys.find", IdempotencyKeysTable.PostgresTexts.find, columnCount: 12),
            StatementText(
                "idempotency_keys.listByCreatedAt", IdempotencyKeysTable.PostgresTexts.listByCreatedAt, columnCount: 12
            ),
            StatementText(
                "idempotency_keys.listByUserId", IdempotencyKeysTable.PostgresTexts.listByUserId, columnCount: 12
            ),
            StatementText("idempotency_keys.page", IdempotencyKeysTable.PostgresTexts.page, columnCount: 12),
            StatementText("idempotency_keys.update", IdempotencyKeysTable.PostgresTexts.update),
            StatementText("idempotency_keys.delete", IdempotencyKeysTable.PostgresTexts.delete),
            StatementText("idempotency.begin", FrameworkTables.idempotency.begin.postgres),
            StatementText("idempotency.find", FrameworkTables.idempotency.find.postgres),
            StatementText("idempotency.renew", FrameworkTables.idempotency.renew.postgres),
            StatementText("idempotency.keep", FrameworkTables.idempotency.keep.postgres),
            StatementText("idempotency.forget", FrameworkTables.idempotency.forget.postgres),
            StatementText("idempotency.forgetUser", FrameworkTables.idempotency.forgetUser.postgres),
            StatementText("idempotency.prune", FrameworkTables.idempotency.prune.postgres),
        ]
    }
}

// Generated from the spec. Edit the spec instead.

import SpecCore

/// The migrations, in order, and the schema that they produce.
enum Migrations {
    /// The tables, for the comparison with a database.
    static var schema: DatabaseSchema {
        DatabaseSchema(tables: [peopleTable, mailsTable, logHeadsTable, logTable, keysTable])
    }

    private static var peopleTable: DatabaseSchema.Table {
        DatabaseSchema.Table(
            "people",
            columns: [
                DatabaseSchema.Column("id", .identifier),
            ],
            key: ["id"])
    }

    private static var mailsTable: DatabaseSchema.Table {
        DatabaseSchema.Table(
            "mails",
            columns: [
                DatabaseSchema.Column("id", .identifier),
                DatabaseSchema.Column("recipient", .text),
                DatabaseSchema.Column("subject", .text),
                DatabaseSchema.Column("body", .text),
                DatabaseSchema.Column("created_at", .timestamp),
                DatabaseSchema.Column("attempts", .integer),
                DatabaseSchema.Column("next_at", .timestamp),
            ],
            key: ["id"],
            indexes: [["next_at"]])
    }

    private static var logHeadsTable: DatabaseSchema.Table {
        DatabaseSchema.Table(
            "log_heads",
            columns: [
                DatabaseSchema.Column("user_id", .identifier),
                DatabaseSchema.Column("last_seq", .integer),
            ],
            key: ["user_id"],
            references: [DatabaseSchema.Reference("user_id", table: "people", target: "id")])
    }

    private static var logTable: DatabaseSchema.Table {
        DatabaseSchema.Table(
            "log",
            columns: [
                DatabaseSchema.Column("user_id", .identifier),
                DatabaseSchema.Column("seq", .integer),
                DatabaseSchema.Column("kind", .text),
                DatabaseSchema.Column("thing_id", .identifier, isNullable: true),
                DatabaseSchema.Column("at", .timestamp),
                DatabaseSchema.Column("other_id", .identifier, isNullable: true),
                DatabaseSchema.Column("detail", .text, isNullable: true),
            ],
            key: ["user_id", "seq"])
    }

    private static var keysTable: DatabaseSchema.Table {
        DatabaseSchema.Table(
            "keys",
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
                CREATE TABLE people (
                    id BLOB NOT NULL,
                    PRIMARY KEY (id)
                ) STRICT;
                CREATE TABLE mails (
                    id BLOB NOT NULL,
                    recipient TEXT NOT NULL,
                    subject TEXT NOT NULL,
                    body TEXT NOT NULL,
                    created_at INTEGER NOT NULL,
                    attempts INTEGER NOT NULL,
                    next_at INTEGER NOT NULL,
                    PRIMARY KEY (id)
                ) STRICT;
                CREATE INDEX mails_next_at ON mails (next_at);
                CREATE TABLE log_heads (
                    user_id BLOB NOT NULL,
                    last_seq INTEGER NOT NULL,
                    PRIMARY KEY (user_id),
                    FOREIGN KEY (user_id) REFERENCES people (id)
                ) STRICT;
                CREATE TABLE log (
                    user_id BLOB NOT NULL,
                    seq INTEGER NOT NULL,
                    kind TEXT NOT NULL,
                    thing_id BLOB,
                    at INTEGER NOT NULL,
                    other_id BLOB,
                    detail TEXT,
                    PRIMARY KEY (user_id, seq)
                ) STRICT;
                CREATE TABLE keys (
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
                CREATE INDEX keys_created_at ON keys (created_at);
                CREATE INDEX keys_user_id ON keys (user_id);

                """,
            postgres: """
                CREATE TABLE people (
                    id uuid NOT NULL,
                    PRIMARY KEY (id)
                );
                CREATE TABLE mails (
                    id uuid NOT NULL,
                    recipient text NOT NULL,
                    subject text NOT NULL,
                    body text NOT NULL,
                    created_at timestamptz NOT NULL,
                    attempts bigint NOT NULL,
                    next_at timestamptz NOT NULL,
                    PRIMARY KEY (id)
                );
                CREATE INDEX mails_next_at ON mails (next_at);
                CREATE TABLE log_heads (
                    user_id uuid NOT NULL,
                    last_seq bigint NOT NULL,
                    PRIMARY KEY (user_id),
                    FOREIGN KEY (user_id) REFERENCES people (id)
                );
                CREATE TABLE log (
                    user_id uuid NOT NULL,
                    seq bigint NOT NULL,
                    kind text NOT NULL,
                    thing_id uuid,
                    at timestamptz NOT NULL,
                    other_id uuid,
                    detail text,
                    PRIMARY KEY (user_id, seq)
                );
                CREATE TABLE keys (
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
                CREATE INDEX keys_created_at ON keys (created_at);
                CREATE INDEX keys_user_id ON keys (user_id);

                """),
    ]
}

/// All statements, for PostgreSQL's check at start.
enum Statements {
    static var all: [StatementText] {
        [
            StatementText("people.insert", PeopleTable.PostgresTexts.insert),
            StatementText("people.insertIfAbsent", PeopleTable.PostgresTexts.insertIfAbsent),
            StatementText("people.find", PeopleTable.PostgresTexts.find, columnCount: 1),
            StatementText("people.page", PeopleTable.PostgresTexts.page, columnCount: 1),
            StatementText("people.delete", PeopleTable.PostgresTexts.delete),
            StatementText("mails.insert", MailsTable.PostgresTexts.insert),
            StatementText("mails.insertIfAbsent", MailsTable.PostgresTexts.insertIfAbsent),
            StatementText("mails.find", MailsTable.PostgresTexts.find, columnCount: 7),
            StatementText("mails.listByNextAt", MailsTable.PostgresTexts.listByNextAt, columnCount: 7),
            StatementText("mails.page", MailsTable.PostgresTexts.page, columnCount: 7),
            StatementText("mails.update", MailsTable.PostgresTexts.update),
            StatementText("mails.delete", MailsTable.PostgresTexts.delete),
            StatementText("log_heads.insert", LogHeadsTable.PostgresTexts.insert),
            StatementText("log_heads.insertIfAbsent", LogHeadsTable.PostgresTexts.insertIfAbsent),
            StatementText("log_heads.find", LogHeadsTable.PostgresTexts.find, columnCount: 2),
            StatementText("log_heads.page", LogHeadsTable.PostgresTexts.page, columnCount: 2),
            StatementText("log_heads.update", LogHeadsTable.PostgresTexts.update),
            StatementText("log_heads.delete", LogHeadsTable.PostgresTexts.delete),
            StatementText("log.insert", LogTable.PostgresTexts.insert),
            StatementText("log.insertIfAbsent", LogTable.PostgresTexts.insertIfAbsent),
            StatementText("log.find", LogTable.PostgresTexts.find, columnCount: 7),
            StatementText("log.page", LogTable.PostgresTexts.page, columnCount: 7),
            StatementText("log.update", LogTable.PostgresTexts.update),
            StatementText("log.delete", LogTable.PostgresTexts.delete),
            StatementText("keys.insert", KeysTable.PostgresTexts.insert),
            StatementText("keys.insertIfAbsent", KeysTable.PostgresTexts.insertIfAbsent),
            StatementText("keys.find", KeysTable.PostgresTexts.find, columnCount: 12),
            StatementText("keys.listByCreatedAt", KeysTable.PostgresTexts.listByCreatedAt, columnCount: 12),
            StatementText("keys.listByUserId", KeysTable.PostgresTexts.listByUserId, columnCount: 12),
            StatementText("keys.page", KeysTable.PostgresTexts.page, columnCount: 12),
            StatementText("keys.update", KeysTable.PostgresTexts.update),
            StatementText("keys.delete", KeysTable.PostgresTexts.delete),
            StatementText("idempotency.begin", FrameworkTables.idempotency.begin.postgres),
            StatementText("idempotency.find", FrameworkTables.idempotency.find.postgres),
            StatementText("idempotency.renew", FrameworkTables.idempotency.renew.postgres),
            StatementText("idempotency.keep", FrameworkTables.idempotency.keep.postgres),
            StatementText("idempotency.forget", FrameworkTables.idempotency.forget.postgres),
            StatementText("idempotency.forgetUser", FrameworkTables.idempotency.forgetUser.postgres),
            StatementText("idempotency.prune", FrameworkTables.idempotency.prune.postgres),
            StatementText("eventLog.emit", FrameworkTables.eventLog.emit),
            StatementText("mailOutbox.insert", FrameworkTables.mailOutbox.insert.postgres),
            StatementText("mailOutbox.isDue", FrameworkTables.mailOutbox.isDue.postgres),
            StatementText("mailOutbox.claim", FrameworkTables.mailOutbox.claim.postgres),
            StatementText("mailOutbox.postpone", FrameworkTables.mailOutbox.postpone.postgres),
            StatementText("mailOutbox.remove", FrameworkTables.mailOutbox.remove.postgres),
        ]
    }
}

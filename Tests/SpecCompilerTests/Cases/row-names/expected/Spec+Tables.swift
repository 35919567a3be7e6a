// Generated from the spec. Edit the spec instead.

import SpecCore

/// A row of `users`.
struct UsersRow: Sendable, Equatable {
    /// The words of `users_row`.
    enum UsersRowValue: String, SQLEnum {
        case on
        case off
    }

    var id: Identifier
    var usersRow: UsersRow.UsersRowValue

    init(id: Identifier, usersRow: UsersRow.UsersRowValue) {
        self.id = id
        self.usersRow = usersRow
    }

    @Sendable static func read(_ row: any RowColumns) throws -> UsersRow {
        UsersRow(
            id: try Identifier.read(row, at: 0),
            usersRow: try UsersRow.UsersRowValue.read(row, at: 1)
        )
    }
}

/// The standard statements of `users`.
enum UsersTable {
    /// Inserts a row.
    static func insert(_ row: UsersRow) -> Query<Void> {
        Query(
            "users.insert",
            SQLText(
                sqlite: "INSERT INTO users (id, users_row) VALUES (?1, ?2)",
                postgres: PostgresTexts.insert),
            [row.id.sqlValue, row.usersRow.sqlValue])
    }

    /// Inserts a row, unless it conflicts with a key or unique index.
    static func insertIfAbsent(_ row: UsersRow) -> Query<Void> {
        Query(
            "users.insertIfAbsent",
            SQLText(
                sqlite: "INSERT INTO users (id, users_row) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
                postgres: PostgresTexts.insertIfAbsent),
            [row.id.sqlValue, row.usersRow.sqlValue])
    }

    /// The row with this key, if there is one.
    static func find(id: Identifier) -> Query<UsersRow> {
        Query(
            "users.find",
            SQLText(
                sqlite: "SELECT id, users_row FROM users WHERE id = ?1",
                postgres: PostgresTexts.find),
            [id.sqlValue], findsByKey: true, read: UsersRow.read)
    }

    /// The rows after a key, in the order of the key.
    static func page(id: Identifier, limit: Int64) -> Query<UsersRow> {
        Query(
            "users.page",
            SQLText(
                sqlite: "SELECT id, users_row FROM users WHERE (id) > (?1) ORDER BY id LIMIT ?2",
                postgres: PostgresTexts.page),
            [id.sqlValue, limit.sqlValue], read: UsersRow.read)
    }

    /// Updates all columns of the row with this key.
    static func update(_ row: UsersRow) -> Query<Void> {
        Query(
            "users.update",
            SQLText(
                sqlite: "UPDATE users SET users_row = ?1 WHERE id = ?2",
                postgres: PostgresTexts.update),
            [row.usersRow.sqlValue, row.id.sqlValue])
    }

    /// Deletes the row with this key.
    static func delete(id: Identifier) -> Query<Void> {
        Query(
            "users.delete",
            SQLText(
                sqlite: "DELETE FROM users WHERE id = ?1",
                postgres: PostgresTexts.delete),
            [id.sqlValue])
    }

    enum PostgresTexts {
        static var insert: StaticString {
            "INSERT INTO users (id, users_row) VALUES ($1::uuid, $2::text)"
        }
        static var insertIfAbsent: StaticString {
            "INSERT INTO users (id, users_row) VALUES ($1::uuid, $2::text) ON CONFLICT DO NOTHING"
        }
        static var find: StaticString {
            "SELECT id, users_row FROM users WHERE id = $1::uuid"
        }
        static var page: StaticString {
            "SELECT id, users_row FROM users WHERE (id) > ($1::uuid) ORDER BY id LIMIT $2::bigint"
        }
        static var update: StaticString {
            "UPDATE users SET users_row = $1::text WHERE id = $2::uuid"
        }
        static var delete: StaticString {
            "DELETE FROM users WHERE id = $1::uuid"
        }
    }
}

// Generated from the spec. Edit the spec instead.

import SpecCore

/// People.
struct UsersRow: Sendable, Equatable {
    /// The words of `status`.
    enum Status: String, SQLEnum {
        case active
        case onLeave = "on-leave"
        case `default`
    }

    var id: Identifier
    var name: String
    var about: String?
    var status: UsersRow.Status
    var seenAt: Timestamp?

    init(id: Identifier, name: String, about: String?, status: UsersRow.Status, seenAt: Timestamp?) {
        self.id = id
        self.name = name
        self.about = about
        self.status = status
        self.seenAt = seenAt
    }

    @Sendable static func read(_ row: any RowColumns) throws -> UsersRow {
        UsersRow(
            id: try Identifier.read(row, at: 0),
            name: try String.read(row, at: 1),
            about: try String?.read(row, at: 2),
            status: try UsersRow.Status.read(row, at: 3),
            seenAt: try Timestamp?.read(row, at: 4)
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
                sqlite: "INSERT INTO users (id, name, about, status, seen_at) VALUES (?1, ?2, ?3, ?4, ?5)",
                postgres: PostgresTexts.insert),
            [row.id.sqlValue, row.name.sqlValue, row.about.sqlValue, row.status.sqlValue, row.seenAt.sqlValue])
    }

    /// Inserts a row, unless it conflicts with a key or unique index.
    static func insertIfAbsent(_ row: UsersRow) -> Query<Void> {
        Query(
            "users.insertIfAbsent",
            SQLText(
                sqlite: "INSERT INTO users (id, name, about, status, seen_at) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING",
                postgres: PostgresTexts.insertIfAbsent),
            [row.id.sqlValue, row.name.sqlValue, row.about.sqlValue, row.status.sqlValue, row.seenAt.sqlValue])
    }

    /// The row with this key, if there is one.
    static func find(id: Identifier) -> Query<UsersRow> {
        Query(
            "users.find",
            SQLText(
                sqlite: "SELECT id, name, about, status, seen_at FROM users WHERE id = ?1",
                postgres: PostgresTexts.find),
            [id.sqlValue], findsByKey: true, read: UsersRow.read)
    }

    /// The rows after a key, in the order of the key.
    static func page(id: Identifier, limit: Int64) -> Query<UsersRow> {
        Query(
            "users.page",
            SQLText(
                sqlite: "SELECT id, name, about, status, seen_at FROM users WHERE (id) > (?1) ORDER BY id LIMIT ?2",
                postgres: PostgresTexts.page),
            [id.sqlValue, limit.sqlValue], read: UsersRow.read)
    }

    /// Updates all columns of the row with this key.
    static func update(_ row: UsersRow) -> Query<Void> {
        Query(
            "users.update",
            SQLText(
                sqlite: "UPDATE users SET name = ?1, about = ?2, status = ?3, seen_at = ?4 WHERE id = ?5",
                postgres: PostgresTexts.update),
            [row.name.sqlValue, row.about.sqlValue, row.status.sqlValue, row.seenAt.sqlValue, row.id.sqlValue])
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
            "INSERT INTO users (id, name, about, status, seen_at) VALUES ($1::uuid, $2::text, $3::text, $4::text, $5::timestamptz)"
        }
        static var insertIfAbsent: StaticString {
            "INSERT INTO users (id, name, about, status, seen_at) VALUES ($1::uuid, $2::text, $3::text, $4::text, $5::timestamptz) ON CONFLICT DO NOTHING"
        }
        static var find: StaticString {
            "SELECT id, name, about, status, seen_at FROM users WHERE id = $1::uuid"
        }
        static var page: StaticString {
            "SELECT id, name, about, status, seen_at FROM users WHERE (id) > ($1::uuid) ORDER BY id LIMIT $2::bigint"
        }
        static var update: StaticString {
            "UPDATE users SET name = $1::text, about = $2::text, status = $3::text, seen_at = $4::timestamptz WHERE id = $5::uuid"
        }
        static var delete: StaticString {
            "DELETE FROM users WHERE id = $1::uuid"
        }
    }
}

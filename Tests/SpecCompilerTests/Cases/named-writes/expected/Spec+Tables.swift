// Generated from the spec. Edit the spec instead.

import SpecCore

/// A row of `counters`.
struct CountersRow: Sendable, Equatable {
    var id: Identifier
    var last: Int64

    init(id: Identifier, last: Int64) {
        self.id = id
        self.last = last
    }

    @Sendable static func read(_ row: any RowColumns) throws -> CountersRow {
        CountersRow(
            id: try Identifier.read(row, at: 0),
            last: try Int64.read(row, at: 1)
        )
    }
}

/// The standard statements of `counters`.
enum CountersTable {
    /// Inserts a row.
    static func insert(_ row: CountersRow) -> Query<Void> {
        Query(
            "counters.insert",
            SQLText(
                sqlite: "INSERT INTO counters (id, last) VALUES (?1, ?2)",
                postgres: PostgresTexts.insert),
            [row.id.sqlValue, row.last.sqlValue])
    }

    /// Inserts a row, unless it conflicts with a key or unique index.
    static func insertIfAbsent(_ row: CountersRow) -> Query<Void> {
        Query(
            "counters.insertIfAbsent",
            SQLText(
                sqlite: "INSERT INTO counters (id, last) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
                postgres: PostgresTexts.insertIfAbsent),
            [row.id.sqlValue, row.last.sqlValue])
    }

    /// The row with this key, if there is one.
    static func find(id: Identifier) -> Query<CountersRow> {
        Query(
            "counters.find",
            SQLText(
                sqlite: "SELECT id, last FROM counters WHERE id = ?1",
                postgres: PostgresTexts.find),
            [id.sqlValue], findsByKey: true, read: CountersRow.read)
    }

    /// The rows after a key, in the order of the key.
    static func page(id: Identifier, limit: Int64) -> Query<CountersRow> {
        Query(
            "counters.page",
            SQLText(
                sqlite: "SELECT id, last FROM counters WHERE (id) > (?1) ORDER BY id LIMIT ?2",
                postgres: PostgresTexts.page),
            [id.sqlValue, limit.sqlValue], read: CountersRow.read)
    }

    /// Updates all columns of the row with this key.
    static func update(_ row: CountersRow) -> Query<Void> {
        Query(
            "counters.update",
            SQLText(
                sqlite: "UPDATE counters SET last = ?1 WHERE id = ?2",
                postgres: PostgresTexts.update),
            [row.last.sqlValue, row.id.sqlValue])
    }

    /// Deletes the row with this key.
    static func delete(id: Identifier) -> Query<Void> {
        Query(
            "counters.delete",
            SQLText(
                sqlite: "DELETE FROM counters WHERE id = ?1",
                postgres: PostgresTexts.delete),
            [id.sqlValue])
    }

    enum PostgresTexts {
        static var insert: StaticString {
            "INSERT INTO counters (id, last) VALUES ($1::uuid, $2::bigint)"
        }
        static var insertIfAbsent: StaticString {
            "INSERT INTO counters (id, last) VALUES ($1::uuid, $2::bigint) ON CONFLICT DO NOTHING"
        }
        static var find: StaticString {
            "SELECT id, last FROM counters WHERE id = $1::uuid"
        }
        static var page: StaticString {
            "SELECT id, last FROM counters WHERE (id) > ($1::uuid) ORDER BY id LIMIT $2::bigint"
        }
        static var update: StaticString {
            "UPDATE counters SET last = $1::bigint WHERE id = $2::uuid"
        }
        static var delete: StaticString {
            "DELETE FROM counters WHERE id = $1::uuid"
        }
    }
}

/// A row of `places`.
struct PlacesRow: Sendable, Equatable {
    var counter: Identifier
    var place: Int64

    init(counter: Identifier, place: Int64) {
        self.counter = counter
        self.place = place
    }

    @Sendable static func read(_ row: any RowColumns) throws -> PlacesRow {
        PlacesRow(
            counter: try Identifier.read(row, at: 0),
            place: try Int64.read(row, at: 1)
        )
    }
}

/// The standard statements of `places`.
enum PlacesTable {
    /// Inserts a row.
    static func insert(_ row: PlacesRow) -> Query<Void> {
        Query(
            "places.insert",
            SQLText(
                sqlite: "INSERT INTO places (counter, place) VALUES (?1, ?2)",
                postgres: PostgresTexts.insert),
            [row.counter.sqlValue, row.place.sqlValue])
    }

    /// Inserts a row, unless it conflicts with a key or unique index.
    static func insertIfAbsent(_ row: PlacesRow) -> Query<Void> {
        Query(
            "places.insertIfAbsent",
            SQLText(
                sqlite: "INSERT INTO places (counter, place) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
                postgres: PostgresTexts.insertIfAbsent),
            [row.counter.sqlValue, row.place.sqlValue])
    }

    /// The row with this key, if there is one.
    static func find(counter: Identifier, place: Int64) -> Query<PlacesRow> {
        Query(
            "places.find",
            SQLText(
                sqlite: "SELECT counter, place FROM places WHERE counter = ?1 AND place = ?2",
                postgres: PostgresTexts.find),
            [counter.sqlValue, place.sqlValue], findsByKey: true, read: PlacesRow.read)
    }

    /// The rows after a key, in the order of the key.
    static func page(counter: Identifier, place: Int64, limit: Int64) -> Query<PlacesRow> {
        Query(
            "places.page",
            SQLText(
                sqlite: "SELECT counter, place FROM places WHERE (counter, place) > (?1, ?2) ORDER BY counter, place LIMIT ?3",
                postgres: PostgresTexts.page),
            [counter.sqlValue, place.sqlValue, limit.sqlValue], read: PlacesRow.read)
    }

    /// Deletes the row with this key.
    static func delete(counter: Identifier, place: Int64) -> Query<Void> {
        Query(
            "places.delete",
            SQLText(
                sqlite: "DELETE FROM places WHERE counter = ?1 AND place = ?2",
                postgres: PostgresTexts.delete),
            [counter.sqlValue, place.sqlValue])
    }

    enum PostgresTexts {
        static var insert: StaticString {
            "INSERT INTO places (counter, place) VALUES ($1::uuid, $2::bigint)"
        }
        static var insertIfAbsent: StaticString {
            "INSERT INTO places (counter, place) VALUES ($1::uuid, $2::bigint) ON CONFLICT DO NOTHING"
        }
        static var find: StaticString {
            "SELECT counter, place FROM places WHERE counter = $1::uuid AND place = $2::bigint"
        }
        static var page: StaticString {
            "SELECT counter, place FROM places WHERE (counter, place) > ($1::uuid, $2::bigint) ORDER BY counter, place LIMIT $3::bigint"
        }
        static var delete: StaticString {
            "DELETE FROM places WHERE counter = $1::uuid AND place = $2::bigint"
        }
    }
}

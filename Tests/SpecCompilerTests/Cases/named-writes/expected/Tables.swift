// Generated from the spec. Edit the spec instead.

internal import SpecCore

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

/// The everyday statements of `counters`.
enum CountersTable {
    /// Adds a row.
    static func insert(_ row: CountersRow) -> Query<Void> {
        Query(
            "counters.insert",
            SQLText(
                sqlite: "INSERT INTO counters (id, last) VALUES (?1, ?2)",
                postgres: "INSERT INTO counters (id, last) VALUES ($1::uuid, $2::bigint)"),
            [row.id.sqlValue, row.last.sqlValue])
    }

    /// Adds a row, unless one is there that a key or unique index keeps apart from it.
    static func insertIfAbsent(_ row: CountersRow) -> Query<Void> {
        Query(
            "counters.insertIfAbsent",
            SQLText(
                sqlite: "INSERT INTO counters (id, last) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
                postgres: "INSERT INTO counters (id, last) VALUES ($1::uuid, $2::bigint) ON CONFLICT DO NOTHING"),
            [row.id.sqlValue, row.last.sqlValue])
    }

    /// The row with this key, if there is one.
    static func find(id: Identifier) -> Query<CountersRow> {
        Query(
            "counters.find",
            SQLText(
                sqlite: "SELECT id, last FROM counters WHERE id = ?1",
                postgres: "SELECT id, last FROM counters WHERE id = $1::uuid"),
            [id.sqlValue], findsByKey: true, read: CountersRow.read)
    }

    /// The rows behind a key, in the order of the key.
    static func page(id: Identifier, limit: Int64) -> Query<CountersRow> {
        Query(
            "counters.page",
            SQLText(
                sqlite: "SELECT id, last FROM counters WHERE (id) > (?1) ORDER BY id LIMIT ?2",
                postgres: "SELECT id, last FROM counters WHERE (id) > ($1::uuid) ORDER BY id LIMIT $2::bigint"),
            [id.sqlValue, limit.sqlValue], read: CountersRow.read)
    }

    /// Changes all columns of the row with this key.
    static func update(_ row: CountersRow) -> Query<Void> {
        Query(
            "counters.update",
            SQLText(
                sqlite: "UPDATE counters SET last = ?1 WHERE id = ?2",
                postgres: "UPDATE counters SET last = $1::bigint WHERE id = $2::uuid"),
            [row.last.sqlValue, row.id.sqlValue])
    }

    /// Removes the row with this key.
    static func delete(id: Identifier) -> Query<Void> {
        Query(
            "counters.delete",
            SQLText(
                sqlite: "DELETE FROM counters WHERE id = ?1",
                postgres: "DELETE FROM counters WHERE id = $1::uuid"),
            [id.sqlValue])
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

/// The everyday statements of `places`.
enum PlacesTable {
    /// Adds a row.
    static func insert(_ row: PlacesRow) -> Query<Void> {
        Query(
            "places.insert",
            SQLText(
                sqlite: "INSERT INTO places (counter, place) VALUES (?1, ?2)",
                postgres: "INSERT INTO places (counter, place) VALUES ($1::uuid, $2::bigint)"),
            [row.counter.sqlValue, row.place.sqlValue])
    }

    /// Adds a row, unless one is there that a key or unique index keeps apart from it.
    static func insertIfAbsent(_ row: PlacesRow) -> Query<Void> {
        Query(
            "places.insertIfAbsent",
            SQLText(
                sqlite: "INSERT INTO places (counter, place) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
                postgres: "INSERT INTO places (counter, place) VALUES ($1::uuid, $2::bigint) ON CONFLICT DO NOTHING"),
            [row.counter.sqlValue, row.place.sqlValue])
    }

    /// The row with this key, if there is one.
    static func find(counter: Identifier, place: Int64) -> Query<PlacesRow> {
        Query(
            "places.find",
            SQLText(
                sqlite: "SELECT counter, place FROM places WHERE counter = ?1 AND place = ?2",
                postgres: "SELECT counter, place FROM places WHERE counter = $1::uuid AND place = $2::bigint"),
            [counter.sqlValue, place.sqlValue], findsByKey: true, read: PlacesRow.read)
    }

    /// The rows behind a key, in the order of the key.
    static func page(counter: Identifier, place: Int64, limit: Int64) -> Query<PlacesRow> {
        Query(
            "places.page",
            SQLText(
                sqlite: "SELECT counter, place FROM places WHERE (counter, place) > (?1, ?2) ORDER BY counter, place LIMIT ?3",
                postgres: "SELECT counter, place FROM places WHERE (counter, place) > ($1::uuid, $2::bigint) ORDER BY counter, place LIMIT $3::bigint"),
            [counter.sqlValue, place.sqlValue, limit.sqlValue], read: PlacesRow.read)
    }

    /// Removes the row with this key.
    static func delete(counter: Identifier, place: Int64) -> Query<Void> {
        Query(
            "places.delete",
            SQLText(
                sqlite: "DELETE FROM places WHERE counter = ?1 AND place = ?2",
                postgres: "DELETE FROM places WHERE counter = $1::uuid AND place = $2::bigint"),
            [counter.sqlValue, place.sqlValue])
    }
}

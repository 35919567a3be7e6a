// Generated from the spec. Edit the spec instead.

import SpecCore

/// The named statements of `queries/counters.sql`.
enum CountersQueries {
    /// A row of ``advance``.
    struct AdvanceRow: Sendable, Equatable {
        var seq: Int64?
        var note: String?

        init(seq: Int64?, note: String?) {
            self.seq = seq
            self.note = note
        }

        @Sendable static func read(_ row: any RowColumns) throws -> AdvanceRow {
            AdvanceRow(
                seq: try Int64?.read(row, at: 0),
                note: try String?.read(row, at: 1)
            )
        }
    }

    /// The next position of a counter; no position once it is at its most.
    static func advance(id: Identifier, most: Int64, note: String?) -> NamedWrite<AdvanceRow> {
        NamedWrite(
            "counters.advance",
            sqlite: [
                "SELECT NULL, ?3 FROM counters WHERE id = ?1 AND last >= ?2",
                """
                    INSERT INTO counters (id, last) VALUES (?1, 1)
                    ON CONFLICT (id) DO UPDATE SET last = last + 1
                    """,
                "SELECT last, ?3 FROM counters WHERE id = ?1",
            ],
            postgres: PostgresTexts.advance,
            locks: [
                WriteLocks(
                    postgres: "SELECT FROM counters t JOIN unnest($1::uuid[]) AS k (id) ON t.id = k.id ORDER BY t.id FOR NO KEY UPDATE OF t",
                    keys: [[id.sqlValue]]),
            ],
            [id.sqlValue, most.sqlValue, note.sqlValue], read: AdvanceRow.read)
    }

    /// A row of ``raise``.
    struct RaiseRow: Sendable, Equatable {
        var seq: Int64
        var note: String?

        init(seq: Int64, note: String?) {
            self.seq = seq
            self.note = note
        }

        @Sendable static func read(_ row: any RowColumns) throws -> RaiseRow {
            RaiseRow(
                seq: try Int64.read(row, at: 0),
                note: try String?.read(row, at: 1)
            )
        }
    }

    /// Counters that many raise at once; no row for one that is at its most.
    static func raise(id: Identifier, most: Int64, note: String?) -> NamedWrite<RaiseRow> {
        NamedWrite(
            "counters.raise",
            sqlite: [
                "UPDATE counters SET last = last + 1 WHERE id = ?1 AND last < ?2",
                "SELECT last, ?3 FROM counters WHERE id = ?1 AND changes() > 0",
            ],
            postgres: PostgresTexts.raise,
            takesRows: true,
            locks: [
                WriteLocks(
                    postgres: "SELECT FROM counters t JOIN unnest($1::uuid[]) AS k (id) ON t.id = k.id ORDER BY t.id FOR NO KEY UPDATE OF t",
                    keys: [[id.sqlValue]]),
            ],
            [id.sqlValue, most.sqlValue, note.sqlValue], read: RaiseRow.read,
            positions: { row, positions in
                positions.append(EventPosition(user: id, seq: row.seq))
            })
    }

    /// Two counters and a place.
    static func swap(id: Identifier, other: Identifier, place: Int64) -> NamedWrite<Void> {
        NamedWrite(
            "counters.swap",
            sqlite: [
                "UPDATE places SET counter = ?2 WHERE counter = ?1 AND place = ?3",
            ],
            postgres: PostgresTexts.swap,
            locks: [
                WriteLocks(
                    postgres: "SELECT FROM counters t JOIN unnest($1::uuid[]) AS k (id) ON t.id = k.id ORDER BY t.id FOR NO KEY UPDATE OF t",
                    keys: [[id.sqlValue], [other.sqlValue]]),
                WriteLocks(
                    postgres: "SELECT FROM places t JOIN unnest($1::uuid[], $2::bigint[]) AS k (counter, place) ON t.counter = k.counter AND t.place = k.place ORDER BY t.counter, t.place FOR NO KEY UPDATE OF t",
                    keys: [[id.sqlValue, place.sqlValue]]),
            ],
            [id.sqlValue, other.sqlValue, place.sqlValue])
    }

    /// `counters.reset`
    static func reset(id: Identifier) -> NamedWrite<Void> {
        NamedWrite(
            "counters.reset",
            sqlite: [
                "UPDATE counters SET last = 0 WHERE id = ?1",
            ],
            postgres: PostgresTexts.reset,
            [id.sqlValue])
    }

    /// A row of ``tell``.
    struct TellRow: Sendable, Equatable {
        var last: Int64?
        var owner: Identifier?
        var told: Int64

        init(last: Int64?, owner: Identifier?, told: Int64) {
            self.last = last
            self.owner = owner
            self.told = told
        }

        @Sendable static func read(_ row: any RowColumns) throws -> TellRow {
            TellRow(
                last: try Int64?.read(row, at: 0),
                owner: try Identifier?.read(row, at: 1),
                told: try Int64.read(row, at: 2)
            )
        }
    }

    /// Raises a counter, and tells its owner if there is one; each event has its own position.
    static func tell(id: Identifier) -> NamedWrite<TellRow> {
        NamedWrite(
            "counters.tell",
            sqlite: [
                "UPDATE counters SET last = last + 1 WHERE id = ?1",
                "SELECT last, NULL, 1 FROM counters WHERE id = ?1",
            ],
            postgres: PostgresTexts.tell,
            [id.sqlValue], read: TellRow.read,
            positions: { row, positions in
                if let seq = row.last { positions.append(EventPosition(user: id, seq: seq)) }
                if let user = row.owner { positions.append(EventPosition(user: user, seq: row.told)) }
            })
    }

    enum PostgresTexts {
        static var advance: StaticString {
            """
                WITH head AS (
                    INSERT INTO counters (id, last) VALUES ($1::uuid, 1)
                    ON CONFLICT (id) DO UPDATE SET last = counters.last + 1 WHERE counters.last < $2::bigint
                    RETURNING last
                )
                SELECT (SELECT last FROM head), $3::text
                """
        }
        static var raise: StaticString {
            """
                WITH wanted AS MATERIALIZED (SELECT * FROM (SELECT * FROM unnest($1::uuid[], $2::bigint[], $3::text[]) WITH ORDINALITY AS write ("id", "most", "note", "ordinal")) AS r), head AS (
                    UPDATE counters SET last = last + 1 FROM wanted WHERE counters.id = wanted.id AND last < most
                    RETURNING counters.id, last
                )
                SELECT last, note, ordinal FROM head JOIN wanted USING (id) ORDER BY ordinal
                """
        }
        static var swap: StaticString {
            "UPDATE places SET counter = $2::uuid WHERE counter = $1::uuid AND place = $3::bigint"
        }
        static var reset: StaticString {
            "UPDATE counters SET last = 0 WHERE id = $1::uuid"
        }
        static var tell: StaticString {
            "UPDATE counters SET last = last + 1 WHERE id = $1::uuid RETURNING last, NULL::uuid, 1::bigint"
        }
    }
}

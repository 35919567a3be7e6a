import SpecCore

/// Statements of the tests' event log.
enum EventStatements {
    static let log = EventLogTable(
        advance: """
            INSERT INTO heads (user_id, last_seq) VALUES (?1, 1)
            ON CONFLICT (user_id) DO UPDATE SET last_seq = last_seq + 1 RETURNING last_seq
            """,
        append: """
            INSERT INTO events (user_id, seq, kind, at, first_id, second_id, detail) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
            """,
        emit: """
            WITH new AS MATERIALIZED (
                SELECT * FROM unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::uuid[], $5::uuid[], $6::text[])
                    AS event (user_id, kind, at, first_id, second_id, detail)
            ), advanced AS (
                INSERT INTO heads (user_id, last_seq) SELECT user_id, 1 FROM new ORDER BY user_id
                ON CONFLICT (user_id) DO UPDATE SET last_seq = heads.last_seq + 1 RETURNING user_id, last_seq
            ), log AS (
                INSERT INTO events (user_id, seq, kind, at, first_id, second_id, detail)
                SELECT user_id, last_seq, kind, at, first_id, second_id, detail FROM new JOIN advanced USING (user_id)
            )
            SELECT user_id, last_seq FROM advanced ORDER BY user_id
            """)

    /// Adds a row of `t` and an event of the user as a named write; without a name it is rejected and logs nothing.
    static func add(_ id: Int, _ name: String?, for user: Identifier) -> NamedWrite<Int64?> {
        NamedWrite(
            "t.addWithEvent",
            sqlite: [
                "SELECT NULL WHERE ?3 IS NULL",
                """
                INSERT INTO heads (user_id, last_seq) VALUES (?1, 1)
                ON CONFLICT (user_id) DO UPDATE SET last_seq = last_seq + 1
                """,
                "INSERT INTO events (user_id, seq, kind, at) SELECT user_id, last_seq, ?3, 0 FROM heads WHERE user_id = ?1",
                "INSERT INTO t (id, name) VALUES (?2, ?3)",
                "SELECT last_seq FROM heads WHERE user_id = ?1",
            ],
            postgres: """
                WITH head AS (
                    INSERT INTO heads (user_id, last_seq) SELECT $1::uuid, 1 WHERE $3::text IS NOT NULL
                    ON CONFLICT (user_id) DO UPDATE SET last_seq = heads.last_seq + 1 RETURNING user_id, last_seq
                ), log AS (
                    INSERT INTO events (user_id, seq, kind, at) SELECT user_id, last_seq, $3::text, now() FROM head
                ), line AS (
                    INSERT INTO t (id, name) SELECT $2::bigint, $3::text FROM head
                )
                SELECT (SELECT last_seq FROM head)
                """,
            locks: [
                WriteLocks(
                    postgres: "SELECT user_id FROM heads WHERE user_id = ANY($1::uuid[]) ORDER BY user_id FOR UPDATE",
                    keys: [[user.sqlValue]])
            ], [user.sqlValue, id.sqlValue, name.sqlValue], read: { try Int64?.read($0, at: 0) },
            positions: { seq, positions in
                if let seq { positions.append(EventPosition(user: user, seq: seq)) }
            })
    }

    static let positions = Query<EventPosition>(
        "events.positions",
        SQLText(
            sqlite: "SELECT user_id, seq FROM events ORDER BY user_id, seq",
            postgres: "SELECT user_id, seq FROM events ORDER BY user_id, seq"), [],
        read: { EventPosition(user: try $0.identifier(0), seq: try $0.integer(1)) })

    /// The columns of the log of a user, as text.
    static func entries(_ user: Identifier) -> Query<String> {
        Query(
            "events.entries",
            SQLText(
                sqlite: """
                    SELECT seq, kind, at, first_id, second_id, detail FROM events WHERE user_id = ?1 ORDER BY seq
                    """,
                postgres: """
                    SELECT seq, kind, at, first_id, second_id, detail FROM events WHERE user_id = $1::uuid ORDER BY seq
                    """), [user.sqlValue],
            read: { row in
                let ids = [try Identifier?.read(row, at: 3), try Identifier?.read(row, at: 4)]
                let texts = ids.map { $0?.description ?? "-" }.joined(separator: " ")
                let detail = try String?.read(row, at: 5) ?? "-"
                let time = try row.timestamp(2).milliseconds
                return "\(try row.integer(0)) \(try row.text(1)) \(time) \(texts) \(detail)"
            })
    }
}

// Generated from the spec. Edit the spec instead.

import SpecCore

/// The named statements of `queries/users.sql`.
enum UsersQueries {
    /// What others see of a user.
    struct ProfileRow: Sendable, Equatable {
        var id: Identifier
        var name: String
        var isViewer: Bool

        init(id: Identifier, name: String, isViewer: Bool) {
            self.id = id
            self.name = name
            self.isViewer = isViewer
        }

        @Sendable static func read(_ row: any RowColumns) throws -> ProfileRow {
            ProfileRow(
                id: try Identifier.read(row, at: 0),
                name: try String.read(row, at: 1),
                isViewer: try Bool.read(row, at: 2)
            )
        }
    }

    /// The users with these ids, in their order.
    static func some(viewerId: Identifier, ids: [Identifier]) -> Query<ProfileRow> {
        Query(
            "users.some",
            SQLText(
                sqlite: """
                    SELECT u.id, u.name, u.id = ?1
                    FROM spec_list(?2) AS wanted CROSS JOIN users u ON u.id = wanted.value
                    ORDER BY wanted.ordinal
                    """,
                postgres: PostgresTexts.some),
            [viewerId.sqlValue, ids.sqlValue], read: ProfileRow.read)
    }

    /// `users.note`
    static func note(ids: [Identifier], times: [Timestamp]) -> Query<Void> {
        Query(
            "users.note",
            SQLText(
                sqlite: """
                    UPDATE users SET seen_at = times.value
                    FROM spec_list(?1) AS ids JOIN spec_list(?2) AS times ON times.ordinal = ids.ordinal
                    WHERE users.id = ids.value
                    """,
                postgres: PostgresTexts.note),
            [ids.sqlValue, times.sqlValue])
    }

    /// `users.whole`
    static func whole(status: UsersRow.Status?) -> Query<UsersRow> {
        Query(
            "users.whole",
            SQLText(
                sqlite: "SELECT u.id, u.name, u.about, u.status, u.seen_at FROM users u WHERE u.status = COALESCE(?1, u.status)",
                postgres: PostgresTexts.whole),
            [status.sqlValue], read: UsersRow.read)
    }

    /// `users.quoting`
    static func quoting(a: String, b: String) -> Query<Void> {
        Query(
            "users.quoting",
            SQLText(
                sqlite: """
                    UPDATE users SET name = ?1 /* it's :x; */ || 'x;
                    y :z' || "name" || [name] || `name` -- the owner's :manual; see ?1
                    WHERE about = ?2
                    """,
                postgres: PostgresTexts.quoting),
            [a.sqlValue, b.sqlValue])
    }

    /// Stores a user.
    static func put(_ row: UsersRow, isForced: Bool) -> Query<UsersRow> {
        Query(
            "users.put",
            SQLText(
                sqlite: """
                    INSERT INTO users (id, name, status) SELECT ?1, ?2, ?3 WHERE ?4
                    ON CONFLICT (id) DO UPDATE SET name = excluded.name
                    RETURNING id, name, about, status, seen_at
                    """,
                postgres: PostgresTexts.put),
            [row.id.sqlValue, row.name.sqlValue, row.status.sqlValue, isForced.sqlValue], read: UsersRow.read)
    }

    /// A row of ``remove``.
    struct RemoveRow: Sendable, Equatable {
        /// The words of `outcome`.
        enum Outcome: String, SQLEnum {
            case removed
            case noUser = "no-user"
        }

        var outcome: RemoveRow.Outcome
        var place: Int64?

        init(outcome: RemoveRow.Outcome, place: Int64?) {
            self.outcome = outcome
            self.place = place
        }

        @Sendable static func read(_ row: any RowColumns) throws -> RemoveRow {
            RemoveRow(
                outcome: try RemoveRow.Outcome.read(row, at: 0),
                place: try Int64?.read(row, at: 1)
            )
        }
    }

    /// Removes users that exist.
    static func remove(id: Identifier, others: [Identifier], names: [String]) -> NamedWrite<RemoveRow> {
        NamedWrite(
            "users.remove",
            sqlite: [
                "SELECT 'no-user', NULL WHERE NOT EXISTS (SELECT 1 FROM users WHERE id = ?1)",
                "DELETE FROM users WHERE id = ?1 OR id IN (SELECT value FROM spec_list(?2) AS o) OR name IN (SELECT value FROM spec_list(?3) AS n)",
                "DELETE FROM by_hand",
                "SELECT 'removed', 1",
            ],
            postgres: PostgresTexts.remove,
            takesRows: true,
            locks: [
                WriteLocks(
                    postgres: "SELECT FROM users t JOIN unnest($1::uuid[]) AS k (id) ON t.id = k.id ORDER BY t.id FOR NO KEY UPDATE OF t",
                    keys: [[id.sqlValue]]),
            ],
            [id.sqlValue, others.sqlValue, names.sqlValue], read: RemoveRow.read)
    }

    enum PostgresTexts {
        static var some: StaticString {
            """
                SELECT u.id, u.name, u.id = $1::uuid
                FROM (SELECT * FROM unnest($2::uuid[]) WITH ORDINALITY AS list (value, ordinal)) AS wanted CROSS JOIN users u ON u.id = wanted.value
                ORDER BY wanted.ordinal
                """
        }
        static var note: StaticString {
            """
                UPDATE users SET seen_at = times.value
                FROM (SELECT * FROM unnest($1::uuid[]) WITH ORDINALITY AS list (value, ordinal)) AS ids JOIN (SELECT * FROM unnest($2::timestamptz[]) WITH ORDINALITY AS list (value, ordinal)) AS times ON times.ordinal = ids.ordinal
                WHERE users.id = ids.value
                """
        }
        static var whole: StaticString {
            "SELECT u.id, u.name, u.about, u.status, u.seen_at FROM users u WHERE u.status = COALESCE($1::text, u.status)"
        }
        static var quoting: StaticString {
            """
                UPDATE users SET name = $1::text /* it's /* :x; */ */ || 'x;
                y :z' || E'it\\'s :z' || $tag$it's :z; $1$tag$ || "name" || '1'::text -- the owner's :manual; see $1
                WHERE about = $2::text
                """
        }
        static var put: StaticString {
            """
                INSERT INTO users (id, name, status) SELECT $1::uuid, $2::text, $3::text WHERE $4::boolean
                ON CONFLICT (id) DO UPDATE SET name = excluded.name
                RETURNING id, name, about, status, seen_at
                """
        }
        static var remove: StaticString {
            """
                SELECT CASE WHEN r.id IS NULL THEN 'no-user' ELSE 'removed' END, cardinality(r.others)::bigint, r.ordinal
                FROM (SELECT "id", "others"::uuid[], "names"::text[], "ordinal" FROM unnest($1::uuid[], $2::text[], $3::text[]) WITH ORDINALITY AS write ("id", "others", "names", "ordinal")) AS r ORDER BY r.ordinal
                """
        }
    }
}

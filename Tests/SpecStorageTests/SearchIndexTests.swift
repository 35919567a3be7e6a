import SpecCore
import SpecStorage
import TestSupport
import Testing

/// The full-text index of a SQLite file, which is filled once for a whole group of changes.
@Suite(.timeLimit(.minutes(10))) struct SearchIndexTests {
    private static let notes = Migration(
        name: "0001-notes",
        sqlite: """
            CREATE TABLE notes (row_id INTEGER PRIMARY KEY, id INTEGER NOT NULL, tokens TEXT NOT NULL, UNIQUE (id)) STRICT;
            CREATE VIRTUAL TABLE notes_tokens USING fts5(
                tokens, content = 'notes', content_rowid = 'row_id', tokenize = 'ascii', detail = none, columnsize = 0
            );
            CREATE TABLE IF NOT EXISTS notes_tokens_waiting (
                row_id INTEGER PRIMARY KEY
            ) STRICT;
            CREATE TRIGGER notes_tokens_insert AFTER INSERT ON notes BEGIN
                INSERT INTO notes_tokens_waiting (row_id) VALUES (new.row_id);
            END;
            CREATE TRIGGER notes_tokens_update AFTER UPDATE OF tokens ON notes BEGIN
                INSERT INTO notes_tokens (notes_tokens, rowid, tokens) SELECT 'delete', old.row_id, old.tokens
                    WHERE NOT EXISTS (SELECT 1 FROM notes_tokens_waiting WHERE row_id = old.row_id);
                INSERT INTO notes_tokens_waiting (row_id) VALUES (new.row_id) ON CONFLICT DO NOTHING;
            END;
            CREATE TRIGGER notes_tokens_delete AFTER DELETE ON notes BEGIN
                INSERT INTO notes_tokens (notes_tokens, rowid, tokens) SELECT 'delete', old.row_id, old.tokens
                    WHERE NOT EXISTS (SELECT 1 FROM notes_tokens_waiting WHERE row_id = old.row_id);
                DELETE FROM notes_tokens_waiting WHERE row_id = old.row_id;
            END;
            """,
        postgres: "")

    private func keep(_ id: Int, _ tokens: String) -> Query<Void> {
        let text: StaticString =
            "INSERT INTO notes (id, tokens) VALUES (?1, ?2) ON CONFLICT (id) DO UPDATE SET tokens = ?2"
        return Query("keep", SQLText(sqlite: text, postgres: ""), [id.sqlValue, tokens.sqlValue])
    }

    private func forget(_ id: Int) -> Query<Void> {
        Query("forget", SQLText(sqlite: "DELETE FROM notes WHERE id = ?1", postgres: ""), [id.sqlValue])
    }

    private func hits(_ word: String, in store: SQLiteStore) async throws -> [Int] {
        let text: StaticString = """
            SELECT notes.id FROM notes_tokens JOIN notes ON notes.row_id = notes_tokens.rowid
            WHERE notes_tokens MATCH ?1 ORDER BY notes.id
            """
        return try await store.all(
            Query("hits", SQLText(sqlite: text, postgres: ""), [word.sqlValue], read: { try Int.read($0, at: 0) }))
    }

    private func run(_ body: (SQLiteStore) async throws -> Void) async throws {
        let folder = try TemporaryFolder()
        let store = try SQLiteStore(path: folder.path + "/notes.db", migrations: [Self.notes])
        try await body(store)
        // FTS5 compares its index with the rows, and fails if they differ.
        let check: StaticString = "INSERT INTO notes_tokens (notes_tokens, rank) VALUES ('integrity-check', 1)"
        _ = try await store.write { try $0.execute(Query("check", SQLText(sqlite: check, postgres: ""), [])) }
        try await store.close()
    }

    @Test func isTrueWhenAChangeReturns() async throws {
        try await run { store in
            let (one, two) = (keep(1, "one same"), keep(2, "two same"))
            try await store.write {
                try $0.execute(one)
                try $0.execute(two)
            }
            #expect(try await hits("one", in: store) == [1])
            #expect(try await hits("same", in: store) == [1, 2])
        }
    }

    @Test func holdsTheLastTokensOfARowChangedInsideOneChange() async throws {
        try await run { store in
            let steps = [keep(1, "one"), keep(1, "two"), keep(2, "three"), forget(2), keep(3, "four")]
            try await store.write { transaction in for step in steps { try transaction.execute(step) } }
            for (word, ids) in [("one", []), ("two", [1]), ("three", []), ("four", [3])] {
                #expect(try await hits(word, in: store) == ids)
            }
        }
    }

    @Test func followsRowsOfEarlierChangesAndNumbersUsedAgain() async throws {
        try await run { store in
            let first = [keep(1, "one"), keep(2, "two")]
            try await store.write { transaction in for step in first { try transaction.execute(step) } }
            let then = [keep(1, "uno"), keep(1, "eins"), forget(2), keep(3, "three")]
            try await store.write { transaction in for step in then { try transaction.execute(step) } }
            for (word, ids) in [("one", []), ("uno", []), ("eins", [1]), ("two", []), ("three", [3])] {
                #expect(try await hits(word, in: store) == ids)
            }
        }
    }

    @Test func knowsNothingOfAChangeThatThrew() async throws {
        struct Refused: Error {}
        try await run { store in
            let one = keep(1, "one")
            await #expect(throws: Refused.self) {
                try await store.write { transaction in
                    try transaction.execute(one)
                    throw Refused()
                }
            }
            let found = try await hits("one", in: store)
            #expect(found == [])
        }
    }
}

import SpecCompiler
import Testing

/// Search indexes in migrations.
@Suite struct SearchIndexTests {
    private static let files = SpecFiles(
        folder: "",
        files: [
            SourceFile(
                path: "openapi.yaml", bytes: Array("openapi: 3.1.0\ninfo: {title: A, version: '1'}\npaths: {}\n".utf8)),
            SourceFile(
                path: "schema.yaml",
                bytes: Array(
                    """
                    tables:
                      notes:
                        columns:
                          id: identifier
                          tokens: text
                        key: [id]
                        search: tokens

                    """.utf8)),
        ])

    private func migration(_ engine: String) throws -> String {
        guard case .files(let files, _) = MigrationWriter.next(files: Self.files, name: "start") else {
            Issue.record("no files were written")
            return ""
        }
        return try #require(files["migrations/0001-start.\(engine).sql"])
    }

    @Test func writesATableOfTokensAndItsTriggersForSQLite() throws {
        #expect(
            try migration("sqlite") == """
                CREATE TABLE notes (
                    row_id INTEGER PRIMARY KEY,
                    id BLOB NOT NULL,
                    tokens TEXT NOT NULL,
                    UNIQUE (id)
                ) STRICT;
                CREATE VIRTUAL TABLE notes_tokens USING fts5(
                    tokens, content = 'notes', content_rowid = 'row_id', tokenize = 'ascii', detail = none,
                    columnsize = 0
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

                """)
    }

    @Test func writesAnIndexOfTokensForPostgreSQL() throws {
        #expect(
            try migration("postgres") == """
                CREATE TABLE notes (
                    id uuid NOT NULL,
                    tokens text NOT NULL,
                    PRIMARY KEY (id)
                );
                CREATE INDEX notes_tokens ON notes USING gin (array_to_tsvector(string_to_array(tokens, ' ')));

                """)
    }
}

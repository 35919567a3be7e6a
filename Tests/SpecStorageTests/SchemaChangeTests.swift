import GRDB
import TestSupport
import Testing

@testable import SpecStorage

/// Schema changes as `spec sql` prints them, applied to a SQLite database with rows.
@Suite struct SchemaChangeTests {
    private static let before = """
        tables:
          users:
            columns:
              id: identifier
              name: text
              about: text?
              age: integer
            key: [id]
            unique:
              - [name]
            indexes:
              - [age]
          notes:
            columns:
              id: identifier
              owner: identifier
              text: text
            key: [id]
            indexes:
              - [owner]
            references:
              owner: users.id
            search: text

        """

    /// A change of the text above, and the expected row of each table.
    struct Change: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let edits: [(String, String)]
        let accepted: String
        let users: String
        let notes: String

        init(_ name: String, _ edits: [(String, String)], accept: String = "", users: String, notes: String) {
            testDescription = name
            self.edits = edits
            accepted = accept.isEmpty ? "" : "accept: [\(accept)]\n"
            self.users = users
            self.notes = notes
        }

        var schema: String { edits.reduce(before) { $0.replacing($1.0, with: $1.1) } + accepted }
    }

    static let plainUsers = "id 01 name Ada about nil age 36"
    static let plainNotes = "id 02 owner 01 text one"

    static let changes = [
        Change(
            "columns and indexes",
            [
                ("      age: integer", "      age: integer\n      kind: {type: text, fill: x}\n      born: timestamp?"),
                ("      - [age]", "      - [kind, age]"),
            ],
            users: plainUsers + " kind x born nil", notes: plainNotes),
        Change(
            "names",
            [
                ("  users:", "  people:\n    was: users"),
                ("      name: text", "      full_name: {type: text, was: name}"),
                ("      age: integer", "      years: {type: integer, was: age}"), ("- [name]", "- [full_name]"),
                ("- [age]", "- [years]"), ("users.id", "people.id"),
            ],
            users: "id 01 full_name Ada about nil years 36", notes: plainNotes),
        Change(
            "types and nulls",
            [("age: integer", "age: text"), ("about: text?", "about: {type: text, fill: none}")],
            accept: "type users.age, not null users.about", users: "id 01 name Ada about none age 36",
            notes: plainNotes),
        Change(
            "less",
            [("      about: text?\n", ""), ("      name: text\n", ""), ("    unique:\n      - [name]\n", "")],
            accept: "drop column users.about, drop column users.name", users: "id 01 age 36", notes: plainNotes),
        Change(
            "other promises",
            [
                ("      owner: users.id", "      owner: users.id\n      parent: notes.id"),
                ("      owner: identifier", "      owner: identifier\n      parent: identifier?"),
                ("- [name]", "- [age, name]"),
            ],
            accept: "unique users age name, drop unique users name", users: plainUsers,
            notes: "id 02 owner 01 parent nil text one"),
        Change(
            "another key of a searched table",
            [("    key: [id]\n    indexes:\n      - [owner]", "    key: [owner, id]")],
            accept: "key notes", users: plainUsers, notes: plainNotes),
    ]

    @Test(arguments: changes)
    func makeTheTablesThatTheSchemaMakesAndKeepTheRows(change: Change) throws {
        let start = try WrittenSteps(from: nil, to: Self.before, .sqlite)
        let changed = try database(start.texts)
        try changed.write { database in
            try database.execute(sql: "INSERT INTO users (id, name, about, age) VALUES (x'01', 'Ada', NULL, 36)")
            try database.execute(sql: "INSERT INTO notes (id, owner, text) VALUES (x'02', x'01', 'one')")
            try fill(database)
        }
        try apply(WrittenSteps(from: start.recorded, to: change.schema, .sqlite).texts, to: changed)
        let fresh = try database(WrittenSteps(from: nil, to: change.schema, .sqlite).texts)
        #expect(try catalog(changed) == catalog(fresh))
        #expect(try row(changed, change.schema.contains("  people:") ? "people" : "users") == change.users)
        #expect(try row(changed, "notes") == change.notes)
        let found = try changed.read {
            try Int.fetchAll($0, sql: "SELECT rowid FROM notes_text WHERE notes_text MATCH 'one'")
        }
        #expect(found == [1])
        #expect(try changed.read { try Int.fetchOne($0, sql: "PRAGMA foreign_keys") } == 1)
    }

    @Test func undoARebuildThatLeavesAReferenceToNothing() throws {
        let text = Self.before.replacing("    references:\n      owner: users.id\n", with: "")
        let start = try WrittenSteps(from: nil, to: text, .sqlite)
        let database = try database(start.texts)
        try database.write { try $0.execute(sql: "INSERT INTO notes (id, owner, text) VALUES (x'02', x'01', 'one')") }
        let change = try WrittenSteps(
            from: start.recorded, to: Self.before + "accept: [reference notes.owner]\n", .sqlite)
        #expect(throws: DatabaseError.self) { try apply(change.texts, to: database) }
        #expect(try catalog(database) == catalog(try self.database(start.texts)))
        #expect(try row(database, "notes") == Self.plainNotes)
    }

    // MARK: Database

    private func database(_ texts: [String]) throws -> DatabaseQueue {
        let queue = try DatabaseQueue()
        try apply(texts, to: queue)
        return queue
    }

    private func apply(_ texts: [String], to queue: DatabaseQueue) throws {
        try queue.writeWithoutTransaction { database in
            for text in texts { try MigrationStep(sqlite: text).run(on: database) {} }
        }
    }

    /// Does the same as the store before it commits.
    private func fill(_ database: Database) throws {
        let cache = StatementCache(connection: try #require(database.sqliteConnection))
        defer { cache.finalize() }
        try SearchIndexes(database).fill(cache)
    }

    /// The only row of a table: `column value column value …`, bytes as hexadecimal digits.
    private func row(_ queue: DatabaseQueue, _ table: String) throws -> String? {
        try queue.read { database in
            let row = try Row.fetchOne(database, sql: "SELECT * FROM \(table)")
            return row?.filter { $0.0 != "row_id" }.map { "\($0) \(text($1))" }.joined(separator: " ")
        }
    }

    private func text(_ value: DatabaseValue) -> String {
        switch value.storage {
        case .null: "nil"
        case .int64(let number): "\(number)"
        case .double(let number): "\(number)"
        case .string(let text): text
        case .blob(let bytes): bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        }
    }

    /// The catalog, except for the order of columns and the formatting of statements.
    private func catalog(_ queue: DatabaseQueue) throws -> Set<String> {
        try queue.read { database in
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT 'object ' || type || ' ' || name || ' ' || tbl_name FROM sqlite_schema
                        WHERE name NOT LIKE 'sqlite_autoindex%'
                    UNION ALL
                    SELECT 'column ' || t.name || '.' || c.name || ' ' || c.type || ' ' || c."notnull" || ' ' || c.pk
                        FROM sqlite_schema t, pragma_table_info(t.name) c WHERE t.type = 'table'
                    UNION ALL
                    SELECT 'index ' || t.name || ' ' || i."unique" || ' '
                        || (SELECT group_concat(name) FROM pragma_index_info(i.name))
                        FROM sqlite_schema t, pragma_index_list(t.name) i WHERE t.type = 'table'
                    UNION ALL
                    SELECT 'reference ' || t.name || '.' || f."from" || ' ' || f."table" || '.' || f."to"
                        FROM sqlite_schema t, pragma_foreign_key_list(t.name) f WHERE t.type = 'table'
                    """)
            return Set(rows.map { $0[0] as String })
        }
    }
}

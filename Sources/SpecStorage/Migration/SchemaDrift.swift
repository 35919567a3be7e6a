import SpecCore

/// Compares a database with the expected schema, both as lines such as `column users.id uuid`.
///
/// Unknown tables and indexes are ignored: a migration written by hand may have created them.
struct SchemaDrift {
    private let expected: [SchemaLine]
    /// The lines of keys that are a unique constraint on SQLite, because the table has a row number for its search.
    private let searchedKeys: Set<String>
    private let tables: Set<String>

    /// - Parameter types: the engine's name of each column type.
    init(schema: DatabaseSchema, types: [DatabaseSchema.ColumnType: String]) {
        expected = schema.tables.flatMap { SchemaLine.all(of: $0, types) }
        searchedKeys = Set(schema.tables.filter { $0.search != nil }.map { SchemaLine.key(of: $0).text })
        tables = Set(schema.tables.map(\.name))
    }

    /// The differences, one line each: what the database lacks and what the schema lacks. Empty if they agree.
    func drift(from live: [SchemaLine]) -> [String] {
        let present = Set(live.map(\.text))
        let missing = expected.map(\.text).filter { !present.contains($0) && !isUnique($0, present) }
        let expected = Set(self.expected.map(\.text))
        let more = Set(live.filter(isUnexpected).map(\.text)).subtracting(expected)
        return missing.map { "missing in the database: \($0)" } + more.map { "not in the schema: \($0)" }.sorted()
    }

    private func isUnexpected(_ line: SchemaLine) -> Bool {
        switch line.kind {
        case .column, .unique, .reference, .check: break
        case .table, .key, .index, .search: return false
        }
        return tables.contains(line.table) && !(line.kind == .unique && searchedKeys.contains(line.renamed(.key)))
    }

    private func isUnique(_ key: String, _ live: Set<String>) -> Bool {
        searchedKeys.contains(key) && live.contains("unique" + key.dropFirst("key".count))
    }
}

/// One object of a schema, as a line of text for comparison.
struct SchemaLine: Hashable {
    enum Kind: String {
        case table, column, key, unique, index, reference, check, search
    }

    let kind: Kind
    let table: String
    /// The rest of the line behind the kind.
    private let rest: String

    /// - Parameter rest: the text behind the table's name, such as `.id uuid`.
    init(_ kind: Kind, _ table: String, _ rest: String = "") {
        self.kind = kind
        self.table = table
        self.rest = rest
    }

    static func column(_ table: String, _ name: String, type: String, isNullable: Bool) -> SchemaLine {
        SchemaLine(.column, table, ".\(name) \(type)\(isNullable ? "?" : "")")
    }

    static func columns(_ kind: Kind, _ table: String, _ names: [String]) -> SchemaLine {
        SchemaLine(kind, table, " " + names.joined(separator: " "))
    }

    static func reference(_ table: String, _ column: String, to target: String) -> SchemaLine {
        SchemaLine(.reference, table, ".\(column) \(target)")
    }

    /// An engine reformats a condition, so a check is compared by name.
    static func check(_ table: String, _ name: String) -> SchemaLine { SchemaLine(.check, table, ".\(name)") }

    static func key(of table: DatabaseSchema.Table) -> SchemaLine { .columns(.key, table.name, table.key) }

    var text: String { renamed(kind) }

    func renamed(_ kind: Kind) -> String { "\(kind.rawValue) \(table)\(rest)" }

    /// The lines of a table, with the engine's names of the types.
    static func all(of table: DatabaseSchema.Table, _ types: [DatabaseSchema.ColumnType: String]) -> [SchemaLine] {
        let name = table.name
        let columns = table.columns.map {
            SchemaLine.column(name, $0.name, type: types[$0.type] ?? $0.type.rawValue, isNullable: $0.isNullable)
        }
        var lines = [SchemaLine(.table, name)] + columns + [key(of: table)]
        lines += table.unique.map { SchemaLine.columns(.unique, name, $0) }
        lines += table.indexes.map { SchemaLine.columns(.index, name, $0) }
        lines += table.references.map { SchemaLine.reference(name, $0.column, to: "\($0.table).\($0.target)") }
        lines += table.checks.map { SchemaLine.check(name, $0) }
        if let search = table.search { lines.append(.columns(.search, name, [search])) }
        return lines
    }
}

import SpecCore

/// Holds what a database has against what the schema says, both as lines such as `column users.id uuid`.
///
/// The lines of the schema are those of `migrations/recorded.yaml`. Tables and indexes that the schema does not know
/// are nobody's business here: a migration written by hand may have made them.
struct SchemaCheck {
    private let expected: [String]
    /// Tables whose rows have one number more on SQLite, so that their key is a unique list there.
    private let searched: Set<String>

    /// - Parameter types: the engine's word for each type of column.
    init(schema: StaticString, types: [String: String]) {
        self.init(lines: "\(schema)".split(separator: "\n").map(String.init), types: types)
    }

    init(lines: [String], types: [String: String]) {
        let lines = lines.map(SchemaLine.init)
        searched = Set(lines.filter { $0.kind == "search" }.map(\.table))
        expected = lines.map { line in
            // An engine writes a condition in its own way; its name tells which it is.
            if line.kind == "check" { return line.words.prefix(2).joined(separator: " ") }
            guard line.kind == "column", let type = line.words.last else { return line.text }
            let isNullable = type.hasSuffix("?")
            let name = isNullable ? String(type.dropLast()) : type
            return "column \(line.words[1]) \(types[name] ?? name)\(isNullable ? "?" : "")"
        }
    }

    /// What is missing in the database and what is too much, each a line for people; nothing when they agree.
    func differences(from live: [String]) -> [String] {
        let live = Set(live)
        let tables = Set(expected.map { SchemaLine($0).table })
        let missing = expected.filter { !live.contains($0) && !isKeyBesideRow($0, live) }
        let more = live.subtracting(expected).map { SchemaLine($0) }.filter { line in
            tables.contains(line.table) && ["column", "unique", "reference", "check"].contains(line.kind)
                && !isKeyBesideRow("key" + line.text.dropFirst("unique".count), [line.text])
        }
        return missing.map { "the database lacks: \($0)" } + more.map { "the schema lacks: \($0.text)" }.sorted()
    }

    private func isKeyBesideRow(_ key: String, _ live: Set<String>) -> Bool {
        guard key.hasPrefix("key "), searched.contains(SchemaLine(key).table), expected.contains(key) else {
            return false
        }
        return live.contains("unique" + key.dropFirst("key".count))
    }
}

/// One line of a schema: what kind of thing it is, and of which table.
struct SchemaLine {
    let text: String
    let words: [String]

    init(_ text: String) {
        self.text = text
        words = text.split(separator: " ").map(String.init)
    }

    var kind: String { words.first ?? "" }
    var table: String { words.dropFirst().first?.split(separator: ".").first.map(String.init) ?? "" }
}

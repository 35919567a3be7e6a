/// Column types in messages.
enum ColumnTypes {
    /// Type names of SQL and programming languages, and our names for them.
    private static let others: [String: ColumnType] = [
        "uuid": .identifier, "id": .identifier, "string": .text, "str": .text, "varchar": .text, "char": .text,
        "json": .text, "int": .integer, "bigint": .integer, "int64": .integer, "long": .integer, "smallint": .integer,
        "number": .real, "float": .real, "double": .real, "decimal": .real, "boolean": .bool, "blob": .bytes,
        "bytea": .bytes, "binary": .bytes, "date": .timestamp, "datetime": .timestamp, "time": .timestamp,
        "timestamptz": .timestamp,
    ]

    static func help(for text: String) -> String {
        if let other = others[text.lowercased().filter { $0 != "?" }] {
            return "write '\(other.rawValue)\(text.hasSuffix("?") ? "?" : "")'"
        }
        if text.hasPrefix("enum") {
            return "write it as 'enum(sent, no-user)': words of a-z, 0-9, - and _, each once"
        }
        let names = ColumnType.allCases.map(\.rawValue)
        return Suggestion.help(for: text, among: names)
            ?? "one of: \(names.joined(separator: ", ")); '?' behind it allows null"
    }
}

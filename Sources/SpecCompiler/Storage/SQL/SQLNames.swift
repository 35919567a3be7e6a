/// The names of indexes and constraints: ours, and those that PostgreSQL generates.
enum SQLNames {
    private static let bytesMax = 63

    static func index(_ table: String, _ columns: [String]) -> String {
        "\(table)_\(columns.joined(separator: "_"))"
    }

    static func key(_ table: String) -> String { chosen(table, nil, "pkey") }

    static func unique(_ table: String, _ columns: [String]) -> String {
        chosen(table, columns.joined(separator: "_"), "key")
    }

    static func reference(_ table: String, _ column: String) -> String { chosen(table, column, "fkey") }

    /// PostgreSQL's `makeObjectName`: shortens the longer part until the name fits.
    private static func chosen(_ table: String, _ columns: String?, _ label: String) -> String {
        let free = bytesMax - label.utf8.count - 1 - (columns == nil ? 0 : 1)
        var (first, second) = (table.count, min(columns?.count ?? 0, bytesMax))
        while first + second > free {
            if first > second { first -= 1 } else { second -= 1 }
        }
        return [String(table.prefix(first)), columns.map { String($0.prefix(second)) }, label].compactMap { $0 }
            .joined(separator: "_")
    }
}

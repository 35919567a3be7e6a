/// SQL conversions for a change of a column's type: only those that neither fail nor lose data.
enum TypeConversion {
    /// The SQL expression for an engine, or nil if there is no safe conversion.
    static func expression(_ name: String, from old: ColumnType, to new: ColumnType, _ engine: SQLEngine)
        -> String?
    {
        guard let (sqlite, postgres) = expressions(name, old, new) else { return nil }
        return engine == .sqlite ? sqlite : postgres
    }

    private static func expressions(_ name: String, _ old: ColumnType, _ new: ColumnType) -> (String, String)? {
        switch (old, new) {
        case (.integer, .real): ("CAST(\(name) AS REAL)", "\(name)::double precision")
        case (.integer, .text): ("CAST(\(name) AS TEXT)", "\(name)::text")
        case (.bool, .integer): (name, "\(name)::integer::bigint")
        case (.text, .bytes): ("CAST(\(name) AS BLOB)", "convert_to(\(name), 'UTF8')")
        case (.identifier, .text): (hyphenated(name), "\(name)::text")
        case (.timestamp, .integer): (name, "floor(extract(epoch FROM \(name)) * 1000)::bigint")
        default: nil
        }
    }

    /// The hyphenated 36-character text of a UUID.
    private static func hyphenated(_ name: String) -> String {
        let parts = [(1, 8), (9, 4), (13, 4), (17, 4), (21, 12)]
        return parts.map { "lower(substr(hex(\(name)), \($0), \($1)))" }.joined(separator: " || '-' || ")
    }
}

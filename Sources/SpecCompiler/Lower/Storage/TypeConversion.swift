/// What a value of a column becomes when the column's type changes: only what neither fails nor loses anything.
enum TypeConversion {
    /// The expression per engine; nil where there is none.
    static func expression(_ name: String, from old: ColumnType, to new: ColumnType, _ engine: SchemaSQL.Engine)
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

    /// The 36 characters of an id.
    private static func hyphenated(_ name: String) -> String {
        let parts = [(1, 8), (9, 4), (13, 4), (17, 4), (21, 12)]
        return parts.map { "lower(substr(hex(\(name)), \($0), \($1)))" }.joined(separator: " || '-' || ")
    }
}

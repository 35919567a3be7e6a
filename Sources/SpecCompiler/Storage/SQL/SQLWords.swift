/// Words that SQLite or PostgreSQL reserves, which cannot be the names of tables, columns or checks without quotes.
enum SQLWords {
    static let reserved: Set = [
        "add", "all", "alter", "analyse", "analyze", "and", "any", "array", "as", "asc", "asymmetric",
        "authorization", "autoincrement", "between", "binary", "both", "case", "cast", "check", "cmax", "cmin",
        "collate", "collation", "column", "commit", "concurrently", "constraint", "create", "cross", "ctid",
        "current_catalog", "current_date", "current_role", "current_schema", "current_time", "current_timestamp",
        "current_user", "default", "deferrable", "delete", "desc", "distinct", "do", "drop", "else", "end", "escape",
        "except", "exists", "false", "fetch", "for", "foreign", "freeze", "from", "full", "grant", "group", "having",
        "if", "ilike", "in", "index", "initially", "inner", "insert", "intersect", "into", "is", "isnull", "join",
        "key", "lateral", "leading", "left", "like", "limit", "localtime", "localtimestamp", "natural", "not",
        "nothing", "notnull", "null", "offset", "on", "only", "or", "order", "outer", "overlaps", "placing",
        "primary", "raise", "references", "returning", "right", "select", "session_user", "set", "similar", "some",
        "symmetric", "system_user", "table", "tableoid", "tablesample", "then", "to", "trailing", "transaction", "true",
        "union", "unique", "update", "user", "using", "values", "variadic", "verbose", "when", "where", "window",
        "with", "xmax", "xmin",
    ]

    /// True if a name needs quotes, or begins as SQLite's own tables do.
    static func isReserved(_ name: String) -> Bool { reserved.contains(name) || name.hasPrefix("sqlite_") }
}

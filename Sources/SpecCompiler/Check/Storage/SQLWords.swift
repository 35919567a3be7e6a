/// Words that cannot be names without quotes on SQLite or PostgreSQL.
enum SQLWords {
    static let reserved: Set = [
        "all", "and", "any", "as", "asc", "case", "check", "column", "constraint", "create", "default", "delete",
        "desc", "distinct", "end", "except", "exists", "false", "for", "foreign", "from", "group", "having", "in",
        "index", "insert", "into", "is", "join", "key", "like", "limit", "not", "null", "offset", "on", "or", "order",
        "primary", "references", "returning", "select", "set", "table", "then", "to", "transaction", "true", "union",
        "unique", "update", "user", "using", "values", "when", "where", "with",
    ]
}

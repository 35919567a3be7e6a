/// The settings of a session that statements and durability depend on; a role or a database may have others.
enum PostgresSettings {
    private static let values = [
        // On disk when the commit returns; `remote_apply` is stronger.
        ("synchronous_commit", "on"),
        // The text of values.
        ("array_nulls", "on"), ("bytea_output", "hex"), ("DateStyle", "ISO, MDY"), ("extra_float_digits", "1"),
        ("IntervalStyle", "postgres"), ("standard_conforming_strings", "on"), ("TimeZone", "UTC"),
        // The meaning of statements.
        ("default_transaction_deferrable", "off"), ("default_transaction_isolation", "read committed"),
        ("default_transaction_read_only", "off"), ("gin_fuzzy_search_limit", "0"), ("transform_null_equals", "off"),
        // Time-outs, of which a connection sets its own.
        ("idle_in_transaction_session_timeout", "0"), ("idle_session_timeout", "0"), ("lock_timeout", "0"),
        ("statement_timeout", "0"), ("transaction_timeout", "0"),
    ]

    /// Sets those that the server's version has.
    static let statement: String = {
        let rows = values.map { "('\($0)', '\($1)')" }.joined(separator: ", ")
        return """
            SELECT set_config(name, value, false) FROM (VALUES \(rows)) AS wanted (name, value)
            WHERE name IN (SELECT name FROM pg_settings)
            AND NOT (name = 'synchronous_commit' AND current_setting(name, true) = 'remote_apply')
            """
    }()
}

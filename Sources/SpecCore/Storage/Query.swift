/// The text of one statement in the dialect of each engine.
///
/// Placeholders are `?1`, `?2` … on SQLite and `$1`, `$2` … on PostgreSQL, in the order of the query's values.
public struct SQLText: Sendable {
    public let sqlite: StaticString
    public let postgres: StaticString

    @inlinable public init(sqlite: StaticString, postgres: StaticString) {
        self.sqlite = sqlite
        self.postgres = postgres
    }
}

/// One statement with its values and the function that reads a row of its result.
///
/// Generated from `schema.yaml` and `queries/*.sql`; a store or a transaction runs it.
public struct Query<Row: Sendable>: Sendable {
    /// The name of the query in the spec, for logs and prepared statements: `users.insert`.
    public let name: StaticString
    public let text: SQLText
    public let values: [SQLValue]
    /// True if it finds a row by its key. In a change, PostgreSQL then locks the row until the change ends, so that of
    /// two changes that read and write a row, the second reads what the first wrote.
    public let findsByKey: Bool
    public let read: @Sendable (any RowColumns) throws -> Row

    @inlinable public init(
        _ name: StaticString, _ text: SQLText, _ values: [SQLValue], findsByKey: Bool = false,
        read: @escaping @Sendable (any RowColumns) throws -> Row
    ) {
        self.name = name
        self.text = text
        self.values = values
        self.findsByKey = findsByKey
        self.read = read
    }
}

extension Query where Row == Void {
    /// A statement that returns no rows.
    @inlinable public init(_ name: StaticString, _ text: SQLText, _ values: [SQLValue]) {
        self.init(name, text, values, read: { _ in })
    }
}

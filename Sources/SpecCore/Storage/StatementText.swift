/// A statement of the spec as PostgreSQL prepares it, for the check at start.
///
/// SQLite's texts are checked when the spec is compiled; PostgreSQL's can only be checked by a server.
public struct StatementText: Sendable {
    /// The name in the spec: `users.insert`.
    public let name: StaticString
    public let postgres: StaticString
    /// The number of columns of its rows; nil if it returns none, or as many as it likes.
    public let columnCount: Int?

    @inlinable public init(_ name: StaticString, _ postgres: StaticString, columnCount: Int? = nil) {
        self.name = name
        self.postgres = postgres
        self.columnCount = columnCount
    }
}

/// A write on a hot path, declared in `queries/*.sql` with `-- write`. No caller is awaited between its statements, so
/// the writes of many callers can share one commit.
///
/// On PostgreSQL it is one statement, for one write or for many at once; on SQLite a short list that runs until one of
/// them returns rows. Both return the same rows. A rejection is a column of the result: an error would roll back the
/// whole group, whose writes then run one by one.
public struct NamedWrite<Row: Sendable>: Sendable {
    /// The name in the spec: `messages.send`.
    public let name: StaticString
    public let sqlite: [StaticString]
    public let postgres: StaticString
    /// True if PostgreSQL's statement takes the values of many writes, each parameter as an array. It returns the rows
    /// in the order of their writes, with the number of the row's write, from 1, in an additional last column. Writes
    /// that lock the same row never share a statement.
    public let takesRows: Bool
    /// The locks, in the order in which they are taken.
    public let locks: [WriteLocks]
    /// The values of the placeholders, the same for every statement.
    public let values: [SQLValue]
    public let read: @Sendable (any RowColumns) throws -> Row
    /// Appends the positions of the events that the write has logged, according to a row of its result (`-- emits:`);
    /// nil if it logs none.
    public let positions: (@Sendable (Row, inout [EventPosition]) -> Void)?

    @inlinable public init(
        _ name: StaticString, sqlite: [StaticString], postgres: StaticString, takesRows: Bool = false,
        locks: [WriteLocks] = [], _ values: [SQLValue], read: @escaping @Sendable (any RowColumns) throws -> Row,
        positions: (@Sendable (Row, inout [EventPosition]) -> Void)? = nil
    ) {
        self.name = name
        self.sqlite = sqlite
        self.postgres = postgres
        self.takesRows = takesRows
        self.locks = locks
        self.values = values
        self.read = read
        self.positions = positions
    }
}

extension NamedWrite where Row == Void {
    /// A write that returns no rows.
    @inlinable public init(
        _ name: StaticString, sqlite: [StaticString], postgres: StaticString, takesRows: Bool = false,
        locks: [WriteLocks] = [], _ values: [SQLValue]
    ) {
        self.init(name, sqlite: sqlite, postgres: postgres, takesRows: takesRows, locks: locks, values, read: { _ in })
    }
}

/// Rows that a write is going to change, such as counters. On PostgreSQL a group first locks the rows of all its
/// writes, in the order of their keys, so that two groups cannot deadlock.
public struct WriteLocks: Sendable {
    /// The statement that locks the rows of the keys in the arrays `$1`, `$2` …, one for each column of the key, in
    /// their order.
    public let postgres: StaticString
    /// The keys, each with as many values as the key has columns.
    public let keys: [[SQLValue]]

    @inlinable public init(postgres: StaticString, keys: [[SQLValue]]) {
        self.postgres = postgres
        self.keys = keys
    }
}

/// A hot change, declared in `queries/*.sql` with `-- write`: nothing waits for a caller between its statements, so
/// that the writes of many callers share one commit.
///
/// On PostgreSQL it is one statement, for one write or for many at once, on SQLite a short list that runs until one of
/// them returns rows. Both give the same rows. A refusal is a column of the result: an error would undo the whole
/// group, which then runs one by one.
public struct NamedWrite<Row: Sendable>: Sendable {
    /// Its name in the spec: `messages.send`.
    public let name: StaticString
    public let sqlite: [StaticString]
    public let postgres: StaticString
    /// Whether PostgreSQL's statement takes the values of many writes, each place in them as an array. It gives the rows
    /// in the order of their writes, and the number of each row's write, from 1, in a last column behind those it is
    /// read from. Writes that lock a row in common never share a statement.
    public let takesRows: Bool
    /// In the order in which they are taken.
    public let locks: [WriteLocks]
    /// What the placeholders stand for, in every statement alike.
    public let values: [SQLValue]
    public let read: @Sendable (any RowColumns) throws -> Row

    @inlinable public init(
        _ name: StaticString, sqlite: [StaticString], postgres: StaticString, takesRows: Bool = false,
        locks: [WriteLocks] = [], _ values: [SQLValue], read: @escaping @Sendable (any RowColumns) throws -> Row
    ) {
        self.name = name
        self.sqlite = sqlite
        self.postgres = postgres
        self.takesRows = takesRows
        self.locks = locks
        self.values = values
        self.read = read
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

/// Rows that a write is going to change, such as counters. On PostgreSQL a group first locks those of all its writes,
/// in the order of their keys, so that no two groups wait for each other.
public struct WriteLocks: Sendable {
    /// Locks the rows of the keys in the arrays `$1`, `$2` …, one for each column of the key, in their order.
    public let postgres: StaticString
    /// Each with as many values as the key has columns.
    public let keys: [[SQLValue]]

    @inlinable public init(postgres: StaticString, keys: [[SQLValue]]) {
        self.postgres = postgres
        self.keys = keys
    }
}

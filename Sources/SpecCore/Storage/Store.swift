/// A relational database. Implemented per engine in SpecStorage; services know only this protocol.
public protocol Store: Sendable {
    /// Returns all rows of a read-only query.
    /// - Throws: ``StoreError``.
    func all<Row>(_ query: Query<Row>) async throws -> [Row]

    /// Runs several reads on one consistent snapshot. The closure runs on a thread of the store and must not block.
    /// - Throws: ``StoreError``, or what the closure throws.
    func read<Result: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Result
    ) async throws -> Result

    /// Runs a named write, all or nothing, on disk when this returns; the writes of many callers share one commit.
    /// - Throws: ``StoreError``.
    func run<Row>(_ write: NamedWrite<Row>) async throws -> [Row]

    /// Runs a change of several steps, all or nothing, on disk when this returns.
    ///
    /// A closure that throws rolls back only its own part; so does one in which a statement failed, even if it caught
    /// the error. It runs on a thread of the store, must not block, and may run again: if its group could not be
    /// committed, or if it conflicted with another change.
    /// - Throws: ``StoreError``, or what the closure throws.
    func write<Result: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Result
    ) async throws -> Result

    /// Checks that the database responds, for `/ready`.
    func check() async throws
}

extension Store {
    /// Returns the first row of a read-only query.
    @inlinable public func first<Row>(_ query: Query<Row>) async throws -> Row? {
        try await all(query).first
    }

    /// Returns the first row of a named write.
    @inlinable public func first<Row>(_ write: NamedWrite<Row>) async throws -> Row? {
        try await run(write).first
    }
}

/// The queries of one change or one consistent read, run in order.
public protocol Transaction {
    /// Returns all rows of a query.
    func all<Row>(_ query: Query<Row>) throws -> [Row]

    /// Runs a statement without a result and returns the number of rows it changed.
    /// - Throws: ``StoreError``; a constraint violation is ``StoreError/constraint(_:_:)``.
    @discardableResult func execute(_ query: Query<Void>) throws -> Int

    /// Appends an event to the log of each user. The store announces the positions after the commit.
    /// - Throws: ``StoreError``; ``StoreError/failed(_:)`` in a read, and without an event log.
    @discardableResult func emit(_ events: [Identifier: LoggedEvent]) throws -> [EventPosition]

    /// Announces after the commit that sessions have ended, to all nodes: no commit can lose it.
    ///
    /// The caller ends their rows in the same transaction.
    /// - Throws: ``StoreError``; ``StoreError/failed(_:)`` in a read.
    func announceEnd(of sessions: [Identifier]) throws
}

extension Transaction {
    /// Returns the first row of a query.
    @inlinable public func first<Row>(_ query: Query<Row>) throws -> Row? {
        try all(query).first
    }
}

/// An error of a store.
public enum StoreError: Error, Sendable, Equatable {
    public enum Constraint: Sendable, Equatable {
        case unique, foreignKey, check, notNull
    }

    /// A constraint of the schema was violated; the text names the index, table or columns as the engine does.
    case constraint(Constraint, String)
    /// The database is unreachable, overloaded, or cannot write (disk full). Try again later.
    case unavailable(String)
    /// A column has another type than the query expects: the schema and the database differ.
    case column(String)
    /// Any other error, with the engine's message.
    case failed(String)

    /// True if a change that ended with this error may have been committed nevertheless.
    public static func isOutcomeUnknown(_ error: any Error) -> Bool {
        if case .unavailable? = error as? StoreError { true } else { false }
    }
}

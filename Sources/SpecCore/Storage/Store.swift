/// Where rows are kept. Implemented per engine in SpecStorage; services know only this.
public protocol Store: Sendable {
    /// All rows of a query that only reads.
    /// - Throws: ``StoreError``.
    func all<Row>(_ query: Query<Row>) async throws -> [Row]

    /// Several reads of one consistent state. The closure runs on a thread of the store and must not wait.
    /// - Throws: ``StoreError``, or what the closure throws.
    func read<Result: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Result
    ) async throws -> Result

    /// A hot change, all or nothing, on disk when this returns; those of many callers share one commit.
    /// - Throws: ``StoreError``.
    func run<Row>(_ write: NamedWrite<Row>) async throws -> [Row]

    /// A change of several steps, all or nothing, on disk when this returns.
    ///
    /// A closure that throws undoes only its own part; so does one in which a statement failed, whatever it made of
    /// that. It runs on a thread of the store, must not wait, and may run again: when its group could not be
    /// committed, or when it stood in the way of another change.
    /// - Throws: ``StoreError``, or what the closure throws.
    func write<Result: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Result
    ) async throws -> Result

    /// Whether the database answers, for `/ready`.
    func check() async throws
}

extension Store {
    /// The first row of a query that only reads.
    @inlinable public func first<Row>(_ query: Query<Row>) async throws -> Row? {
        try await all(query).first
    }

    /// The first row of a named write.
    @inlinable public func first<Row>(_ write: NamedWrite<Row>) async throws -> Row? {
        try await run(write).first
    }
}

/// The queries of one change or one consistent read, run in order.
public protocol Transaction {
    /// All rows of a query.
    func all<Row>(_ query: Query<Row>) throws -> [Row]

    /// Runs a statement without a result and returns how many rows it changed.
    /// - Throws: ``StoreError``; a broken constraint is ``StoreError/constraint(_:_:)``.
    @discardableResult func execute(_ query: Query<Void>) throws -> Int
}

extension Transaction {
    /// The first row of a query.
    @inlinable public func first<Row>(_ query: Query<Row>) throws -> Row? {
        try all(query).first
    }
}

/// What can go wrong in a store.
public enum StoreError: Error, Sendable, Equatable {
    public enum Constraint: Sendable, Equatable {
        case unique, foreignKey, check, notNull
    }

    /// A rule of the schema was broken; the text names the index, table or columns as the engine does.
    case constraint(Constraint, String)
    /// The database cannot be reached, is busy beyond the bound, or cannot write (disk full). Try again later.
    case unavailable(String)
    /// A column holds something else than the query says: the schema and the database differ.
    case column(String)
    /// Everything else, in the engine's words.
    case failed(String)

    /// Whether a change that ended with this error may have been kept all the same.
    public static func leavesOpen(_ error: any Error) -> Bool {
        if case .unavailable? = error as? StoreError { true } else { false }
    }
}

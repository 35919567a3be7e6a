import NIOConcurrencyHelpers
import SpecCore

/// A store that records its statements and transactions.
final class CountingStore: Store {
    private let store: any Store
    private let noted = NIOLockedValueBox<[String]>([])
    private let begun = NIOLockedValueBox(0)

    init(_ store: any Store) {
        self.store = store
    }

    /// Returns the names of the statements since the last call.
    func statements() -> [String] {
        noted.withLockedValue { names in
            defer { names = [] }
            return names
        }
    }

    /// Returns the number of transactions since the last call; a single statement is one.
    func transactions() -> Int {
        begun.withLockedValue { count in
            defer { count = 0 }
            return count
        }
    }

    func all<Row>(_ query: Query<Row>) async throws -> [Row] {
        begin()
        note(query.name)
        return try await store.all(query)
    }

    func read<Result: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Result
    ) async throws -> Result {
        begin()
        return try await store.read { try body(CountingTransaction(transaction: $0, note: self.note)) }
    }

    func run<Row>(_ write: NamedWrite<Row>) async throws -> [Row] {
        begin()
        note(write.name)
        return try await store.run(write)
    }

    func write<Result: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Result
    ) async throws -> Result {
        begin()
        return try await store.write { try body(CountingTransaction(transaction: $0, note: self.note)) }
    }

    func check() async throws { try await store.check() }

    private func begin() { begun.withLockedValue { $0 += 1 } }
    private func note(_ name: StaticString) { noted.withLockedValue { $0.append("\(name)") } }
}

private struct CountingTransaction: Transaction {
    let transaction: any Transaction
    let note: @Sendable (StaticString) -> Void

    func all<Row>(_ query: Query<Row>) throws -> [Row] {
        note(query.name)
        return try transaction.all(query)
    }

    func execute(_ query: Query<Void>) throws -> Int {
        note(query.name)
        return try transaction.execute(query)
    }

    func emit(_ events: [Identifier: LoggedEvent]) throws -> [EventPosition] {
        note("emit")
        return try transaction.emit(events)
    }

    func announceEnd(of sessions: [Identifier]) throws { try transaction.announceEnd(of: sessions) }
}

import CPostgres
import NIOConcurrencyHelpers
import SpecCore

/// A statement on its way through a pipeline, with the caller who waits for it.
protocol PipelineJob: AnyObject, Sendable {
    var text: StaticString { get }
    var values: [SQLValue] { get }
    /// Whether the statement is for the values of many jobs.
    var takesRows: Bool { get }
    var locks: [WriteLocks] { get }
    /// The rows of ``locks``.
    var lockedRows: [LockedRow] { get }

    /// Keeps what some rows of a result say, for ``answer()``. May be called again when the statement ran again.
    func receive(_ result: OpaquePointer, rows: Range<Int32>)
    /// Keeps that the result cannot be read.
    func misread(_ reason: String)
    /// Resumes the caller with what was kept.
    func answer()
    func fail(_ error: StoreError)
}

/// One query or named write. A caller who is cancelled keeps its place: its statement runs, its answer comes.
final class RowsJob<Row: Sendable>: PipelineJob {
    let text: StaticString
    let values: [SQLValue]
    let takesRows: Bool
    let locks: [WriteLocks]
    let lockedRows: [LockedRow]
    private let read: @Sendable (any RowColumns) throws -> Row
    private let continuation: CheckedContinuation<[Row], any Error>
    private let outcome = NIOLockedValueBox<Result<[Row], any Error>?>(nil)

    init(_ query: Query<Row>, _ continuation: CheckedContinuation<[Row], any Error>) {
        text = query.text.postgres
        values = query.values
        takesRows = false
        locks = []
        lockedRows = []
        read = query.read
        self.continuation = continuation
    }

    init(_ write: NamedWrite<Row>, _ continuation: CheckedContinuation<[Row], any Error>) {
        text = write.postgres
        values = write.values
        takesRows = write.takesRows
        locks = write.locks
        lockedRows = write.locks.flatMap { locks in locks.keys.map { LockedRow(locks: locks.postgres, key: $0) } }
        read = write.read
        self.continuation = continuation
    }

    func receive(_ result: OpaquePointer, rows: Range<Int32>) {
        let rows = Result { try PostgresRow.all(of: result, rows, read) }
        outcome.withLockedValue { $0 = rows }
    }

    func misread(_ reason: String) {
        outcome.withLockedValue { $0 = .failure(StoreError.column(reason)) }
    }

    func answer() {
        guard let outcome = outcome.withLockedValue({ $0 }) else {
            return fail(.failed("the statement was answered without a result"))
        }
        continuation.resume(with: outcome)
    }

    func fail(_ error: StoreError) { continuation.resume(throwing: error) }
}

/// A row that a job locks: the statement that does it, and the key.
struct LockedRow: Hashable {
    let locks: PostgresConnection.Statement
    let key: [SQLValue]

    init(locks: StaticString, key: [SQLValue]) {
        self.locks = PostgresConnection.Statement(text: locks)
        self.key = key
    }
}

import CPostgres
import NIOConcurrencyHelpers
import SpecCore

/// A statement in a pipeline, with its waiting caller.
protocol PipelineJob: AnyObject, Sendable {
    var text: StaticString { get }
    var values: [SQLValue] { get }
    /// True if one statement can take the values of many jobs.
    var takesRows: Bool { get }
    var locks: [WriteLocks] { get }
    /// The rows of ``locks``.
    var lockedRows: [LockedRow] { get }

    /// Stores some rows of a result for ``answer()``. May be called again if the statement runs again.
    func receive(_ result: OpaquePointer, rows: Range<Int32>)
    /// Records that the result cannot be read.
    func misread(_ reason: String)
    /// Adds the announcements of the stored result, once it is committed.
    func collect(into announcements: inout Announcements)
    /// Resumes the caller with the stored result.
    func answer()
    func fail(_ error: StoreError)
}

/// One query or named write. If the caller is cancelled, the statement still runs and its result is returned.
final class RowsJob<Row: Sendable>: PipelineJob {
    let text: StaticString
    let values: [SQLValue]
    let takesRows: Bool
    let locks: [WriteLocks]
    let lockedRows: [LockedRow]
    private let read: @Sendable (any RowColumns) throws -> Row
    private let positions: (@Sendable (Row, inout [EventPosition]) -> Void)?
    private let continuation: CheckedContinuation<[Row], any Error>
    private let outcome = NIOLockedValueBox<Result<[Row], any Error>?>(nil)

    init(_ query: Query<Row>, _ continuation: CheckedContinuation<[Row], any Error>) {
        text = query.text.postgres
        values = query.values
        takesRows = false
        locks = []
        lockedRows = []
        read = query.read
        positions = nil
        self.continuation = continuation
    }

    init(_ write: NamedWrite<Row>, _ continuation: CheckedContinuation<[Row], any Error>) {
        text = write.postgres
        values = write.values
        takesRows = write.takesRows
        locks = write.locks
        lockedRows = write.locks.flatMap { locks in locks.keys.map { LockedRow(locks: locks.postgres, key: $0) } }
        read = write.read
        positions = write.positions
        self.continuation = continuation
    }

    func receive(_ result: OpaquePointer, rows: Range<Int32>) {
        let rows = Result { try PostgresRow.all(of: result, rows, read) }
        outcome.withLockedValue { $0 = rows }
    }

    func misread(_ reason: String) {
        outcome.withLockedValue { $0 = .failure(StoreError.column(reason)) }
    }

    func collect(into announcements: inout Announcements) {
        guard let positions, case .success(let rows)? = outcome.withLockedValue({ $0 }) else { return }
        for row in rows { positions(row, &announcements.positions) }
    }

    func answer() {
        guard let outcome = outcome.withLockedValue({ $0 }) else {
            return fail(.failed("the statement returned no result"))
        }
        continuation.resume(with: outcome)
    }

    func fail(_ error: StoreError) { continuation.resume(throwing: error) }
}

/// A row that a job locks: the locking statement and the key.
struct LockedRow: Hashable {
    let locks: PostgresConnection.Statement
    let key: [SQLValue]

    init(locks: StaticString, key: [SQLValue]) {
        self.locks = PostgresConnection.Statement(text: locks)
        self.key = key
    }
}

import CPostgres
import SpecCore

/// The event loop of one connection of a pipeline, on its own thread.
final class PipelineLoop: @unchecked Sendable {  // everything but the inbox and the wakeup belongs to its thread
    /// The maximum number of retries of a write after a conflict.
    static let retriesMax = 3
    /// The maximum number of single retries in flight.
    private static let singlesMax = 32
    /// The time-out of a server response, after which the connection is closed.
    static let silenceMilliseconds: Int64 = 20_000
    /// The time-out of a server response while the store is closing.
    private static let lastSilenceMilliseconds: Int64 = 4_000

    /// The time that an idle connection waits for a group to grow.
    private static let gatheringMilliseconds = 20

    private let kind: Pipeline.Kind
    private let bounds: Pipeline.Bounds
    private let inbox: PipelineInbox
    private let address: PostgresAddress
    private let afterCommit: AfterCommit
    private let wakeup = Wakeup()

    private var expected = FirstInFirstOut<PipelineEntry>()
    /// Batches in flight.
    private var underWay: [PipelineBatch] = []
    /// The number of consecutive empty results where a Sync was expected.
    private var emptyCount = 0
    /// Jobs that are committed, but whose callers are not resumed yet.
    private var committed: [any PipelineJob] = []
    /// Batches to run again, before any new ones.
    private var again: [PipelineBatch] = []
    /// The failures of prepared statements, for those that were sent before the preparation was confirmed.
    private var preparationFailures: [PostgresConnection.Statement: PostgresFailure] = [:]
    private var heardAt: Int64 = 0
    /// True if it waited for a larger group, and no more jobs arrived.
    private var isLate = false

    init(
        _ kind: Pipeline.Kind, _ bounds: Pipeline.Bounds, _ inbox: PipelineInbox, _ address: PostgresAddress,
        _ afterCommit: AfterCommit
    ) {
        self.kind = kind
        self.bounds = bounds
        self.inbox = inbox
        self.address = address
        self.afterCommit = afterCommit
    }

    /// Runs until the inbox is closed and empty.
    /// - Parameter first: an open connection; nil if there was no room for it yet.
    func run(_ first: PostgresConnection?) {
        var next = first
        while let connection = next ?? reconnected() {
            next = nil
            do {
                try serve(connection)
                return inbox.disconnected(wakeup, "the store is closed")
            } catch {
                answerCommitted()
                lose(error)
            }
        }
    }

    /// Connects, and tells the inbox; nil if it is closed meanwhile.
    private func reconnected() -> PostgresConnection? {
        var backOff = BackOff()
        while !inbox.isClosed {
            if let connection = try? PostgresConnection.open(address, isReadOnly: kind == .reads) {
                inbox.connected()
                return connection
            }
            Stopwatch.pause(milliseconds: backOff.pause())
        }
        return nil
    }

    /// Fails every job in flight after the connection was lost.
    private func lose(_ error: any Error) {
        let reason = (error as? PostgresFailure)?.message ?? "\(error)"
        inbox.release((underWay + again).lazy.flatMap(\.jobs))
        for job in underWay.flatMap(\.unanswered) + again.flatMap(\.jobs) {
            job.fail(.unavailable("the connection was lost: \(reason)"))
        }
        (expected, underWay, again, preparationFailures) = (FirstInFirstOut(), [], [], [:])
        inbox.disconnected(wakeup, "the database cannot be reached: \(reason)")
    }

    // MARK: Loop

    private func serve(_ connection: PostgresConnection) throws {
        while true {
            // Checked first: jobs taken before the end are still sent.
            let isClosed = inbox.isClosed
            try sendNext(connection)
            let isSent = try connection.flush()
            // Only now, so that the server works on the next group in the meantime.
            answerCommitted()
            if expected.isEmpty, isClosed { return }
            try wait(connection, toWrite: !isSent)
            try connection.receive()
            try take(connection)
        }
    }

    private func wait(_ connection: PostgresConnection, toWrite: Bool) throws {
        guard !expected.isEmpty else {
            let left = inbox.isClosed ? 0 : inbox.isWaiting ? Self.gatheringMilliseconds : -1
            isLate = !connection.wait(toWrite: toWrite, wakeup: wakeup, milliseconds: left)
            return
        }
        let most = inbox.isClosed ? Self.lastSilenceMilliseconds : Self.silenceMilliseconds
        let left = heardAt + most - Stopwatch.milliseconds
        if left <= 0 { throw PostgresFailure(state: "", message: "the server did not respond in time") }
        _ = connection.wait(toWrite: toWrite, wakeup: wakeup, milliseconds: Int(left))
    }

    private func sendNext(_ connection: PostgresConnection) throws {
        while underWay.count < (again.isEmpty ? bounds.batchesMax : Self.singlesMax) {
            if !again.isEmpty {
                try send(again.removeFirst(), connection)
                continue
            }
            let jobs = inbox.take(parking: wakeup, isLate: isLate)
            isLate = false
            if jobs.isEmpty { return }
            try send(PipelineBatch(jobs), connection)
        }
    }

    private func send(_ batch: PipelineBatch, _ connection: PostgresConnection) throws {
        if expected.isEmpty { heardAt = Stopwatch.milliseconds }
        underWay.append(batch)
        let locks = batch.locks
        for lock in locks { try prepare(lock.postgres, connection) }
        for statement in batch.statements { try prepare(statement.text, connection) }
        for lock in locks {
            try connection.send(PostgresConnection.Statement(text: lock.postgres), arraysOf: lock.keys)
            expected.append(.locks(batch))
        }
        for statement in batch.statements {
            try statement.send(on: connection)
            expected.append(.statement(statement, batch))
        }
        try connection.sendSync()
        expected.append(.sync(batch))
    }

    private func prepare(_ text: StaticString, _ connection: PostgresConnection) throws {
        let statement = PostgresConnection.Statement(text: text)
        guard !connection.knows(statement) else { return }
        preparationFailures[statement] = nil
        try connection.sendPrepare(statement)
        try connection.sendSync()
        expected.append(.prepare(statement))
        expected.append(.sync(nil))
    }

    // MARK: Results

    /// Processes all complete results.
    private func take(_ connection: PostgresConnection) throws {
        while let entry = expected.first, PQisBusy(connection.pointer) == 0 {
            guard let result = PQgetResult(connection.pointer) else {
                try endStatement(entry, connection)
                continue
            }
            defer { PQclear(result) }
            emptyCount = 0
            heardAt = Stopwatch.milliseconds
            try take(result, entry, connection)
        }
    }

    private func endStatement(_ entry: PipelineEntry, _ connection: PostgresConnection) throws {
        guard case .sync = entry else { return expected.removeFirst() }
        // Only a failed commit yields an empty result here instead of the Sync itself.
        emptyCount += 1
        if emptyCount > 1 { throw PostgresFailure(connection: connection.pointer) }
    }

    private func take(_ result: OpaquePointer, _ entry: PipelineEntry, _ connection: PostgresConnection) throws {
        switch (PQresultStatus(result), entry) {
        case (PGRES_PIPELINE_SYNC, .sync(let batch)):
            expected.removeFirst()
            if let batch { finish(batch) }
        case (PGRES_TUPLES_OK, .statement(let statement, let batch)),
            (PGRES_COMMAND_OK, .statement(let statement, let batch)):
            statement.receive(result)
            if case .one(let job) = statement, kind == .reads {
                batch.answeredCount += 1
                job.answer()
            }
        case (PGRES_TUPLES_OK, _), (PGRES_COMMAND_OK, _): break
        case (PGRES_PIPELINE_ABORTED, _): break
        case (PGRES_FATAL_ERROR, _): refuse(PostgresFailure(result), entry, connection)
        default: throw PostgresFailure(state: "", message: "unexpected result from the server")
        }
    }

    private func refuse(_ failure: PostgresFailure, _ entry: PipelineEntry, _ connection: PostgresConnection) {
        switch entry {
        case .prepare(let statement):
            connection.forget(statement)
            preparationFailures[statement] = failure
        case .statement(let statement, let batch):
            let prepared = PostgresConnection.Statement(text: statement.text)
            let reason = failure.isStatementUnknown ? preparationFailures[prepared] ?? failure : failure
            batch.failure = reason
            if case .one(let job) = statement, kind == .reads {
                batch.answeredCount += 1
                job.fail(reason.storeError)
            }
        case .locks(let batch), .sync(let batch?): batch.failure = failure
        case .sync(nil): break
        }
    }

    /// Handles the end of a batch: it is committed, or rolled back.
    private func finish(_ batch: PipelineBatch) {
        underWay.removeFirst()
        switch (kind, batch.failure) {
        case (.reads, _): again += batch.unanswered.map { PipelineBatch([$0]) }
        case (.writes, nil):
            inbox.release(batch.jobs)
            committed += batch.jobs
        case (.writes, let failure?): retry(batch, failure)
        }
    }

    /// Announces committed jobs and resumes their callers.
    private func answerCommitted() {
        guard !committed.isEmpty else { return }
        var announcements = Announcements()
        for job in committed { job.collect(into: &announcements) }
        afterCommit.publish(announcements)
        for job in committed { job.answer() }
        committed.removeAll(keepingCapacity: true)
    }

    private func retry(_ batch: PipelineBatch, _ failure: PostgresFailure) {
        if batch.jobs.count > 1 {
            again += batch.jobs.map { PipelineBatch([$0]) }
        } else if mayRunAgain(batch, failure) {
            again.append(PipelineBatch(batch.jobs, attempt: batch.attempt + 1))
        } else {
            inbox.release(batch.jobs)
            for job in batch.jobs { job.fail(failure.storeError) }
        }
    }

    /// True for a unique violation that a retry may resolve: another node may have stored the row, and a second run
    /// sees it.
    private func mayRunAgain(_ batch: PipelineBatch, _ failure: PostgresFailure) -> Bool {
        failure.isConflict && batch.attempt < Self.retriesMax || failure.isUniqueViolation && batch.attempt == 0
    }
}

import CPostgres
import SpecCore

/// The life of one connection of a pipeline, on a thread of its own.
final class PipelineLoop: @unchecked Sendable {  // everything but the inbox and the wakeup belongs to its thread
    /// How often a write that stood in another's way runs again.
    static let retriesMax = 3
    /// How many of those that run again one by one may be under way.
    private static let singlesMax = 32
    /// A server that says nothing for so long, although it was asked, is given up.
    static let silenceMilliseconds: Int64 = 20_000
    /// The same once the store is to be closed.
    private static let lastSilenceMilliseconds: Int64 = 4_000

    /// How long a connection without work waits for a group to become larger.
    private static let gatheringMilliseconds = 20

    private let kind: Pipeline.Kind
    private let bounds: Pipeline.Bounds
    private let inbox: PipelineInbox
    private let address: PostgresAddress
    private let wakeup = Wakeup()

    private var expected = FirstInFirstOut<PipelineEntry>()
    /// Batches whose end has not come.
    private var underWay: [PipelineBatch] = []
    /// How often in a row there was no result where a Sync was to come.
    private var emptyCount = 0
    /// Whose writes are committed, but who have not heard of it.
    private var committed: [any PipelineJob] = []
    /// What runs again, before anything new.
    private var again: [PipelineBatch] = []
    /// Why statements were not prepared, for those that were sent on trust.
    private var refusals: [PostgresConnection.Statement: PostgresFailure] = [:]
    private var heardAt: Int64 = 0
    /// Whether it waited for a larger group, and none came.
    private var isLate = false

    init(_ kind: Pipeline.Kind, _ bounds: Pipeline.Bounds, _ inbox: PipelineInbox, _ address: PostgresAddress) {
        self.kind = kind
        self.bounds = bounds
        self.inbox = inbox
        self.address = address
    }

    /// Serves until the inbox is closed and empty.
    func run(_ first: PostgresConnection) {
        var connection = first
        while true {
            do {
                try serve(connection)
                return inbox.disconnected(wakeup, "the store is closed")
            } catch {
                answerCommitted()
                lose(error)
            }
            guard let next = reconnect() else { return }
            connection = next
            inbox.connected()
        }
    }

    private func reconnect() -> PostgresConnection? {
        var backOff = BackOff()
        while !inbox.isClosed {
            if let connection = try? PostgresConnection.open(address, isReadOnly: kind == .reads) {
                return connection
            }
            Stopwatch.pause(milliseconds: backOff.pause())
        }
        return nil
    }

    /// Whoever waits for an answer hears that none will come.
    private func lose(_ error: any Error) {
        let reason = (error as? PostgresFailure)?.message ?? "\(error)"
        inbox.release((underWay + again).lazy.flatMap(\.jobs))
        for job in underWay.flatMap(\.unanswered) + again.flatMap(\.jobs) {
            job.fail(.unavailable("the connection was lost: \(reason)"))
        }
        (expected, underWay, again, refusals) = (FirstInFirstOut(), [], [], [:])
        inbox.disconnected(wakeup, "the database cannot be reached: \(reason)")
    }

    // MARK: The loop

    private func serve(_ connection: PostgresConnection) throws {
        while true {
            // Asked first: what was taken before the end is still sent.
            let isClosed = inbox.isClosed
            try sendNext(connection)
            let isSent = try connection.flush()
            // Only now, so that the server works on the next group meanwhile.
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
        if left <= 0 { throw PostgresFailure(state: "", message: "the server is silent") }
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
        refusals[statement] = nil
        try connection.sendPrepare(statement)
        try connection.sendSync()
        expected.append(.prepare(statement))
        expected.append(.sync(nil))
    }

    // MARK: Answers

    /// Takes every answer that has come as a whole.
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
        // Only where the commit failed does something end here that is not the Sync itself.
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
        default: throw PostgresFailure(state: "", message: "an answer came that nobody asked for")
        }
    }

    private func refuse(_ failure: PostgresFailure, _ entry: PipelineEntry, _ connection: PostgresConnection) {
        switch entry {
        case .prepare(let statement):
            connection.forget(statement)
            refusals[statement] = failure
        case .statement(let statement, let batch):
            let prepared = PostgresConnection.Statement(text: statement.text)
            let reason = failure.isStatementUnknown ? refusals[prepared] ?? failure : failure
            batch.failure = reason
            if case .one(let job) = statement, kind == .reads {
                batch.answeredCount += 1
                job.fail(reason.storeError)
            }
        case .locks(let batch), .sync(let batch?): batch.failure = failure
        case .sync(nil): break
        }
    }

    /// The batch is committed, or nothing of it is.
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

    private func answerCommitted() {
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

    /// What was unique a moment ago may have been stored by another node: once more, it is seen.
    private func mayRunAgain(_ batch: PipelineBatch, _ failure: PostgresFailure) -> Bool {
        failure.isConflict && batch.attempt < Self.retriesMax || failure.isUniqueViolation && batch.attempt == 0
    }
}

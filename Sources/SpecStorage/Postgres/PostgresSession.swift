import CPostgres
import SpecCore

/// A connection for one transaction at a time: each statement waits for its result.
final class PostgresSession {
    private let connection: PostgresConnection
    /// The statement that begins the transaction; it is sent together with the first statement.
    private var beginning: StaticString?
    /// True if the transaction has begun on the server.
    private var isOpen = false
    /// The first failure of this transaction; after one, PostgreSQL accepts only its end.
    private(set) var failure: PostgresFailure?
    /// True if the connection is unusable.
    private(set) var isLost = false

    init(_ connection: PostgresConnection) {
        self.connection = connection
    }

    func begin(_ text: StaticString) {
        beginning = text
        failure = nil
    }

    /// - Throws: ``PostgresFailure`` if a statement failed, even if the caller caught the error.
    func commit() throws {
        if let failure { throw failure }
        guard isOpen else { return }
        isOpen = false
        try exchange {
            try connection.send("COMMIT")
        } take: { _ in
        }
    }

    func rollback() {
        guard isOpen, !isLost else { return }
        isOpen = false
        try? exchange {
            try connection.send("ROLLBACK")
        } take: { _ in
        }
    }

    /// Runs a statement and passes its result to `take`.
    /// - Throws: ``PostgresFailure``, or what `take` throws.
    func run<Value>(
        _ statement: PostgresConnection.Statement, _ values: [SQLValue], take: (OpaquePointer) throws -> Value
    ) throws -> Value {
        try run(statement, send: { try connection.send(statement, values) }, take: take)
    }

    /// Runs a statement whose parameters are arrays, with one element of each per row.
    /// - Throws: ``PostgresFailure``, or what `take` throws.
    func run<Value>(
        _ statement: PostgresConnection.Statement, arraysOf rows: [[SQLValue]],
        take: (OpaquePointer) throws -> Value
    ) throws -> Value {
        try run(statement, send: { try connection.send(statement, arraysOf: rows) }, take: take)
    }

    private func run<Value>(
        _ statement: PostgresConnection.Statement, send: () throws -> Void, take: (OpaquePointer) throws -> Value
    ) throws -> Value {
        if let failure { throw failure }
        var value: Value?
        let isFresh = !connection.knows(statement)
        do {
            try exchange {
                if let beginning { try connection.send(beginning) }
                if isFresh { try connection.sendPrepare(statement) }
                try send()
                if beginning != nil { isOpen = true }
                beginning = nil
            } take: {
                value = try take($0)
            }
        } catch let error as PostgresFailure {
            failure = error
            if isFresh { connection.forget(statement) }
            throw error
        }
        guard let value else { throw PostgresFailure(state: "", message: "a statement returned no result") }
        return value
    }

    // MARK: Exchange

    /// Sends, waits for everything up to the Sync, and passes on the last result.
    private func exchange(send: () throws -> Void, take: (OpaquePointer) throws -> Void) throws {
        var results = Results()
        do {
            try send()
            try connection.sendSync()
            while !results.isOver {
                try waitForAnswer()
                results.collect(from: connection.pointer)
            }
        } catch {
            isLost = true
            throw error
        }
        if let failure = results.failure {
            if PQstatus(connection.pointer) != CONNECTION_OK { isLost = true }
            throw failure
        }
        if let last = results.last { try take(last) }
    }

    private func waitForAnswer() throws {
        let isSent = try connection.flush()
        if isSent, PQisBusy(connection.pointer) == 0 { return }
        let isHeard = connection.wait(
            toWrite: !isSent, wakeup: nil, milliseconds: Int(PipelineLoop.silenceMilliseconds))
        guard isHeard else { throw PostgresFailure(state: "", message: "the server did not respond in time") }
        try connection.receive()
    }

    /// The results up to one Sync.
    private struct Results: ~Copyable {
        private(set) var last: OpaquePointer?
        private(set) var failure: PostgresFailure?
        private(set) var isOver = false

        mutating func collect(from connection: OpaquePointer) {
            var emptyCount = 0
            while !isOver, PQisBusy(connection) == 0, emptyCount < 2 {
                guard let result = PQgetResult(connection) else {
                    emptyCount += 1
                    continue
                }
                emptyCount = 0
                keep(result)
            }
        }

        private mutating func keep(_ result: OpaquePointer) {
            switch PQresultStatus(result) {
            case PGRES_PIPELINE_SYNC: isOver = true
            case PGRES_TUPLES_OK, PGRES_COMMAND_OK:
                PQclear(last)
                last = result
                return
            case PGRES_FATAL_ERROR: if failure == nil { failure = PostgresFailure(result) }
            default: break
            }
            PQclear(result)
        }

        deinit { PQclear(last) }
    }
}

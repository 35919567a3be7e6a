import CPostgres
import SpecCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// One connection in pipeline mode, with the statements that were prepared on it.
final class PostgresConnection: @unchecked Sendable {  // used by the thread that has it; handed on, never shared
    /// The server ends a statement that takes longer.
    static let statementMilliseconds = 15_000
    /// The server ends a transaction that nobody goes on with, such as that of a node that froze between two steps:
    /// others wait for the rows it has locked. A node that freezes while it sends a group is not idle for the server.
    static let idleMilliseconds = 5_000
    /// The server gives up a statement that waits longer for a row. A group waits as a whole, with everybody in it who
    /// has nothing to do with that row: then its writes run one by one.
    static let lockMilliseconds = 2_000

    /// A prepared statement: its text, known by its address, and whether the rows it finds are locked.
    struct Statement: Hashable {
        let text: StaticString
        var locksRows = false

        static func == (a: Statement, b: Statement) -> Bool {
            a.text.utf8Start == b.text.utf8Start && a.locksRows == b.locksRows
        }

        func hash(into hasher: inout Hasher) { hasher.combine(text.utf8Start) }

        /// What the server is told.
        var sql: String { locksRows ? "\(text) FOR NO KEY UPDATE" : "\(text)" }
    }

    let pointer: OpaquePointer
    private var names: [Statement: String] = [:]
    private var preparedCount = 0
    private var values = PostgresValues()

    /// Waits for a connection that is ready for statements.
    /// - Throws: ``PostgresFailure``.
    static func open(_ address: PostgresAddress, isReadOnly: Bool = false) throws -> PostgresConnection {
        let connection = try PostgresConnection(plain: address)
        try connection.execute(
            """
            SET statement_timeout = \(statementMilliseconds);
            SET idle_in_transaction_session_timeout = \(idleMilliseconds);
            SET lock_timeout = \(lockMilliseconds);
            SET default_transaction_read_only = \(isReadOnly ? "on" : "off")
            """)
        guard PQsetnonblocking(connection.pointer, 1) == 0, PQenterPipelineMode(connection.pointer) == 1 else {
            throw PostgresFailure(connection: connection.pointer)
        }
        return connection
    }

    /// Waits for a connection outside of pipeline mode.
    init(plain address: PostgresAddress) throws {
        guard let pointer = address.connect() else {
            throw PostgresFailure(state: "", message: "there is no memory for a connection")
        }
        guard PQstatus(pointer) == CONNECTION_OK else {
            defer { PQfinish(pointer) }
            throw PostgresFailure(connection: pointer)
        }
        // Left alone, libpq writes what the server remarks to standard error.
        PQsetNoticeProcessor(pointer, { _, _ in }, nil)
        self.pointer = pointer
    }

    deinit { PQfinish(pointer) }

    var file: Int32 { PQsocket(pointer) }

    // MARK: Outside of pipeline mode

    /// Runs statements without values, all in one transaction, and gives the first column of the last one's rows.
    @discardableResult func execute(_ sql: String) throws -> [[String]] {
        guard let result = PQexec(pointer, sql) else { throw PostgresFailure(connection: pointer) }
        defer { PQclear(result) }
        switch PQresultStatus(result) {
        case PGRES_TUPLES_OK, PGRES_COMMAND_OK: break
        case PGRES_FATAL_ERROR: throw PostgresFailure(result)
        default: throw PostgresFailure(state: "", message: "an answer came that nobody asked for")
        }
        return (0..<PQntuples(result)).map { row in
            (0..<PQnfields(result)).map { String(cString: PQgetvalue(result, row, $0)) }
        }
    }

    // MARK: In pipeline mode

    /// Whether the statement was prepared here, or will have been when what was sent is done.
    func knows(_ statement: Statement) -> Bool { names[statement] != nil }

    /// Forgets a statement that the server did not take.
    func forget(_ statement: Statement) { names[statement] = nil }

    func sendPrepare(_ statement: Statement) throws {
        preparedCount += 1
        let name = "s\(preparedCount)"
        names[statement] = name
        try check(PQsendPrepare(pointer, name, statement.sql, 0, nil))
    }

    func send(_ statement: Statement, _ list: [SQLValue]) throws {
        values.set(list)
        try sendValues(of: statement)
    }

    /// - Parameter keys: each place in them becomes an array.
    func send(_ statement: Statement, arraysOf keys: [[SQLValue]]) throws {
        values.set(arraysOf: keys)
        try sendValues(of: statement)
    }

    private func sendValues(of statement: Statement) throws {
        guard let name = names[statement] else { preconditionFailure("a statement is prepared before it is sent") }
        let code = values.withLists { count, pointers, lengths, formats in
            PQsendQueryPrepared(pointer, name, count, pointers, lengths, formats, 1)
        }
        try check(code)
    }

    /// A statement without values that needs no preparing.
    func send(_ sql: StaticString) throws {
        let code = sql.utf8Start.withMemoryRebound(to: CChar.self, capacity: sql.utf8CodeUnitCount + 1) {
            PQsendQueryParams(pointer, $0, 0, nil, nil, nil, nil, 1)
        }
        try check(code)
    }

    /// Ends what belongs together: the server answers, and commits unless a BEGIN came before.
    func sendSync() throws { try check(PQpipelineSync(pointer)) }

    /// Whether everything has left.
    func flush() throws -> Bool {
        switch PQflush(pointer) {
        case 0: return true
        case 1: return false
        default: throw PostgresFailure(connection: pointer)
        }
    }

    func receive() throws { try check(PQconsumeInput(pointer)) }

    private func check(_ code: Int32) throws {
        guard code == 1 else { throw PostgresFailure(connection: pointer) }
    }

    /// Waits until the server says something, bytes can leave, or `wakeup` is woken.
    /// - Returns: whether something happened in time.
    func wait(toWrite: Bool, wakeup: Wakeup?, milliseconds: Int) -> Bool {
        var files = [pollfd(fd: file, events: Int16(toWrite ? POLLIN | POLLOUT : POLLIN), revents: 0)]
        if let wakeup { files.append(pollfd(fd: wakeup.file, events: Int16(POLLIN), revents: 0)) }
        let count = poll(&files, nfds_t(files.count), Int32(clamping: milliseconds))
        if let wakeup, files[1].revents != 0 { wakeup.clear() }
        // An interrupted wait is no time-out.
        return count != 0
    }
}

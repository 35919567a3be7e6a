import CPostgres
import SpecCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// One connection in pipeline mode, with its prepared statements.
final class PostgresConnection: @unchecked Sendable {  // used by the thread that has it; handed on, never shared
    /// The statement time-out of the server.
    static let statementMilliseconds = 15_000
    /// The server's time-out of an idle transaction, such as that of a node that froze between two steps, because
    /// others wait for the rows it has locked. A node that freezes while it sends a group is not idle for the server.
    static let idleMilliseconds = 5_000
    /// The server's time-out of a lock. A group waits as a whole, including writes that do not need the row; after the
    /// time-out its writes run one by one.
    static let lockMilliseconds = 2_000

    /// A prepared statement: its text, identified by its address, and whether the rows it finds are locked.
    struct Statement: Hashable {
        let text: StaticString
        var locksRows = false

        static func == (a: Statement, b: Statement) -> Bool {
            a.text.utf8Start == b.text.utf8Start && a.locksRows == b.locksRows
        }

        func hash(into hasher: inout Hasher) { hasher.combine(text.utf8Start) }

        /// The SQL that is sent to the server.
        var sql: String { locksRows ? "\(text) FOR NO KEY UPDATE" : "\(text)" }
    }

    let pointer: OpaquePointer
    private var names: [Statement: String] = [:]
    private var preparedCount = 0
    /// The beginning of the names of prepared statements. If a pooler mixes up sessions, a name is unknown to the other
    /// one, instead of another statement.
    private let namePrefix = "s\(String(UInt64.random(in: .min ... .max), radix: 16))_"
    private var values = PostgresValues()

    /// Opens a connection that is ready for statements. Blocks.
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

    /// Opens a connection outside of pipeline mode. Blocks.
    init(plain address: PostgresAddress) throws {
        guard let pointer = address.connect() else {
            throw PostgresFailure(state: "", message: "out of memory")
        }
        guard PQstatus(pointer) == CONNECTION_OK else {
            defer { PQfinish(pointer) }
            let failure = PostgresFailure(connection: pointer)
            throw PostgresFailure(state: failure.state, message: address.reason(failure.message))
        }
        // By default libpq prints the server's notices to standard error.
        PQsetNoticeProcessor(pointer, { _, _ in }, nil)
        self.pointer = pointer
        try execute(PostgresSettings.statement)
    }

    deinit { PQfinish(pointer) }

    var file: Int32 { PQsocket(pointer) }

    // MARK: Outside of pipeline mode

    /// Runs statements without values in one transaction, and returns the first column of the last one's rows.
    @discardableResult func execute(_ sql: String) throws -> [[String]] {
        guard let result = PQexec(pointer, sql) else { throw PostgresFailure(connection: pointer) }
        defer { PQclear(result) }
        switch PQresultStatus(result) {
        case PGRES_TUPLES_OK, PGRES_COMMAND_OK: break
        case PGRES_FATAL_ERROR: throw PostgresFailure(result)
        default: throw PostgresFailure(state: "", message: "unexpected result from the server")
        }
        return (0..<PQntuples(result)).map { row in
            (0..<PQnfields(result)).map { String(cString: PQgetvalue(result, row, $0)) }
        }
    }

    // MARK: In pipeline mode

    /// True if the statement is prepared on this connection, or will be once the sent requests are done.
    func knows(_ statement: Statement) -> Bool { names[statement] != nil }

    /// Forgets a statement that the server rejected.
    func forget(_ statement: Statement) { names[statement] = nil }

    func sendPrepare(_ statement: Statement) throws {
        preparedCount += 1
        let name = "\(namePrefix)\(preparedCount)"
        names[statement] = name
        try check(PQsendPrepare(pointer, name, statement.sql, 0, nil))
    }

    func send(_ statement: Statement, _ list: [SQLValue]) throws {
        values.set(list)
        try sendValues(of: statement)
    }

    /// - Parameter keys: each column of the keys becomes an array.
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

    /// Sends a statement without values that is not prepared.
    func send(_ sql: StaticString) throws {
        let code = sql.utf8Start.withMemoryRebound(to: CChar.self, capacity: sql.utf8CodeUnitCount + 1) {
            PQsendQueryParams(pointer, $0, 0, nil, nil, nil, nil, 1)
        }
        try check(code)
    }

    /// Ends a batch with a Sync: the server responds, and commits unless a BEGIN came before.
    func sendSync() throws { try check(PQpipelineSync(pointer)) }

    /// Sends buffered bytes. Returns true if all are sent.
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

    /// Waits until the server has sent bytes, bytes can be sent, or `wakeup` is woken.
    /// - Returns: true if something happened before the time-out.
    func wait(toWrite: Bool, wakeup: Wakeup?, milliseconds: Int) -> Bool {
        var files = [pollfd(fd: file, events: Int16(toWrite ? POLLIN | POLLOUT : POLLIN), revents: 0)]
        if let wakeup { files.append(pollfd(fd: wakeup.file, events: Int16(POLLIN), revents: 0)) }
        let count = poll(&files, nfds_t(files.count), Int32(clamping: milliseconds))
        if let wakeup, files[1].revents != 0 { wakeup.clear() }
        // An interrupted wait is not a time-out.
        return count != 0
    }
}

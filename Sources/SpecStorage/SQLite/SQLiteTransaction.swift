import GRDBSQLite
import SpecCore

/// Runs queries on one connection; the caller runs BEGIN and COMMIT.
struct SQLiteTransaction: Transaction {
    private let cache: StatementCache
    private let afterCommit: AfterCommit
    /// The collector of a change; nil in a read.
    private let collector: AnnouncementCollector?

    init(_ cache: StatementCache, _ afterCommit: AfterCommit, collector: AnnouncementCollector? = nil) {
        self.cache = cache
        self.afterCommit = afterCommit
        self.collector = collector
    }

    /// Returns the same transaction with a collector for its announcements.
    func collecting(_ collector: AnnouncementCollector) -> SQLiteTransaction {
        SQLiteTransaction(cache, afterCommit, collector: collector)
    }

    func all<Row>(_ query: Query<Row>) throws -> [Row] {
        try rows(of: query.text.sqlite, query.values, query.read)
    }

    /// Runs a named write. The first statement that returns rows ends it: a rejection, or the result.
    func run<Row>(_ write: NamedWrite<Row>, _ announcements: inout Announcements) throws -> [Row] {
        for text in write.sqlite {
            let rows = try rows(of: text, write.values, write.read)
            guard !rows.isEmpty else { continue }
            if let positions = write.positions { for row in rows { positions(row, &announcements.positions) } }
            return rows
        }
        return []
    }

    func emit(_ events: [Identifier: LoggedEvent]) throws -> [EventPosition] {
        let (collector, log) = (try collector.ofChange(), try afterCommit.log())
        let positions = try events.sorted { $0.key < $1.key }.map { user, event in
            let seq = try rows(of: log.advance, [.identifier(user)]) { try $0.integer(0) }[0]
            _ = try rows(of: log.append, event.values(after: [.identifier(user), .integer(seq)])) { _ in }
            return EventPosition(user: user, seq: seq)
        }
        collector.announcements.positions += positions
        return positions
    }

    /// Writes a page and leaves it as it was.
    func tryToWrite() throws {
        try cache.run("INSERT INTO spec_migrations (name, checksum, applied_at) VALUES ('', '', 0)")
        try cache.run("DELETE FROM spec_migrations WHERE name = ''")
    }

    func announceEnd(of sessions: [Identifier]) throws {
        try collector.ofChange().announcements.endedSessions += sessions
    }

    private func rows<Row>(
        of text: StaticString, _ values: [SQLValue], _ read: (any RowColumns) throws -> Row
    ) throws -> [Row] {
        let statement = try bound(text, values)
        defer { reset(statement) }
        var rows: [Row] = []
        let columns = SQLiteRow(statement: statement)
        while true {
            switch sqlite3_step(statement) {
            case SQLITE_ROW: rows.append(try read(columns))
            case SQLITE_DONE: return rows
            default: throw SQLiteFailure.error(cache.connection)
            }
        }
    }

    func execute(_ query: Query<Void>) throws -> Int {
        let statement = try bound(query.text.sqlite, query.values)
        defer { reset(statement) }
        while true {
            switch sqlite3_step(statement) {
            case SQLITE_ROW: continue
            case SQLITE_DONE: return Int(sqlite3_changes(cache.connection))
            default: throw SQLiteFailure.error(cache.connection)
            }
        }
    }

    private func bound(_ text: StaticString, _ values: [SQLValue]) throws -> OpaquePointer {
        let statement = try cache.statement(text)
        for number in statement.placeholders {
            guard bind(values[Int(number) - 1], to: statement.pointer, at: number) == SQLITE_OK else {
                reset(statement.pointer)
                throw SQLiteFailure.error(cache.connection)
            }
        }
        return statement.pointer
    }

    private func reset(_ statement: OpaquePointer) {
        sqlite3_reset(statement)
        sqlite3_clear_bindings(statement)
    }

    private func bind(_ value: SQLValue, to statement: OpaquePointer, at index: Int32) -> Int32 {
        switch value {
        case .null: return sqlite3_bind_null(statement, index)
        case .bool(let flag): return sqlite3_bind_int(statement, index, flag ? 1 : 0)
        case .integer(let number): return sqlite3_bind_int64(statement, index, number)
        case .real(let number): return sqlite3_bind_double(statement, index, number)
        case .timestamp(let time): return sqlite3_bind_int64(statement, index, time.milliseconds)
        case .text(var text):
            return text.withUTF8 { bytes in
                bytes.withMemoryRebound(to: CChar.self) {
                    sqlite3_bind_text(statement, index, $0.baseAddress, Int32($0.count), SQLiteTransaction.copied)
                }
            }
        case .bytes(let bytes):
            return bytes.withUnsafeBytes { bind($0, to: statement, at: index) }
        case .identifier(let identifier):
            let pair = (identifier.high.bigEndian, identifier.low.bigEndian)
            return withUnsafeBytes(of: pair) { bind($0, to: statement, at: index) }
        case .list(let list): return SQLiteLists.bind(list, to: statement, at: index)
        }
    }

    private func bind(_ bytes: UnsafeRawBufferPointer, to statement: OpaquePointer, at index: Int32) -> Int32 {
        guard let start = bytes.baseAddress, bytes.count > 0 else {
            return sqlite3_bind_zeroblob(statement, index, 0)
        }
        return sqlite3_bind_blob(statement, index, start, Int32(bytes.count), SQLiteTransaction.copied)
    }

    /// SQLITE_TRANSIENT, a macro that Swift does not import: SQLite copies the bytes.
    private static var copied: sqlite3_destructor_type { unsafeBitCast(-1, to: sqlite3_destructor_type.self) }
}

/// The columns of the current row of a statement.
struct SQLiteRow: RowColumns {
    let statement: OpaquePointer

    func isNull(_ index: Int) -> Bool { sqlite3_column_type(statement, Int32(index)) == SQLITE_NULL }

    func bool(_ index: Int) throws -> Bool { try integer(index) != 0 }

    func integer(_ index: Int) throws -> Int64 {
        try expect(SQLITE_INTEGER, index)
        return sqlite3_column_int64(statement, Int32(index))
    }

    func real(_ index: Int) throws -> Double {
        try expect(SQLITE_FLOAT, index)
        return sqlite3_column_double(statement, Int32(index))
    }

    func text(_ index: Int) throws -> String {
        try expect(SQLITE_TEXT, index)
        let count = Int(sqlite3_column_bytes(statement, Int32(index)))
        return String(
            decoding: UnsafeBufferPointer(start: sqlite3_column_text(statement, Int32(index)), count: count),
            as: UTF8.self)
    }

    func bytes(_ index: Int) throws -> [UInt8] {
        try expect(SQLITE_BLOB, index)
        let count = Int(sqlite3_column_bytes(statement, Int32(index)))
        return Array(UnsafeRawBufferPointer(start: sqlite3_column_blob(statement, Int32(index)), count: count))
    }

    func identifier(_ index: Int) throws -> Identifier {
        let bytes = try bytes(index)
        guard bytes.count == 16 else { throw wrong(index, "16 bytes") }
        let halves = [bytes[..<8], bytes[8...]].map { $0.reduce(UInt64(0)) { $0 << 8 | UInt64($1) } }
        return Identifier(high: halves[0], low: halves[1])
    }

    func timestamp(_ index: Int) throws -> Timestamp { Timestamp(milliseconds: try integer(index)) }

    private func expect(_ type: Int32, _ index: Int) throws {
        guard sqlite3_column_type(statement, Int32(index)) == type else {
            throw wrong(index, ["", "an integer", "a number", "text", "bytes"][Int(type)])
        }
    }

    private func wrong(_ index: Int, _ expected: String) -> StoreError {
        let name = sqlite3_column_name(statement, Int32(index)).map { String(cString: $0) } ?? "\(index)"
        return .column("the column \(name) does not hold \(expected)")
    }
}

import CSpecSQLite
import GRDB
import GRDBSQLite
import SpecCore

/// List parameters on SQLite: the table-valued function `spec_list` over one bound value.
enum SQLiteLists {
    /// Registers the function on a connection.
    static func register(on database: Database) throws {
        guard let connection = database.sqliteConnection else { return }
        let code = spec_list_register(connection)
        guard code == SQLITE_OK else { throw DatabaseError(resultCode: ResultCode(rawValue: code)) }
    }

    /// Binds a list to a placeholder and returns SQLite's result code.
    static func bind(_ list: SQLList, to statement: OpaquePointer, at index: Int32) -> Int32 {
        switch list {
        case .identifiers(let list):
            let pairs = list.map { ($0.high.bigEndian, $0.low.bigEndian) }
            return pairs.withUnsafeBytes { bind(SPEC_LIST_IDENTIFIERS, $0, to: statement, at: index) }
        case .integers(let list): return bind(list, to: statement, at: index)
        case .timestamps(let list): return bind(list.map(\.milliseconds), to: statement, at: index)
        case .texts(let list):
            return packed(list).withUnsafeBytes { bind(SPEC_LIST_TEXTS, $0, to: statement, at: index) }
        }
    }

    private static func bind(_ numbers: [Int64], to statement: OpaquePointer, at index: Int32) -> Int32 {
        numbers.withUnsafeBytes { bind(SPEC_LIST_INTEGERS, $0, to: statement, at: index) }
    }

    private static func bind(
        _ kind: some BinaryInteger, _ bytes: UnsafeRawBufferPointer, to statement: OpaquePointer, at index: Int32
    ) -> Int32 {
        spec_list_bind(statement, index, Int32(kind), bytes.baseAddress, Int64(bytes.count))
    }

    /// Each text after the number of its bytes.
    private static func packed(_ texts: [String]) -> [UInt8] {
        var bytes: [UInt8] = []
        for text in texts {
            withUnsafeBytes(of: UInt32(text.utf8.count)) { bytes.append(contentsOf: $0) }
            bytes.append(contentsOf: text.utf8)
        }
        return bytes
    }
}

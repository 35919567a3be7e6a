import GRDB
import GRDBSQLite
import SpecCore

/// Maps SQLite's result codes to store errors.
enum SQLiteFailure {
    /// The last error of a connection.
    static func error(_ connection: OpaquePointer) -> StoreError {
        storeError(sqlite3_extended_errcode(connection), String(cString: sqlite3_errmsg(connection)))
    }

    /// Maps GRDB's errors; others stay as they are.
    static func storeError(_ error: any Error) -> any Error {
        guard let error = error as? DatabaseError else { return error }
        return storeError(error.extendedResultCode.rawValue, error.message ?? "\(error)")
    }

    private static func storeError(_ code: Int32, _ message: String) -> StoreError {
        switch code {
        case 2067, 1555: return .constraint(.unique, message)
        case 787: return .constraint(.foreignKey, message)
        case 275: return .constraint(.check, message)
        case 1299: return .constraint(.notNull, message)
        default: break
        }
        switch code & 0xFF {
        case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_FULL, SQLITE_IOERR, SQLITE_CANTOPEN, SQLITE_READONLY,
            SQLITE_INTERRUPT:
            return .unavailable(message)
        case SQLITE_CONSTRAINT: return .constraint(.foreignKey, message)
        default: return .failed(message)
        }
    }
}

import CPostgres
import SpecCore

/// An error of PostgreSQL: its SQLSTATE and its message.
struct PostgresFailure: Error {
    /// The five characters of the SQLSTATE (appendix A of PostgreSQL's manual); empty for an error of libpq itself.
    let state: String
    let message: String

    init(state: String, message: String) {
        self.state = state
        self.message = message
    }

    /// - Parameter result: a result whose status is `PGRES_FATAL_ERROR`.
    init(_ result: OpaquePointer) {
        state = PostgresFailure.field(result, "C") ?? ""
        message =
            PostgresFailure.field(result, "M") ?? PostgresFailure.line(String(cString: PQresultErrorMessage(result)))
    }

    /// The last error of a connection.
    init(connection: OpaquePointer?) {
        self.init(state: "", message: PostgresFailure.line(String(cString: PQerrorMessage(connection))))
    }

    private static func field(_ result: OpaquePointer, _ name: Character) -> String? {
        PQresultErrorField(result, Int32(name.asciiValue ?? 0)).map { String(cString: $0) }
    }

    /// Joins the lines of a libpq message into one, for logs and diagnostics.
    static func line(_ message: String) -> String {
        message.split(separator: "\n").map { $0.drop { $0 == "\t" || $0 == " " } }.joined(separator: " ")
    }

    /// True for a serialization failure or a deadlock: the same transaction may succeed if it runs again.
    var isConflict: Bool { state == "40001" || state == "40P01" }

    /// True for a unique violation, possibly by a row that was not visible when this transaction began.
    var isUniqueViolation: Bool { state == "23505" }

    /// True if the connection does not have the prepared statement.
    var isStatementUnknown: Bool { state == "26000" }

    var storeError: StoreError {
        switch state {
        case "23505": return .constraint(.unique, message)
        case "23503": return .constraint(.foreignKey, message)
        case "23514": return .constraint(.check, message)
        case "23502": return .constraint(.notNull, message)
        // An error of libpq; a statement time-out; a lock time-out; conflicts that persist.
        case "", "57014", "55P03", "40001", "40P01", "25P03": return .unavailable(message)
        default: break
        }
        // Connection lost; insufficient resources (disk full, too many connections); shutdown; I/O errors.
        return ["08", "53", "57", "58"].contains(state.prefix(2)) ? .unavailable(message) : .failed(message)
    }
}

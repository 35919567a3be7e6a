import CPostgres
import SpecCore

/// What PostgreSQL said when it refused something: its code and its words.
struct PostgresFailure: Error {
    /// The five characters of appendix A of PostgreSQL's manual; empty when it came from libpq itself.
    let state: String
    let message: String

    init(state: String, message: String) {
        self.state = state
        self.message = message
    }

    /// - Parameter result: one whose status is `PGRES_FATAL_ERROR`.
    init(_ result: OpaquePointer) {
        state = PostgresFailure.field(result, "C") ?? ""
        message =
            PostgresFailure.field(result, "M") ?? PostgresFailure.line(String(cString: PQresultErrorMessage(result)))
    }

    /// The last words of a connection.
    init(connection: OpaquePointer?) {
        self.init(state: "", message: PostgresFailure.line(String(cString: PQerrorMessage(connection))))
    }

    private static func field(_ result: OpaquePointer, _ name: Character) -> String? {
        PQresultErrorField(result, Int32(name.asciiValue ?? 0)).map { String(cString: $0) }
    }

    /// libpq's messages have line ends; logs and diagnostics have lines.
    static func line(_ message: String) -> String {
        message.split(separator: "\n").map { $0.drop { $0 == "\t" || $0 == " " } }.joined(separator: " ")
    }

    /// Whether another transaction was in the way, so that the same one may succeed when it runs again.
    var isConflict: Bool { state == "40001" || state == "40P01" }

    /// Whether a row was in the way that this transaction could not see when it began.
    var isUniqueViolation: Bool { state == "23505" }

    /// Whether the connection does not know the prepared statement.
    var isStatementUnknown: Bool { state == "26000" }

    var storeError: StoreError {
        switch state {
        case "23505": return .constraint(.unique, message)
        case "23503": return .constraint(.foreignKey, message)
        case "23514": return .constraint(.check, message)
        case "23502": return .constraint(.notNull, message)
        // libpq's own; a statement that took too long; a lock that did not come; conflicts that did not end.
        case "", "57014", "55P03", "40001", "40P01", "25P03": return .unavailable(message)
        default: break
        }
        // Connection lost; no resources (disk full, too many connections); shutting down; input/output errors.
        return ["08", "53", "57", "58"].contains(state.prefix(2)) ? .unavailable(message) : .failed(message)
    }
}

import CPostgres
public import SpecCore

/// The address and credentials of a PostgreSQL server: a URL, with all of libpq's parameters.
///
/// Neither errors nor descriptions repeat the text: it holds a password, possibly where libpq expects something else.
public struct PostgresAddress: Sendable, Redacted {
    /// The connect time-out, unless the URL sets one.
    static let connectSeconds = 5
    /// The maximum time that sent bytes stay unacknowledged (TCP_USER_TIMEOUT), unless the URL sets one.
    static let unacknowledgedMilliseconds = 15_000

    private let text: String
    /// The host, port and database, without the password, for messages.
    public let description: String
    private let password: String?
    private let tls: PostgresTLS

    /// - Throws: ``OpenError`` with the reason if the text is invalid.
    public init(_ text: String) throws {
        let values = try PostgresAddressText.values(of: text)
        self.text = text
        password = values["password"]
        tls = PostgresTLS(values)
        let host = values["host"] ?? values["hostaddr"] ?? "the local socket"
        let port = values["port"].map { ":\($0)" } ?? ""
        description = "PostgreSQL at \(host)\(port)\(values["dbname"].map { "/\($0)" } ?? "")"
    }

    /// The reason of a failed connection: libpq's message without the password, and advice about TLS.
    func reason(_ message: String) -> String {
        let shown = password.map { $0.isEmpty ? message : message.replacing($0, with: "[redacted]") } ?? message
        return shown + tls.advice(about: message)
    }

    /// Opens a connection, which may have failed; nil if out of memory. Blocks.
    func connect() -> OpaquePointer? {
        // Later parameters win: the text overrides the defaults before it, and the fixed ones after it override the
        // text.
        let defaults: [(String, String)] = [
            ("connect_timeout", "\(Self.connectSeconds)"), ("application_name", "parley"),
            ("tcp_user_timeout", "\(Self.unacknowledgedMilliseconds)"),
            ("keepalives_idle", "15"), ("keepalives_interval", "5"), ("keepalives_count", "3"),
        ]
        let parameters = defaults + tls.defaults + [("dbname", text), ("client_encoding", "UTF8")]
        return PostgresAddress.withCStrings(parameters.map(\.0)) { keywords in
            PostgresAddress.withCStrings(parameters.map(\.1)) { PQconnectdbParams(keywords, $0, 1) }
        }
    }

    /// Calls `body` with the texts as a NULL-terminated list.
    private static func withCStrings<Result>(
        _ texts: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> Result
    ) -> Result {
        var bytes: [CChar] = []
        let starts = texts.map { text in
            defer { bytes += text.utf8CString }
            return bytes.count
        }
        return bytes.withUnsafeBufferPointer { buffer in
            var list = starts.map { start in buffer.baseAddress.map { $0 + start } }
            list.append(nil)
            return list.withUnsafeBufferPointer { body($0.baseAddress!) }
        }
    }
}

import CPostgres

/// The address and credentials of a PostgreSQL server: a URL or `key=value` pairs, with all of libpq's parameters.
public struct PostgresAddress: Sendable {
    /// The connect time-out, unless the URL sets one.
    static let connectSeconds = 5
    /// The maximum time that sent bytes stay unacknowledged (TCP_USER_TIMEOUT), unless the URL sets one.
    static let unacknowledgedMilliseconds = 15_000

    private let text: String
    /// The host, port and database, without the password, for messages.
    public let description: String

    /// - Throws: ``OpenError`` with libpq's message if the text is invalid.
    public init(_ text: String) throws {
        self.text = text
        description = try PostgresAddress.describe(text)
    }

    private static func describe(_ text: String) throws -> String {
        var message: UnsafeMutablePointer<CChar>?
        guard let options = PQconninfoParse(text, &message) else {
            defer { PQfreemem(message) }
            let reason = message.map { String(cString: $0) } ?? "out of memory"
            throw OpenError.unusable("the address", PostgresFailure.line(reason))
        }
        defer { PQconninfoFree(options) }
        var values: [String: String] = [:]
        var option = options
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val { values[String(cString: keyword)] = String(cString: value) }
            option += 1
        }
        let host = values["host"] ?? values["hostaddr"] ?? "the local socket"
        let port = values["port"].map { ":\($0)" } ?? ""
        return "PostgreSQL at \(host)\(port)\(values["dbname"].map { "/\($0)" } ?? "")"
    }

    /// Opens a connection, which may have failed; nil if out of memory. Blocks.
    func connect() -> OpaquePointer? {
        // Later parameters win: the text overrides the defaults before it, and the fixed ones after it override the
        // text.
        let parameters: [(String, String)] = [
            ("connect_timeout", "\(Self.connectSeconds)"), ("application_name", "parley"),
            ("tcp_user_timeout", "\(Self.unacknowledgedMilliseconds)"),
            ("keepalives_idle", "15"), ("keepalives_interval", "5"), ("keepalives_count", "3"),
            ("dbname", text), ("client_encoding", "UTF8"),
        ]
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

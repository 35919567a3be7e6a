import CPostgres

/// Reads the text of an address; errors say what is wrong and repeat nothing of it.
enum PostgresAddressText {
    private static let advice = "in user and password write / as %2F, @ as %40, : as %3A and % as %25."

    /// The parameters by their names.
    /// - Throws: ``OpenError``.
    static func values(of text: String) throws -> [String: String] {
        let values = try parsed(text)
        // What libpq takes for a host, a port or a database may be the rest of a password that was not escaped. It would
        // find the mistake only when it connects, and name it.
        if values["host"]?.contains("@") == true || values["dbname"]?.contains("@") == true {
            throw OpenError.unusable("the address", "it has an @ too many; " + advice)
        }
        let ports = values["port"]?.split(separator: ",", omittingEmptySubsequences: false) ?? []
        guard ports.allSatisfy({ $0.isEmpty || UInt16($0) ?? 0 > 0 }) else {
            throw OpenError.unusable("the address", "its port is not a number from 1 to 65535; " + advice)
        }
        return values
    }

    private static func parsed(_ text: String) throws -> [String: String] {
        var message: UnsafeMutablePointer<CChar>?
        guard let options = PQconninfoParse(text, &message) else {
            defer { PQfreemem(message) }
            let reason = message.map { String(cString: $0) } ?? "out of memory"
            throw OpenError.unusable("the address", "\(withoutQuotes(PostgresFailure.line(reason))); " + advice)
        }
        defer { PQconninfoFree(options) }
        var values: [String: String] = [:]
        var option = options
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val { values[String(cString: keyword)] = String(cString: value) }
            option += 1
        }
        return values
    }

    /// libpq's message up to the first quotation mark: it quotes parts of the text, or all of it.
    private static func withoutQuotes(_ message: String) -> String {
        let start = message.prefix { $0 != "\"" }
        return start.count < message.count ? start + "…" : String(start)
    }
}

/// The cookies of a request (RFC 6265, section 4.2.1), in the order received.
public struct Cookies: Sequence {
    private let pairs: [(name: Substring, value: String)]

    public init(_ fields: HeaderFields) {
        pairs = fields.values(of: "cookie").flatMap { $0.split(separator: ";") }.compactMap { pair in
            let parts = pair.drop { $0 == " " }.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return parts.count == 2 ? (parts[0], Cookies.unquoted(parts[1])) : nil
        }
    }

    private static func unquoted(_ value: Substring) -> String {
        let isQuoted = value.utf8.count > 1 && value.first == "\"" && value.last == "\""
        return String(isQuoted ? value.dropFirst().dropLast() : value)
    }

    public func makeIterator() -> IndexingIterator<[(name: Substring, value: String)]> { pairs.makeIterator() }
}

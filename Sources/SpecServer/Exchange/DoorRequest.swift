import SpecCore

/// A request on its way through the door.
struct DoorRequest: Sendable {
    /// nil for a method that OpenAPI does not know.
    let method: SpecCore.Method?
    private(set) var head: RequestHead
    let address: String
    let isHead: Bool
    let isOldVersion: Bool
    let keepsAlive: Bool
    /// Whether a body follows; its length where the head tells.
    let hasBody: Bool
    let bodyBytes: Int?
    let expectation: String?
    /// How the body is encoded, where it is.
    let contentCoding: String?

    /// Whether the server as a whole is meant, no path of it: `OPTIONS *` (RFC 9112, 3.2.4).
    var isOfServer: Bool { head.target == "*" }

    /// The same request without the escapes in its path that need not be there (RFC 9110, 4.2.3); nil where there are
    /// none.
    var withPlainPath: DoorRequest? {
        let path = path
        guard path.utf8.contains(UInt8(ascii: "%")) else { return nil }
        let plain = PercentCoding.unescapeUnreserved(path)
        guard plain != path else { return nil }
        var request = self
        request.head = RequestHead(
            method: head.method, target: plain + head.target.dropFirst(path.count), fields: head.fields)
        return request
    }

    /// The path without query, for `instance` and the log.
    var path: String { String(head.target.prefix { $0 != "?" }) }
}

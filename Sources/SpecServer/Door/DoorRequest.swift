import NIOHTTP1
import SpecCore

/// A request on its way through the door, in words that no transport owns.
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

    init(_ head: HTTPRequestHead, _ survey: HeadSurvey, address: String) {
        method = SpecCore.Method(head.method.rawValue)
        isHead = head.method == .HEAD
        self.head = RequestHead(
            method: method ?? .trace, target: DoorRequest.originForm(head.uri),
            fields: isHead ? DoorRequest.withoutRange(survey.fields) : survey.fields)
        self.address = address
        isOldVersion = head.version == .http1_0
        // The parser stops behind a request that asks for another protocol; it is answered in this one.
        keepsAlive = head.isKeepAlive && !survey.wantsUpgrade && head.method != .CONNECT
        bodyBytes = survey.length.flatMap { Int($0) }
        hasBody = (bodyBytes ?? 0) > 0 || survey.codings > 0
        // HTTP/1.0 knows none (RFC 9110, 10.1.1).
        expectation = isOldVersion ? nil : survey.expectation
        contentCoding = survey.contentCoding
    }

    /// Ranges are of GET only (RFC 9110, 14.2).
    private static func withoutRange(_ fields: HeaderFields) -> HeaderFields {
        HeaderFields(fields.list.filter { !$0.isNamed("range") })
    }

    /// The absolute form (RFC 9112, 3.2.2) names the same resource.
    private static func originForm(_ target: String) -> String {
        guard target.utf8.first != UInt8(ascii: "/"), let scheme = target.firstIndex(of: ":"),
            target[scheme...].hasPrefix("://")
        else {
            return target
        }
        let authority = target[target.index(scheme, offsetBy: 3)...]
        guard let end = authority.utf8.firstIndex(where: { "/?".utf8.contains($0) }) else { return "/" }
        return (authority[end] == "?" ? "/" : "") + authority[end...]
    }

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

/// An answer with what the transport must know about it.
struct DoorReply: Sendable {
    var answer: Answer
    let requestID: String
    /// A page with a Content-Security-Policy of its own.
    var hasOwnPolicy = false
    /// The connection cannot go on after this answer.
    var closes = false
}

import NIOHTTP1
import SpecCore

/// A request on its way through the door, in words that no transport owns.
struct DoorRequest: Sendable {
    /// nil for a method that OpenAPI does not know.
    let method: SpecCore.Method?
    let head: RequestHead
    let address: String
    let isHead: Bool
    let isOldVersion: Bool
    let keepsAlive: Bool
    /// Whether a body follows; its length where the head tells.
    let hasBody: Bool
    let bodyBytes: Int?
    let expectation: String?

    init(_ head: HTTPRequestHead, _ survey: HeadSurvey, address: String) {
        method = SpecCore.Method(head.method.rawValue)
        self.head = RequestHead(
            method: method ?? .trace, target: DoorRequest.originForm(head.uri), fields: survey.fields)
        self.address = address
        isHead = head.method == .HEAD
        isOldVersion = head.version == .http1_0
        keepsAlive = head.isKeepAlive
        bodyBytes = survey.length.flatMap { Int($0) }
        hasBody = (bodyBytes ?? 0) > 0 || survey.codings > 0
        expectation = survey.expectation
    }

    /// The absolute form (RFC 9112, 3.2.2) names the same resource.
    private static func originForm(_ target: String) -> String {
        guard target.utf8.first != UInt8(ascii: "/"), let scheme = target.firstIndex(of: ":"),
            target[scheme...].hasPrefix("://")
        else {
            return target
        }
        let authority = target[target.index(scheme, offsetBy: 3)...]
        return authority.firstIndex(of: "/").map { String(authority[$0...]) } ?? "/"
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

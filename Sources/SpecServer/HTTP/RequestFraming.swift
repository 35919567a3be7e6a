import NIOHTTP1
import SpecCore

/// The HTTP/1.1 framing of a request: everything about it that stays with its connection.
struct RequestFraming {
    let isHead: Bool
    /// True for HTTP/1.0, which has no chunks and closes by default.
    let isOldVersion: Bool
    /// True if the client can send another request after this one.
    let keepsAlive: Bool
    /// The length of the body; nil if it is chunked.
    let bodyLength: Int?
    let contentCoding: String?
    /// True if the client waits for `100 Continue` before it sends the body.
    let expectsContinue: Bool

    var hasBody: Bool { bodyLength != 0 }

    init(_ head: HTTPRequestHead, _ facts: HeadFacts) {
        isHead = head.method == .HEAD
        isOldVersion = head.version == .http1_0
        // The parser stops after a request for a protocol upgrade; the response uses HTTP/1.1.
        keepsAlive = head.isKeepAlive && !facts.wantsUpgrade && head.method != .CONNECT
        bodyLength = facts.codings > 0 ? nil : facts.length.flatMap { Int($0) } ?? 0
        contentCoding = facts.contentCoding
        // HTTP/1.0 has no expectations (RFC 9110, 10.1.1).
        expectsContinue = !isOldVersion && bodyLength != 0 && facts.expectsContinue
    }
}

extension ServerRequest {
    /// Creates a request from an HTTP/1.1 head.
    /// - Parameter sentMethod: the method that the client sent, if the parser does not know it.
    init(
        _ head: HTTPRequestHead, _ facts: HeadFacts, sentMethod: String?, address: String, body: RequestBody,
        client: ClientLink
    ) {
        let method = SpecCore.Method(head.method.rawValue)
        self.init(
            head: RequestHead(
                method: method, target: ServerRequest.originForm(head.uri),
                fields: ServerRequest.fields(head, facts)),
            unknownMethod: method == nil ? sentMethod ?? head.method.rawValue : nil, address: address, body: body,
            client: client)
    }

    /// The fields without those that mean nothing, or that the transport takes care of: `Range` applies only to GET
    /// (RFC 9110, 14.2), and HTTP/1.0 has no expectations.
    private static func fields(_ head: HTTPRequestHead, _ facts: HeadFacts) -> HeaderFields {
        let dropsExpectation = facts.expectation != nil && (head.version == .http1_0 || facts.expectsContinue)
        guard head.method == .HEAD || dropsExpectation else { return facts.fields }
        return HeaderFields(
            facts.fields.list.filter {
                !(head.method == .HEAD && $0.isNamed("range")) && !(dropsExpectation && $0.isNamed("expect"))
            })
    }

    /// The origin form of a target; the absolute form (RFC 9112, 3.2.2) names the same resource.
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
}

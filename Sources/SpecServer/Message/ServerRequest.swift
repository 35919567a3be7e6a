import SpecCore

/// A request as the dispatcher sees it, independent of the transport.
struct ServerRequest: Sendable {
    private(set) var head: RequestHead
    /// A method that OpenAPI does not know, as the client sent it.
    var unknownMethod: String?
    /// The client's address without port, as text.
    let address: String
    let body: any BodyStream
    /// The connection that the request came on; nil if there is none.
    var client: ClientLink?

    /// True for `OPTIONS *`, which asks about the server as a whole (RFC 9112, 3.2.4).
    var isOfServer: Bool { head.target == "*" }

    /// The same request with escaped unreserved characters of its path decoded (RFC 9110, 4.2.3); nil if there are
    /// none.
    var normalizingUnreserved: ServerRequest? {
        let path = head.path
        guard path.utf8.contains(UInt8(ascii: "%")) else { return nil }
        let plain = PercentCoding.unescapeUnreserved(path)
        guard plain != path else { return nil }
        var request = self
        request.head = RequestHead(
            method: head.method, target: plain + head.target.dropFirst(path.count), fields: head.fields)
        return request
    }
}

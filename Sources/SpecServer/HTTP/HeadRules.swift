import NIOHTTP1
import SpecCore

/// What a request head must keep to beyond its grammar (RFC 9112), before anybody looks at it.
struct HeadRules {
    let bytesMax: Int

    /// Why the head is refused; the connection ends then.
    func objection(to head: HTTPRequestHead) -> Problem? {
        if size(head) > bytesMax {
            return Problem(.headTooLarge, "The head of a request has at most \(bytesMax) bytes.")
        }
        guard head.version == .http1_1 || head.version == .http1_0 else {
            return Problem(.malformed, "This server speaks HTTP/1.1.")
        }
        return framing(head) ?? host(head)
    }

    private func size(_ head: HTTPRequestHead) -> Int {
        head.headers.reduce(head.uri.utf8.count) { $0 + $1.name.utf8.count + $1.value.utf8.count + 4 }
    }

    /// Anything that two readers could measure differently is refused (RFC 9112, 6.3 and 11.2).
    private func framing(_ head: HTTPRequestHead) -> Problem? {
        let lengths = head.headers[HeadRules.contentLength]
        let codings = head.headers[HeadRules.transferEncoding]
        if lengths.isEmpty, codings.isEmpty { return nil }
        guard lengths.isEmpty || codings.isEmpty else {
            return Problem(.malformed, "A request has Content-Length or Transfer-Encoding, not both.")
        }
        if !codings.isEmpty {
            guard codings.count == 1, codings[0].lowercased() == "chunked", head.version == .http1_1 else {
                return Problem(.malformed, "The only Transfer-Encoding is one 'chunked'.")
            }
            return nil
        }
        guard lengths.count == 1, lengths[0].utf8.allSatisfy({ $0 &- 0x30 < 10 }), Int(lengths[0]) != nil else {
            return Problem(.malformed, "A request has one Content-Length, in digits.")
        }
        return nil
    }

    private func host(_ head: HTTPRequestHead) -> Problem? {
        let hosts = head.headers[HeadRules.host]
        guard hosts.count > 1 || hosts.isEmpty && head.version == .http1_1 else { return nil }
        return Problem(.malformed, "A request has one Host field.")
    }

    private static let contentLength = "content-length"
    private static let transferEncoding = "transfer-encoding"
    private static let host = "host"
}

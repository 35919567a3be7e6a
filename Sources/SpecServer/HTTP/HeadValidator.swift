import NIOHTTP1
import SpecCore

/// Framing and routing header fields, collected in one pass.
struct HeadFacts {
    let fields: HeaderFields
    /// The size of the target and the fields with their separators.
    private(set) var bytes: Int
    private(set) var hosts = 0
    /// The last `Host`.
    private(set) var host: String?
    private(set) var lengths = 0
    /// The last `Content-Length`.
    private(set) var length: String?
    private(set) var codings = 0
    /// The last `Transfer-Encoding`.
    private(set) var coding: String?
    private(set) var expectation: String?
    /// A `Content-Encoding` that changes the body.
    private(set) var contentCoding: String?
    private var namesProtocol = false
    private var asksForUpgrade = false
    /// True for a valid upgrade request; RFC 9110, 7.8: an `Upgrade` that no `Connection` field names is ignored.
    var wantsUpgrade: Bool { namesProtocol && asksForUpgrade }
    var expectsContinue: Bool { expectation?.lowercased() == "100-continue" }

    init(_ head: HTTPRequestHead) {
        fields = HeaderFields(head.headers.map { HeaderField($0.name, Self.value($0.value)) })
        bytes = head.uri.utf8.count
        for field in fields.list { take(field) }
    }

    /// The value without trailing white space, which is not part of it (RFC 9110, 5.5); the parser leaves it there.
    private static func value(_ text: String) -> String {
        func isSpace(_ byte: UInt8?) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
        guard isSpace(text.utf8.last) else { return text }
        var value = text[...]
        while isSpace(value.utf8.last) { value.removeLast() }
        return String(value)
    }

    private mutating func take(_ field: HeaderField) {
        bytes += field.name.utf8.count + field.value.utf8.count + 4
        if field.isNamed("host") {
            (hosts, host) = (hosts + 1, field.value)
        } else if field.isNamed("content-length") {
            (lengths, length) = (lengths + 1, field.value)
        } else if field.isNamed("transfer-encoding") {
            (codings, coding) = (codings + 1, field.value)
        } else if field.isNamed("expect") {
            expectation = expectation ?? field.value
        } else if field.isNamed("content-encoding") {
            if field.value.lowercased() != "identity" { contentCoding = field.value }
        } else if field.isNamed("upgrade") {
            namesProtocol = true
        } else if field.isNamed("connection") {
            asksForUpgrade = asksForUpgrade || field.value.lowercased().contains("upgrade")
        }
    }
}

/// Validates a request head beyond its grammar (RFC 9112), before routing.
struct HeadValidator {
    let bounds: HTTPBounds

    /// The problem that rejects the head and ends the connection, or nil if it is valid.
    func problem(in head: HTTPRequestHead, _ facts: HeadFacts) -> Problem? {
        if facts.bytes > bounds.headBytesMax { return TransportProblems.headTooLong(bounds) }
        guard head.version == .http1_1 || head.version == .http1_0 else {
            return Problem(.malformed, "The HTTP version is not supported; use HTTP/1.1.")
        }
        return framing(head, facts) ?? host(head, facts) ?? target(head)
    }

    /// Rejects ambiguous framing, which enables request smuggling (RFC 9112, 6.3 and 11.2).
    private func framing(_ head: HTTPRequestHead, _ facts: HeadFacts) -> Problem? {
        if facts.lengths == 0, facts.codings == 0 { return nil }
        guard facts.lengths == 0 || facts.codings == 0 else {
            return Problem(.malformed, "A request must not have both Content-Length and Transfer-Encoding.")
        }
        if let coding = facts.coding {
            guard facts.codings == 1, coding.lowercased() == "chunked", head.version == .http1_1 else {
                return Problem(.malformed, "The only supported Transfer-Encoding is a single 'chunked'.")
            }
            return nil
        }
        guard facts.lengths == 1, let length = facts.length, length.utf8.allSatisfy({ $0 &- 0x30 < 10 }),
            Int(length) != nil
        else { return Problem(.malformed, "A request must have one Content-Length, in digits.") }
        return nil
    }

    private func host(_ head: HTTPRequestHead, _ facts: HeadFacts) -> Problem? {
        if facts.hosts == 0, head.version == .http1_0 { return nil }
        guard facts.hosts == 1, let host = facts.host else {
            return Problem(.malformed, "A request must have exactly one Host field.")
        }
        if HostRule.isValid(host) { return nil }
        return Problem(.malformed, "The Host field must be a host with an optional port, such as example.org:8080.")
    }

    /// Accepts a path, an absolute URI, or the `*` of OPTIONS (RFC 9112, 3.2), without a fragment.
    private func target(_ head: HTTPRequestHead) -> Problem? {
        let target = head.uri.utf8
        let isKnown = target.first == UInt8(ascii: "/") || head.uri.contains("://") || isOfServer(head)
        if isKnown, !target.contains(UInt8(ascii: "#")) { return nil }
        return Problem(.malformed, "The request target must be a path, such as /health, without '#'.")
    }

    private func isOfServer(_ head: HTTPRequestHead) -> Bool { head.uri == "*" && head.method == .OPTIONS }
}

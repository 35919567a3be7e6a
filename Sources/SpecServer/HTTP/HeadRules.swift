import NIOHTTP1
import SpecCore

/// What one walk over the fields of a request tells.
struct HeadSurvey {
    let fields: HeaderFields
    /// The target and the fields with what stands between them.
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
    /// RFC 9110, 7.8: a protocol that no `Connection` field speaks of is no request to change.
    var wantsUpgrade: Bool { namesProtocol && asksForUpgrade }

    init(_ head: HTTPRequestHead) {
        fields = HeaderFields(head.headers.map { HeaderField($0.name, Self.value($0.value)) })
        bytes = head.uri.utf8.count
        for field in fields.list { take(field) }
    }

    /// Without the white space behind it, which is no part of it (RFC 9110, 5.5); the parser leaves it there.
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

/// What a request head must keep to beyond its grammar (RFC 9112), before anybody looks at it.
struct HeadRules {
    let bounds: HTTPBounds

    /// Why the head is refused; the connection ends then.
    func objection(to head: HTTPRequestHead, _ survey: HeadSurvey) -> Problem? {
        if survey.bytes > bounds.headBytesMax { return Refusals.headTooLong(bounds) }
        guard head.version == .http1_1 || head.version == .http1_0 else {
            return Problem(.malformed, "This server speaks HTTP/1.1.")
        }
        return framing(head, survey) ?? host(head, survey) ?? target(head)
    }

    /// Anything that two readers could measure differently is refused (RFC 9112, 6.3 and 11.2).
    private func framing(_ head: HTTPRequestHead, _ survey: HeadSurvey) -> Problem? {
        if survey.lengths == 0, survey.codings == 0 { return nil }
        guard survey.lengths == 0 || survey.codings == 0 else {
            return Problem(.malformed, "A request has Content-Length or Transfer-Encoding, not both.")
        }
        if let coding = survey.coding {
            guard survey.codings == 1, coding.lowercased() == "chunked", head.version == .http1_1 else {
                return Problem(.malformed, "The only Transfer-Encoding is one 'chunked'.")
            }
            return nil
        }
        guard survey.lengths == 1, let length = survey.length, length.utf8.allSatisfy({ $0 &- 0x30 < 10 }),
            Int(length) != nil
        else { return Problem(.malformed, "A request has one Content-Length, in digits.") }
        return nil
    }

    private func host(_ head: HTTPRequestHead, _ survey: HeadSurvey) -> Problem? {
        if survey.hosts == 0, head.version == .http1_0 { return nil }
        guard survey.hosts == 1, let host = survey.host else {
            return Problem(.malformed, "A request has one Host field.")
        }
        if HostRule.isValid(host) { return nil }
        return Problem(.malformed, "The Host field names a host, and perhaps a port, such as example.org:8080.")
    }

    /// A path, perhaps behind a scheme and an authority, or the `*` of OPTIONS (RFC 9112, 3.2); never a fragment.
    private func target(_ head: HTTPRequestHead) -> Problem? {
        let target = head.uri.utf8
        let isKnown = target.first == UInt8(ascii: "/") || head.uri.contains("://") || isOfServer(head)
        if isKnown, !target.contains(UInt8(ascii: "#")) { return nil }
        return Problem(.malformed, "The target of a request is a path, such as /health, without '#'.")
    }

    private func isOfServer(_ head: HTTPRequestHead) -> Bool { head.uri == "*" && head.method == .OPTIONS }
}

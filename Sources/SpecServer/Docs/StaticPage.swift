import Crypto
import NIOCore
import SpecCore

/// A page that is the same for every client, in each content coding.
///
/// Compressed at start at the latest, so that a request costs no compression.
struct StaticPage: Sendable {
    /// The page in one content coding; each has an entity tag of its own (RFC 9110, 8.8.3.3).
    private struct Representation {
        let bytes: ByteBuffer
        let tag: EntityTag

        init(_ content: [UInt8]) {
            bytes = ByteBuffer(bytes: content)
            tag = EntityTag(digest: Array(SHA256.hash(data: content)))
        }
    }

    private let plain: Representation
    private let compressed: Representation
    private let type: StaticString
    /// The Content-Security-Policy of the page; nil for the server's own.
    private let policy: String?

    /// - Parameter compressed: the content in the gzip format; nil if it is to be made.
    init(_ content: [UInt8], compressed: [UInt8]? = nil, _ type: StaticString, policy: String? = nil) {
        plain = Representation(content)
        self.compressed = Representation(compressed ?? Gzip.compress(content))
        self.type = type
        self.policy = policy
    }

    init(_ text: String, _ type: StaticString, policy: String? = nil) {
        self.init(Array(text.utf8), type, policy: policy)
    }

    /// The response to a GET or HEAD with these fields.
    /// - Throws: ``Problem`` 406 or 412.
    func response(to request: HeaderFields) throws -> Page {
        let coding = try ContentCoding.preferred(by: request)
        let chosen = coding == .gzip ? compressed : plain
        try IfMatch.check(Self.list("if-match", request), chosen.tag)
        var fields = self.fields(chosen.tag)
        // A 304 has the fields that a cache keeps, and the policy is one of them (RFC 9110, 15.4.5).
        if let known = Self.list("if-none-match", request), chosen.tag.isNamedWeakly(in: known) {
            return Page(response: OperationResponse(304, fields: fields), hasOwnPolicy: policy != nil)
        }
        if coding == .gzip { fields.append("Content-Encoding", "gzip") }
        let response = OperationResponse(200, contentType: type, fields: fields, body: .bytes(chosen.bytes))
        return Page(response: response, hasOwnPolicy: policy != nil)
    }

    private func fields(_ tag: EntityTag) -> HeaderFields {
        var fields = HeaderFields([
            HeaderField("Cache-Control", "no-cache"), HeaderField("ETag", tag.text),
            HeaderField("Vary", "Accept-Encoding"),
        ])
        if let policy { fields.append("Content-Security-Policy", policy) }
        return fields
    }

    /// All lines of a field as one list; nil if there are none.
    private static func list(_ name: StaticString, _ fields: HeaderFields) -> String? {
        let lines = fields.values(of: name)
        return lines.isEmpty ? nil : lines.joined(separator: ", ")
    }
}

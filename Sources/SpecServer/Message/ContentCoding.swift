import SpecCore

/// A content coding of the static pages (RFC 9110, 8.4.1).
enum ContentCoding: Sendable {
    case identity
    case gzip

    /// The coding that a request prefers.
    ///
    /// Without `Accept-Encoding` the page is not compressed, as every client can read that.
    /// - Throws: ``Problem`` 406 if the request excludes both.
    static func preferred(by fields: HeaderFields) throws -> ContentCoding {
        let lines = fields.values(of: "accept-encoding")
        guard !lines.isEmpty else { return .identity }
        let accepted = FieldElement.list(lines)
        func weight(_ names: String...) -> Double? { accepted.first { names.contains($0.text) }?.weight }
        let others = weight("*")
        let gzip = weight("gzip", "x-gzip") ?? others ?? 0
        // Acceptable unless it is excluded, and the last choice unless it is named (RFC 9110, 12.5.3).
        let identity = weight("identity") ?? others ?? .leastNonzeroMagnitude
        if gzip > 0, gzip >= identity { return .gzip }
        guard identity > 0 else {
            throw Problem(.notAcceptable, "This page is sent as it is, or in gzip; Accept-Encoding excludes both.")
        }
        return .identity
    }
}

import SpecCore

/// The origins whose pages may read answers (Fetch, "CORS protocol"). No cookies: who asks is in `Authorization`.
public struct CrossOrigins: Sendable {
    /// How long a browser may remember what it was told.
    private static let ageSeconds = 600
    private static let exposed = [
        "ETag", "Location", "Content-Range", "Accept-Ranges", "Content-Disposition", "Retry-After", "RateLimit",
        "RateLimit-Policy", "Idempotency-Replayed", "X-Request-Id", "traceparent", "WWW-Authenticate", "Allow",
    ].joined(separator: ", ")

    /// What a page may send to every operation: a client that adds them to all its requests is no other than one that
    /// adds them where they count.
    private static let common = ["idempotency-key", "if-match", "if-none-match", "x-request-id", "traceparent"]

    private let origins: Set<String>

    /// - Parameter origins: as browsers send them: `https://app.example.org`.
    public init(_ origins: Set<String>) {
        self.origins = origins
    }

    private func allowed(_ fields: HeaderFields) -> String? {
        guard let origin = fields["origin"], origins.contains(origin) else { return nil }
        return origin
    }

    /// Every answer says that it depends on the origin, so that no cache gives one origin's to another.
    func addFields(to answer: inout Answer, for fields: HeaderFields) {
        answer.fields.append("Vary", "Origin")
        guard let origin = allowed(fields) else { return }
        answer.fields.append("Access-Control-Allow-Origin", origin)
        answer.fields.append("Access-Control-Expose-Headers", Self.exposed)
    }

    // MARK: Preflights

    /// The method that a page of an allowed origin wants to use; nil when this is no preflight of one.
    func preflightMethod(_ fields: HeaderFields) -> Method? {
        guard allowed(fields) != nil, let method = fields["access-control-request-method"] else { return nil }
        return Method(method) ?? .trace
    }

    /// - Parameters:
    ///   - operation: what the method leads to; nil: nothing.
    ///   - allow: the methods of the path.
    func preflight(_ operation: Operation?, allow: String) -> Answer {
        var fields = HeaderFields([
            HeaderField("Vary", "Access-Control-Request-Method, Access-Control-Request-Headers"),
            HeaderField("Access-Control-Allow-Methods", allow),
            HeaderField("Access-Control-Max-Age", String(Self.ageSeconds)),
            HeaderField("Cache-Control", "no-store"),
        ])
        if let operation { fields.append("Access-Control-Allow-Headers", headers(of: operation)) }
        return Answer(204, fields: fields)
    }

    private func headers(of operation: Operation) -> String {
        let credentials = operation.security.flatMap(\.schemes).compactMap { scheme -> String? in
            switch scheme.carrier {
            case .bearer, .basic: "authorization"
            case .header(let name): name
            case .query, .cookie: nil
            }
        }
        let content = operation.consumes.isEmpty ? [] : ["content-type"]
        var seen: Set<String> = []
        return (credentials + content + operation.headers.map { $0.lowercased() } + Self.common)
            .filter { seen.insert($0).inserted }.joined(separator: ", ")
    }
}

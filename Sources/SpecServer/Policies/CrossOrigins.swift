public import SpecCore

/// CORS: the origins whose pages may read responses (Fetch, "CORS protocol"). Without cookies: credentials are in
/// `Authorization`.
public struct CrossOrigins: Sendable {
    /// Seconds for which a browser may cache a preflight response.
    private static let ageSeconds = 600
    private static let exposed = [
        "ETag", "Location", "Content-Range", "Accept-Ranges", "Content-Disposition", "Retry-After", "RateLimit",
        "RateLimit-Policy", "Idempotency-Replayed", "X-Request-Id", "traceparent", "WWW-Authenticate", "Allow",
    ].joined(separator: ", ")

    /// Header fields that every operation allows, so that a client may add them to all its requests.
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

    // MARK: Preflights

    /// The method that a preflight from an allowed origin asks for; nil if the request is not such a preflight.
    func preflightMethod(_ fields: HeaderFields) -> Method? {
        guard allowed(fields) != nil, let method = fields["access-control-request-method"] else { return nil }
        return Method(method) ?? .trace
    }

    /// - Parameters:
    ///   - operation: the operation of the method; nil if there is none.
    ///   - allow: the methods of the path.
    func preflight(_ operation: Operation?, allow: String) -> OperationResponse {
        var fields = HeaderFields([
            HeaderField("Vary", "Access-Control-Request-Method, Access-Control-Request-Headers"),
            HeaderField("Access-Control-Allow-Methods", allow),
            HeaderField("Access-Control-Max-Age", String(Self.ageSeconds)),
            HeaderField("Cache-Control", "no-store"),
        ])
        if let operation { fields.append("Access-Control-Allow-Headers", headers(of: operation)) }
        return OperationResponse(204, fields: fields)
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

extension CrossOrigins: ImmediatePolicy {
    public func hooks(for operation: Operation?) -> PolicyHooks { .beforeSending }

    /// Adds the CORS fields. Every response varies by origin, so that no cache gives one origin's response to another.
    public func beforeSending(_ exchange: inout Exchange, _ response: inout OperationResponse) {
        response.fields.append("Vary", "Origin")
        guard let origin = allowed(exchange.head.fields) else { return }
        response.fields.append("Access-Control-Allow-Origin", origin)
        response.fields.append("Access-Control-Expose-Headers", Self.exposed)
    }
}

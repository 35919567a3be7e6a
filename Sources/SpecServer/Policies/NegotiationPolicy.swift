import SpecCore

/// Content negotiation: checks media types, content coding, expectations and the body's length against an operation.
struct NegotiationPolicy: ImmediatePolicy {
    func hooks(for operation: Operation?) -> PolicyHooks { operation == nil ? [] : .beforeBody }

    /// - Throws: ``Problem`` 406, 413, 415 or 417.
    func beforeBody(_ exchange: inout Exchange) throws {
        guard let operation = exchange.operation else { return }
        try check(exchange.head.fields, exchange.body, operation)
    }

    private func check(_ fields: HeaderFields, _ body: any BodyStream, _ operation: Operation) throws {
        // The transport removes an expectation that it meets.
        if fields["expect"] != nil {
            throw Problem(.expectationFailed, "The only supported expectation is 100-continue.")
        }
        try checkAccept(fields, operation)
        let length = body.declaredLength
        guard length != 0, !operation.consumes.isEmpty else { return }
        try checkContentCoding(body)
        try checkContentType(fields, operation)
        if let length, length > operation.bodyBytesMax { throw Problem.bodyTooLong(operation.bodyBytesMax) }
    }

    private func checkAccept(_ fields: HeaderFields, _ operation: Operation) throws {
        guard let accept = fields["accept"], accept != "*/*" else { return }
        let offered = operation.produces.filter { $0 != "application/problem+json" }
        let ranges = MediaRange.list(fields.values(of: "accept"))
        guard !offered.isEmpty, !ranges.isEmpty else { return }
        if !offered.contains(where: { type in ranges.contains { $0.matches(type) } }) {
            throw Problem(.notAcceptable, "This operation responds with \(offered.joined(separator: ", ")).")
        }
    }

    /// Rejects content codings; RFC 9110, 12.5.3: the response names those that are accepted.
    private func checkContentCoding(_ body: any BodyStream) throws {
        guard let coding = body.contentCoding else { return }
        throw Problem(
            .unsupportedMediaType, "Content-Encoding '\(coding)' is not supported; send the body without one.",
            fields: HeaderFields([HeaderField("Accept-Encoding", "identity")]))
    }

    private func checkContentType(_ fields: HeaderFields, _ operation: Operation) throws {
        let types = fields.values(of: "content-type")
        // The spelling that most clients send.
        if types.count == 1, operation.consumes.contains(types[0]) { return }
        guard types.count == 1, let type = MediaRange(Substring(types[0])),
            operation.consumes.contains(where: { MediaRange(Substring($0))?.matches(type.text) ?? false })
        else {
            throw Problem(
                .unsupportedMediaType, "This operation accepts \(operation.consumes.joined(separator: ", ")).")
        }
        if type.text.hasSuffix("json"), let charset = type.parameter("charset"), charset.lowercased() != "utf-8" {
            throw Problem(.unsupportedMediaType, "The charset of JSON must be UTF-8.")
        }
    }
}

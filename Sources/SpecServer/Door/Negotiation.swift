import SpecCore

/// Whether the media types of a request and an operation meet, and the body may be that long.
struct Negotiation {
    private let operation: Operation

    init(_ operation: Operation) {
        self.operation = operation
    }

    /// - Throws: ``Problem`` 406, 413, 415 or 417.
    func check(_ request: DoorRequest) throws {
        if let expectation = request.expectation, expectation.lowercased() != "100-continue" {
            throw Problem(.expectationFailed, "The only expectation is 100-continue.")
        }
        try checkAccept(request.head.fields)
        guard request.hasBody, !operation.consumes.isEmpty else { return }
        try checkContentCoding(request)
        try checkContentType(request.head.fields)
        if let bytes = request.bodyBytes, bytes > operation.bodyBytesMax {
            throw Problem.bodyTooLong(operation.bodyBytesMax)
        }
    }

    private func checkAccept(_ fields: HeaderFields) throws {
        guard let accept = fields["accept"], accept != "*/*" else { return }
        let offered = operation.produces.filter { $0 != "application/problem+json" }
        let ranges = fields.values(of: "accept").flatMap { $0.split(separator: ",") }.compactMap(MediaRange.init)
        guard !offered.isEmpty, !ranges.isEmpty else { return }
        if !offered.contains(where: { type in ranges.contains { $0.matches(type) } }) {
            throw Problem(.notAcceptable, "This operation answers \(offered.joined(separator: ", ")).")
        }
    }

    /// RFC 9110, 12.5.3: a refusal names what would be taken.
    private func checkContentCoding(_ request: DoorRequest) throws {
        guard let coding = request.contentCoding else { return }
        throw Problem(
            .unsupportedMediaType, "A body comes as it is, without Content-Encoding; this one is '\(coding)'.",
            fields: HeaderFields([HeaderField("Accept-Encoding", "identity")]))
    }

    private func checkContentType(_ fields: HeaderFields) throws {
        let types = fields.values(of: "content-type")
        // As most clients write it.
        if types.count == 1, operation.consumes.contains(types[0]) { return }
        guard types.count == 1, let type = MediaRange(Substring(types[0])),
            operation.consumes.contains(where: { MediaRange(Substring($0))?.matches(type.text) ?? false })
        else {
            throw Problem(.unsupportedMediaType, "This operation takes \(operation.consumes.joined(separator: ", ")).")
        }
        if type.text.hasSuffix("json"), let charset = type.parameter("charset"), charset.lowercased() != "utf-8" {
            throw Problem(.unsupportedMediaType, "JSON is UTF-8.")
        }
    }
}

/// A media type or range with its parameters (RFC 9110, 8.3.1 and 12.5.1).
struct MediaRange {
    /// `type/subtype` in lower case.
    let text: String
    private let parameters: [(name: String, value: String)]

    init?(_ source: Substring) {
        let parts = source.split(separator: ";").map { MediaRange.trimmed($0) }
        guard let type = parts.first, type.split(separator: "/").count == 2 else { return nil }
        text = type.lowercased()
        parameters = parts.dropFirst().map { part in
            let pair = part.split(separator: "=", maxSplits: 1)
            let value = pair.count == 2 ? pair[1].filter { $0 != "\"" } : ""
            return (MediaRange.trimmed(pair.first ?? "").lowercased(), String(value))
        }
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text.drop { $0 == " " || $0 == "\t" }
        while text.last == " " || text.last == "\t" { text.removeLast() }
        return text
    }

    func parameter(_ name: String) -> String? { parameters.first { $0.name == name }?.value }

    /// Whether a type is in the range; a weight of 0 shuts it out.
    func matches(_ type: String) -> Bool {
        if let weight = parameter("q"), Double(weight) == 0 { return false }
        if text == "*/*" || type == "*/*" || text == type { return true }
        // The operation may answer in any type of a range.
        if type.hasSuffix("/*") { return text.hasPrefix(type.dropLast()) }
        return text.hasSuffix("/*") && type.hasPrefix(text.dropLast())
    }
}

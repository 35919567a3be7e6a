import NIOCore

extension OperationRequest {
    /// Reads a body that is text, and adds what breaks its schema to `violations`.
    /// - Returns: nil if there are violations, or if there is no body and it is optional.
    /// - Throws: ``Problem`` 413.
    public func text<Value: Sendable>(
        _ violations: inout Violations, _ read: (String) -> Result<Value, RuleFailure>
    ) async throws -> Value? {
        // A text of no characters is a body, if one is declared by its media type.
        let isAbsent = head.fields["content-type"] == nil
        let bytes = try await body.collect(upTo: operation.bodyBytesMax)
        fingerprint?.add(bytes)
        if isAbsent, bytes.readableBytes == 0 {
            if operation.isBodyRequired { violations.add(.pointer(""), "required", "A text is required.") }
            return nil
        }
        guard let text = String(validating: bytes.readableBytesView, as: UTF8.self) else {
            violations.add(.pointer(""), "encoding", "Expected UTF-8.")
            return nil
        }
        switch read(text) {
        case .success(let value): return value
        case .failure(let failure):
            violations.add(.pointer(""), failure.code, failure.detail)
            return nil
        }
    }

    /// Reads an `application/x-www-form-urlencoded` body.
    ///
    /// - Parameters:
    ///   - fields: the names of the parts.
    ///   - ignoresUnknown: true if parts of other names are allowed.
    /// - Returns: nil if there are violations, or if there is no body and it is optional.
    /// - Throws: ``Problem`` 413.
    public func urlEncodedForm(
        fields: [StaticString], ignoresUnknown: Bool = false, _ violations: inout Violations
    ) async throws -> FormReader? {
        let isAbsent = head.fields["content-type"] == nil
        let bytes = try await body.collect(upTo: operation.bodyBytesMax)
        fingerprint?.add(bytes)
        if isAbsent, bytes.readableBytes == 0 {
            if operation.isBodyRequired { violations.add(.pointer(""), "required", "A form is required.") }
            return nil
        }
        let pairs = bytes.readableBytesView.split(separator: UInt8(ascii: "&"))
        let partsMax = MultipartBounds().partsMax
        guard pairs.count <= partsMax else {
            violations.add(.pointer(""), "max-items", "A form has at most \(partsMax) parts.")
            return nil
        }
        var found: [(name: String, bytes: ByteBuffer)] = []
        for pair in pairs {
            let read = URLEncodedPair(pair)
            guard let name = read.name, let value = read.value else {
                violations.add(.pointer(""), "encoding", "Expected percent-encoded UTF-8.")
                continue
            }
            if fields.contains(where: { $0.equals(name) }) {
                found.append((name, ByteBuffer(string: value)))
            } else if !ignoresUnknown {
                violations.addUnknownPart(ParameterReader.shown(name))
            }
        }
        return FormReader(fields: found, file: nil)
    }
}

import NIOCore

/// The parts of a form, as requested by the operation's generated code: fields as text, the file as a stream.
public struct FormReader: Sendable {
    private let fields: [(name: String, bytes: ByteBuffer)]
    /// The file, if present; it is the last part.
    public let file: FilePart?

    init(fields: [(name: String, bytes: ByteBuffer)], file: FilePart?) {
        self.fields = fields
        self.file = file
    }

    /// Reads a field that occurs at most once.
    /// - Returns: nil if it is missing, or breaks the schema; then a violation was added.
    public func one<Value>(
        _ name: StaticString, required: Bool = false, _ violations: inout Violations,
        _ read: (String) -> Result<Value, RuleFailure>
    ) -> Value? {
        let found = values(name)
        guard let first = found.first else {
            if required { missing(name, &violations) }
            return nil
        }
        guard found.count == 1 else {
            violations.add(.pointer("/\(name)"), "repeated", "This part is not a list; send it only once.")
            return nil
        }
        return value(first, "/\(name)", &violations, read)
    }

    /// Reads a field that is a list: the part is repeated.
    public func many<Value>(
        _ name: StaticString, required: Bool = false, rule: ArrayRule = ArrayRule(), _ violations: inout Violations,
        _ read: (String) -> Result<Value, RuleFailure>
    ) -> [Value]? {
        let found = values(name)
        guard !found.isEmpty else {
            if required { missing(name, &violations) }
            return nil
        }
        let values = found.enumerated().map { value($1, "/\(name)/\($0)", &violations, read) }
        let failures = rule.failures(
            count: found.count, identities: zip(found, values).map { ArrayRule.identity(of: $1, String(buffer: $0)) })
        for failure in failures { violations.add(.pointer("/\(name)"), failure.code, failure.detail) }
        return values.compactMap(\.self)
    }

    /// Reads a field that is JSON.
    public func json<Value: Sendable>(
        _ name: StaticString, required: Bool = false, _ violations: inout Violations,
        _ read: (inout JSONReader) throws(JSONFault) -> Value?
    ) throws -> Value? {
        let found = values(name)
        guard let first = found.first else {
            if required { missing(name, &violations) }
            return nil
        }
        guard found.count == 1 else {
            violations.add(.pointer("/\(name)"), "repeated", "This part is not a list; send it only once.")
            return nil
        }
        let mark = violations.count
        defer { violations.nest(from: mark, below: "\(name)") }
        return try first.withUnsafeReadableBytes { raw in
            try JSONReader.decode(from: raw.bindMemory(to: UInt8.self), &violations, read)
        }
    }

    /// Adds a violation if the file is missing.
    public func requireFile(_ name: StaticString, _ violations: inout Violations) {
        if file == nil { missing(name, &violations) }
    }

    private func values(_ name: StaticString) -> [ByteBuffer] {
        fields.filter { name.equals($0.name) }.map(\.bytes)
    }

    private func missing(_ name: StaticString, _ violations: inout Violations) {
        violations.add(.pointer("/\(name)"), "required", "This part is required.")
    }

    private func value<Value>(
        _ bytes: ByteBuffer, _ pointer: String, _ violations: inout Violations,
        _ read: (String) -> Result<Value, RuleFailure>
    ) -> Value? {
        guard let text = String(validating: bytes.readableBytesView, as: UTF8.self) else {
            violations.add(.pointer(pointer), "encoding", "Expected UTF-8.")
            return nil
        }
        switch read(text) {
        case .success(let value): return value
        case .failure(let failure):
            violations.add(.pointer(pointer), failure.code, failure.detail)
            return nil
        }
    }
}

extension OperationRequest {
    /// Reads a form up to its file, or to its end if it has none.
    ///
    /// - Parameters:
    ///   - fields: the names of the parts that are not files.
    ///   - file: the part that is a file.
    ///   - ignoresUnknown: true if parts of other names are allowed.
    /// - Returns: nil if there are violations, or if there is no body and it is optional.
    /// - Throws: ``Problem`` 413, and `malformed` if it is not a valid form.
    public func form(
        fields: [StaticString], file: FileRule?, ignoresUnknown: Bool = false, _ violations: inout Violations
    ) async throws -> FormReader? {
        guard let contentType = head.fields["content-type"] else {
            if operation.isBodyRequired { violations.add(.pointer(""), "required", "A form is required.") }
            return nil
        }
        let bounds = MultipartBounds()
        let source = FormSource(
            body, boundary: try MultipartBoundary.read(contentType), bytesMax: operation.bodyBytesMax,
            bounds: bounds, fingerprint: fingerprint)
        var found: [(name: String, bytes: ByteBuffer)] = []
        while let part = try await source.part() {
            if let file, file.name.equals(part.name) {
                await source.begin(file)
                return FormReader(fields: found, file: FilePart(part, source))
            }
            guard fields.contains(where: { $0.equals(part.name) }) else {
                if !ignoresUnknown { violations.addUnknownPart(part.name) }
                try await source.skip()
                continue
            }
            guard let bytes = try await source.field() else {
                violations.add(
                    .pointer("/\(part.name)"), "max-length", "A part has at most \(bounds.fieldBytesMax) bytes.")
                throw violations.problem
            }
            found.append((part.name, bytes))
        }
        return FormReader(fields: found, file: nil)
    }
}

extension Violations {
    /// Adds a violation for an unknown part, at the pointer that it would have.
    mutating func addUnknownPart(_ name: String) {
        let mark = count
        add(.pointer(""), "unknown-member", "The form has no part of this name.")
        nest(from: mark, below: name)
    }
}

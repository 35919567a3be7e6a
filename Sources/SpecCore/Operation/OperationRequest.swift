public import NIOCore

/// A request matched to its operation: the input of generated decoders.
public struct OperationRequest: Sendable {
    public let operation: Operation
    public let head: RequestHead
    public let captures: PathCaptures
    public let body: any BodyStream
    /// The fingerprint that the decoder adds the body to; nil if no policy needs one.
    public let fingerprint: (any BodyFingerprint)?

    public init(
        _ operation: Operation, head: RequestHead, captures: PathCaptures, body: any BodyStream,
        fingerprint: (any BodyFingerprint)? = nil
    ) {
        self.operation = operation
        self.head = head
        self.captures = captures
        self.body = body
        self.fingerprint = fingerprint
    }
}

extension OperationRequest {
    /// Decodes the JSON body and adds what breaks the schema to `violations`.
    /// - Returns: nil if there are violations, or if there is no body and it is optional.
    /// - Throws: ``Problem`` 413, and `malformed` if it is not valid JSON.
    @inlinable public func json<Value: JSONReadable>(
        _ type: Value.Type, _ violations: inout Violations
    ) async throws -> Value? {
        try await json(&violations) { json throws(JSONFault) -> Value? in try Value.read(&json) }
    }

    /// Decodes a JSON body that is not a model, such as a list.
    @inlinable public func json<Value: Sendable>(
        _ violations: inout Violations, _ read: (inout JSONReader) throws(JSONFault) -> Value?
    ) async throws -> Value? {
        let bytes = try await body.collect(upTo: operation.bodyBytesMax)
        fingerprint?.add(bytes)
        if bytes.readableBytes == 0 {
            if operation.isBodyRequired { violations.add(.pointer(""), "required", "A JSON body is required.") }
            return nil
        }
        return try bytes.withUnsafeReadableBytes { raw in
            try JSONReader.decode(from: raw.bindMemory(to: UInt8.self), &violations, read)
        }
    }
}

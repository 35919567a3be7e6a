public import Logging
public import NIOCore

/// What a service may know about the request beside its input.
public struct Context: Sendable {
    public let operation: Operation
    public let requestID: String
    /// Who asks; nil where the operation lets anybody in and nobody signed in.
    public let caller: Caller?
    /// The client's address without port, as text.
    public let address: String
    private let baseLogger: Logger

    public init(operation: Operation, requestID: String, caller: Caller?, address: String, logger: Logger) {
        self.operation = operation
        self.requestID = requestID
        self.caller = caller
        self.address = address
        baseLogger = logger
    }

    /// A logger whose lines carry the request's id.
    public var logger: Logger {
        var logger = baseLogger
        logger[metadataKey: "requestId"] = .string(requestID)
        return logger
    }

    /// The caller of an operation that asks for one.
    /// - Throws: ``Problem`` `unauthenticated` where the spec lets anybody in and nobody signed in.
    public func signedIn() throws -> Caller {
        guard let caller else { throw Problem(.unauthenticated, "Sign in first.") }
        return caller
    }
}

/// A request that has found its operation, on its way into generated code.
public struct Incoming: Sendable {
    public let head: RequestHead
    public let captures: PathCaptures
    public let body: any BodyStream
    public let context: Context
    /// Asks the limits whose key stands in the input.
    public let gate: any LimitGate
    /// Does the work of a repeated request once; nil where the operation or the client asks for none of this.
    public let once: (any OnceGate)?

    public init(
        head: RequestHead, captures: PathCaptures, body: any BodyStream, context: Context, gate: any LimitGate,
        once: (any OnceGate)?
    ) {
        self.head = head
        self.captures = captures
        self.body = body
        self.context = context
        self.gate = gate
        self.once = once
    }
}

/// Lets a request through the limits of its operation whose key is known only from the input.
public protocol LimitGate: Sendable {
    /// - Parameter input: what the limit's key names in the input, such as the lower-cased e-mail address.
    /// - Throws: ``Problem`` `rate-limited`.
    func admit(_ limit: RateLimit, input: [String], in context: Context) async throws
}

/// An operation and the generated code that decodes its input, calls its service and encodes its output.
public struct Endpoint: Sendable {
    public let operation: Operation
    public let answer: @Sendable (Incoming) async throws -> Answer

    public init(_ operation: Operation, answer: @escaping @Sendable (Incoming) async throws -> Answer) {
        self.operation = operation
        self.answer = answer
    }
}

extension Incoming {
    /// Decodes the JSON body, adding what breaks the schema to `violations`.
    /// - Returns: nil when violations were found, or when there is no body and none is required.
    /// - Throws: ``Problem`` 413, and `malformed` when it is no JSON.
    @inlinable public func json<Value: JSONReadable>(
        _ type: Value.Type, _ violations: inout Violations
    ) async throws -> Value? {
        try await json(&violations) { json throws(JSONFault) -> Value? in try Value.read(&json) }
    }

    /// The same for a body that is no model, such as a list.
    @inlinable public func json<Value: Sendable>(
        _ violations: inout Violations, _ read: (inout JSONReader) throws(JSONFault) -> Value?
    ) async throws -> Value? {
        let bytes = try await body.collect(upTo: context.operation.bodyBytesMax)
        once?.note(bytes)
        if bytes.readableBytes == 0 {
            if context.operation.isBodyRequired { violations.add(.pointer(""), "required", "A JSON body is required.") }
            return nil
        }
        return try bytes.withUnsafeReadableBytes { raw in
            try JSONReader.decode(from: raw.bindMemory(to: UInt8.self), &violations, read)
        }
    }
}

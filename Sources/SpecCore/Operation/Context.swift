public import Logging

/// The request context of a service call: what it can use besides its input.
public struct Context: Sendable {
    public let operation: Operation
    public let requestID: String
    /// The caller, or nil if the operation allows anonymous requests and the request has no credential.
    public let caller: Caller?
    /// The client's address without port, as text.
    public let address: String
    /// The connection of the request; nil if it did not come over one.
    public let client: ClientLink?
    private let baseLogger: Logger

    public init(
        operation: Operation, requestID: String, caller: Caller?, address: String, client: ClientLink?, logger: Logger
    ) {
        self.operation = operation
        self.requestID = requestID
        self.caller = caller
        self.address = address
        self.client = client
        baseLogger = logger
    }

    /// A logger that adds the request id to each line.
    public var logger: Logger {
        var logger = baseLogger
        logger[metadataKey: "requestId"] = .string(requestID)
        return logger
    }

    /// The caller of an operation that requires one.
    /// - Throws: ``Problem`` `unauthenticated` if the request is anonymous.
    public func signedIn() throws -> Caller {
        guard let caller else { throw Problem(.unauthenticated) }
        return caller
    }
}

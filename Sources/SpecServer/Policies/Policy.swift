public import SpecCore

/// Something that is done for every request beside its operation: logging, limits, authentication.
///
/// A policy states for each operation which hooks it has, once at start; a request meets only those. The order of the
/// policies is that of ``PolicyList``; the hooks around the sending run in the opposite order, so that an outer policy
/// sees the response as it leaves. A hook that throws ends the request: a ``Problem`` becomes its response, with a code
/// that the operation declares or one of ``ProblemCode/general``; any other error is logged and becomes a 500.
public protocol Policy: Sendable {
    /// The hooks for an operation.
    /// - Parameter operation: nil stands for requests that match no operation: pages, unknown paths and methods.
    func hooks(for operation: Operation?) -> PolicyHooks

    /// Runs first, when only the head and the client's address are known.
    func beforeCaller(_ exchange: inout Exchange) async throws

    /// Runs before the body is read; the caller is known if the operation has one.
    func beforeBody(_ exchange: inout Exchange) async throws

    /// Wraps the handler: runs once the input is decoded, and calls `next` to go on, or does not.
    /// - Parameters:
    ///   - input: the values of the input that policies need.
    ///   - next: the policies after this one, then the service and the encoder.
    func aroundHandler(
        _ exchange: inout Exchange, _ input: PolicyInput,
        _ next: (inout Exchange) async throws -> OperationResponse
    ) async throws -> OperationResponse

    /// Runs before the response is sent, whether it is an output or a problem.
    func beforeSending(_ exchange: inout Exchange, _ response: inout OperationResponse) async

    /// Runs when the response has left or its connection has failed; on the event loop, so it must not block.
    func afterSending(_ exchange: Exchange, _ delivery: Delivery)
}

extension Policy {
    public func beforeCaller(_ exchange: inout Exchange) async throws {}
    public func beforeBody(_ exchange: inout Exchange) async throws {}

    public func aroundHandler(
        _ exchange: inout Exchange, _ input: PolicyInput,
        _ next: (inout Exchange) async throws -> OperationResponse
    ) async throws -> OperationResponse {
        try await next(&exchange)
    }

    public func beforeSending(_ exchange: inout Exchange, _ response: inout OperationResponse) async {}
    public func afterSending(_ exchange: Exchange, _ delivery: Delivery) {}
}

/// A policy whose hooks before the body and before the sending never wait.
///
/// They are called as plain functions: a call that could wait costs a request more than most policies do.
public protocol ImmediatePolicy: Policy {
    func beforeCaller(_ exchange: inout Exchange) throws
    func beforeBody(_ exchange: inout Exchange) throws
    func beforeSending(_ exchange: inout Exchange, _ response: inout OperationResponse)
}

extension ImmediatePolicy {
    public func beforeCaller(_ exchange: inout Exchange) throws {}
    public func beforeBody(_ exchange: inout Exchange) throws {}
    public func beforeSending(_ exchange: inout Exchange, _ response: inout OperationResponse) {}
}

/// The hooks of a policy for an operation.
public struct PolicyHooks: OptionSet, Sendable {
    public static let beforeCaller = PolicyHooks(rawValue: 1)
    public static let beforeBody = PolicyHooks(rawValue: 2)
    public static let aroundHandler = PolicyHooks(rawValue: 4)
    public static let beforeSending = PolicyHooks(rawValue: 8)
    public static let afterSending = PolicyHooks(rawValue: 16)

    public let rawValue: UInt8

    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }
}

/// The end of a response's way to the client.
public struct Delivery: Sendable, Equatable {
    public let status: Int
    /// The bytes of the body that the system took, without framing. If the connection failed, those of the last 64 KiB
    /// may have been taken as well.
    public let bodyBytes: Int
    /// False if the connection failed before the response had left.
    public let isComplete: Bool

    public init(status: Int, bodyBytes: Int, isComplete: Bool) {
        self.status = status
        self.bodyBytes = bodyBytes
        self.isComplete = isComplete
    }
}

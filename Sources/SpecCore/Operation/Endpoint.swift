/// An operation with its generated code: `decode`, `handle` and `encode`.
///
/// Only `decode` sees the request, so a transport with requests of another kind needs only another `decode`.
public struct Endpoint: Sendable {
    public let operation: Operation
    /// Decodes a request, calls the service and encodes its output.
    public let respond: @Sendable (OperationRequest, Context) async throws -> OperationResponse
    /// Does the same with a wrapper around everything after `decode`: it gets what policies need of the input, and a
    /// function that calls the service and encodes its output.
    public let respondWrapped:
        @Sendable (
            OperationRequest, Context,
            (PolicyInput, () async throws -> OperationResponse) async throws -> OperationResponse
        ) async throws -> OperationResponse

    /// - Parameters:
    ///   - decode: reads the input and checks it against the schema.
    ///   - policyInput: the values of the input that policies need.
    ///   - handle: calls the service.
    ///   - encode: writes the output as a response.
    ///   - reload: makes the output of a stored response anew; nil if its body is stored.
    @inlinable public init<Input: Sendable, Output: Sendable>(
        _ operation: Operation, decode: @escaping @Sendable (OperationRequest) async throws -> Input,
        policyInput: @escaping @Sendable (Input) -> PolicyInput = { _ in PolicyInput() },
        handle: @escaping @Sendable (Input, Context) async throws -> Output,
        encode: @escaping @Sendable (Output) throws -> OperationResponse,
        reload: (@Sendable (Identifier, Context) async throws -> Output)? = nil
    ) {
        self.operation = operation
        respond = { request, context in try encode(try await handle(try await decode(request), context)) }
        respondWrapped = { request, context, wrapper in
            let input = try await decode(request)
            var policyInput = policyInput(input)
            if let reload { policyInput.reload = { try encode(try await reload($0, context)) } }
            return try await wrapper(policyInput) { try encode(try await handle(input, context)) }
        }
    }
}

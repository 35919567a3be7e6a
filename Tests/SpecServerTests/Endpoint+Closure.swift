import SpecCore

extension Endpoint {
    /// Creates an operation whose input is the request and whose output is the response.
    init(
        _ operation: Operation,
        _ handle: @escaping @Sendable (OperationRequest, Context) async throws -> OperationResponse
    ) {
        self.init(operation, decode: { $0 }, handle: handle, encode: { $0 })
    }
}

import SpecCore

/// The policies of one operation by hook, chosen once at start so that a request meets no hook that does nothing.
///
/// A class, so that passing it on costs one reference.
final class PolicyChain: Sendable {
    private let callers: [any Policy]
    private let bodies: [any Policy]
    private let handlers: [any Policy]
    private let senders: [any Policy]
    private let observers: [any Policy]

    /// - Parameter operation: nil for requests that match no operation.
    init(_ policies: [any Policy], for operation: Operation?) {
        func having(_ hook: PolicyHooks) -> [any Policy] {
            policies.filter { $0.hooks(for: operation).contains(hook) }
        }
        callers = having(.beforeCaller)
        bodies = having(.beforeBody)
        handlers = having(.aroundHandler)
        senders = having(.beforeSending).reversed()
        observers = having(.afterSending).reversed()
    }

    /// True if a policy wraps the handler.
    var wrapsHandler: Bool { !handlers.isEmpty }
    /// True if a policy observes the end of the response.
    var observesSending: Bool { !observers.isEmpty }

    /// Runs the hooks before the body is read.
    func admit(_ exchange: inout Exchange) async throws {
        for policy in callers { try await policy.beforeCaller(&exchange) }
        for policy in bodies { try await policy.beforeBody(&exchange) }
    }

    /// Runs `handle` inside of the policies that wrap it.
    func wrap(
        _ exchange: inout Exchange, _ input: PolicyInput, _ handle: () async throws -> OperationResponse
    ) async throws -> OperationResponse {
        try await wrap(from: 0, &exchange, input, handle)
    }

    private func wrap(
        from index: Int, _ exchange: inout Exchange, _ input: PolicyInput,
        _ handle: () async throws -> OperationResponse
    ) async throws -> OperationResponse {
        guard index < handlers.count else { return try await handle() }
        return try await handlers[index].aroundHandler(&exchange, input) { exchange in
            try await self.wrap(from: index + 1, &exchange, input, handle)
        }
    }

    /// Runs the hooks before the response is sent, and adds the fields that policies asked for.
    func complete(_ response: inout OperationResponse, _ exchange: inout Exchange) async {
        for policy in senders { await policy.beforeSending(&exchange, &response) }
        response.addFields(of: exchange)
    }

    func didSend(_ exchange: Exchange, _ delivery: Delivery) {
        for policy in observers { policy.afterSending(exchange, delivery) }
    }
}

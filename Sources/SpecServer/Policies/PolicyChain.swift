import SpecCore

/// The policies of one operation by hook, chosen once at start so that a request meets no hook that does nothing.
///
/// A class, so that passing it on costs one reference.
final class PolicyChain: Sendable {
    /// A policy in the list of a hook, by the way it is called.
    private enum Link: Sendable {
        case immediate(any ImmediatePolicy)
        case waiting(any Policy)

        init(_ policy: any Policy) {
            if let policy = policy as? any ImmediatePolicy {
                self = .immediate(policy)
            } else {
                self = .waiting(policy)
            }
        }

        var waits: Bool { if case .waiting = self { true } else { false } }
    }

    private let callers: [Link]
    private let bodies: [Link]
    private let handlers: [any Policy]
    private let senders: [Link]
    private let observers: [any Policy]
    /// True if a hook before the body is read may wait.
    let waitsBeforeBody: Bool
    /// True if a hook before the response is sent may wait.
    let waitsBeforeSending: Bool

    /// - Parameter operation: nil for requests that match no operation.
    init(_ policies: [any Policy], for operation: Operation?) {
        func having(_ hook: PolicyHooks) -> [any Policy] {
            policies.filter { $0.hooks(for: operation).contains(hook) }
        }
        callers = having(.beforeCaller).map(Link.init)
        bodies = having(.beforeBody).map(Link.init)
        handlers = having(.aroundHandler)
        senders = having(.beforeSending).reversed().map(Link.init)
        observers = having(.afterSending).reversed()
        waitsBeforeBody = (callers + bodies).contains(where: \.waits)
        waitsBeforeSending = senders.contains(where: \.waits)
    }

    /// True if a policy wraps the handler.
    var wrapsHandler: Bool { !handlers.isEmpty }
    /// True if a policy observes the end of the response.
    var observesSending: Bool { !observers.isEmpty }

    // MARK: Before the body is read

    /// Runs the hooks before the body is read.
    func admit(_ exchange: inout Exchange) async throws {
        for link in callers {
            switch link {
            case .immediate(let policy): try Self.beforeCaller(policy, &exchange)
            case .waiting(let policy): try await policy.beforeCaller(&exchange)
            }
        }
        for link in bodies {
            switch link {
            case .immediate(let policy): try Self.beforeBody(policy, &exchange)
            case .waiting(let policy): try await policy.beforeBody(&exchange)
            }
        }
    }

    /// Does the same if none of the hooks waits.
    func admitImmediately(_ exchange: inout Exchange) throws {
        for case .immediate(let policy) in callers { try Self.beforeCaller(policy, &exchange) }
        for case .immediate(let policy) in bodies { try Self.beforeBody(policy, &exchange) }
    }

    // Functions that cannot wait, because one that can would choose the requirement of `Policy`.

    private static func beforeCaller(_ policy: any ImmediatePolicy, _ exchange: inout Exchange) throws {
        try policy.beforeCaller(&exchange)
    }

    private static func beforeBody(_ policy: any ImmediatePolicy, _ exchange: inout Exchange) throws {
        try policy.beforeBody(&exchange)
    }

    // MARK: Around the handler

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

    // MARK: Before and after the sending

    /// Runs the hooks before the response is sent, and adds the fields that policies asked for.
    func complete(_ response: inout OperationResponse, _ exchange: inout Exchange) async {
        for link in senders {
            switch link {
            case .immediate(let policy): Self.beforeSending(policy, &exchange, &response)
            case .waiting(let policy): await policy.beforeSending(&exchange, &response)
            }
        }
        response.addFields(of: exchange)
    }

    /// Does the same if none of the hooks waits.
    func completeImmediately(_ response: inout OperationResponse, _ exchange: inout Exchange) {
        for case .immediate(let policy) in senders { Self.beforeSending(policy, &exchange, &response) }
        response.addFields(of: exchange)
    }

    private static func beforeSending(
        _ policy: any ImmediatePolicy, _ exchange: inout Exchange, _ response: inout OperationResponse
    ) {
        policy.beforeSending(&exchange, &response)
    }

    func didSend(_ exchange: Exchange, _ delivery: Delivery) {
        for policy in observers { policy.afterSending(exchange, delivery) }
    }
}

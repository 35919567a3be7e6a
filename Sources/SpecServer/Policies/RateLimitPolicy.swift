import SpecCore

/// A token that a request took, or did not get.
struct TakenToken: Sendable {
    let limit: RateLimit
    let key: String
    var state: LimitState
}

/// Takes a token for each rate limit of a request, and returns those that its response does not count against.
///
/// Requests that match no operation are anonymous, so the spec's root limits apply to them per client address.
struct RateLimitPolicy: Policy {
    private let limiter: any RateLimiter
    /// The limits of requests that match no operation.
    private let unrouted: [RateLimit]

    init(limiter: any RateLimiter, unrouted: [RateLimit]) {
        self.limiter = limiter
        self.unrouted = unrouted
    }

    func hooks(for operation: Operation?) -> PolicyHooks {
        let limits = operation?.limits ?? unrouted
        guard limits.contains(where: { $0.stage != .service }) else { return [] }
        var hooks = PolicyHooks.beforeSending
        for limit in limits {
            switch limit.stage {
            case .head: hooks.insert(Self.needsCaller(limit, operation) ? .beforeBody : .beforeCaller)
            case .input: hooks.insert(.aroundHandler)
            case .service: break
            }
        }
        return hooks
    }

    private static func needsCaller(_ limit: RateLimit, _ operation: Operation?) -> Bool {
        guard let operation, !operation.security.isEmpty else { return false }
        return limit.key.contains(.caller)
    }

    // MARK: Taking

    /// Takes the tokens of limits whose key is known without the caller.
    func beforeCaller(_ exchange: inout Exchange) async throws { try await take(ofCaller: false, &exchange) }

    func beforeBody(_ exchange: inout Exchange) async throws { try await take(ofCaller: true, &exchange) }

    private func take(ofCaller: Bool, _ exchange: inout Exchange) async throws {
        let operation = exchange.operation
        for limit in operation?.limits ?? unrouted
        where limit.stage == .head && Self.needsCaller(limit, operation) == ofCaller {
            try await take(limit, [], &exchange)
        }
    }

    /// Takes the tokens per caller of a request that failed authentication; they count by address.
    func countRefused(_ exchange: inout Exchange) async throws { try await take(ofCaller: true, &exchange) }

    /// Takes the tokens of limits whose key is in the input.
    func aroundHandler(
        _ exchange: inout Exchange, _ input: PolicyInput,
        _ next: (inout Exchange) async throws -> OperationResponse
    ) async throws -> OperationResponse {
        let limits = exchange.operation?.limits.filter { $0.stage == .input } ?? []
        precondition(limits.count == input.limitKeys.count, "generated code gives a key for each limit")
        for (limit, members) in zip(limits, input.limitKeys) {
            if let members { try await take(limit, members, &exchange) }
        }
        return try await next(&exchange)
    }

    private func take(_ limit: RateLimit, _ members: [String], _ exchange: inout Exchange) async throws {
        let key = Self.key(limit, members, exchange)
        let state = await limiter.take(limit, key: key)
        exchange.tokens.append(TakenToken(limit: limit, key: key, state: state))
        guard state.isAllowed else {
            throw Problem(
                .rateLimited, "Too many requests for '\(limit.name)'; try again in \(state.retryAfterSeconds) s.",
                retryAfterSeconds: state.retryAfterSeconds)
        }
    }

    private static func key(_ limit: RateLimit, _ members: [String], _ exchange: Exchange) -> String {
        let parts = limit.key.map { part in
            switch part {
            case .address: AddressPrefix.network(of: exchange.address)
            case .addressPrefix: AddressPrefix.of(exchange.address)
            case .caller: exchange.caller?.subject.description ?? AddressPrefix.network(of: exchange.address)
            }
        }
        // Each part is prefixed with its length, so that no two lists give one key.
        return (parts + members).map { "\($0.utf8.count):\($0)" }.joined()
    }

    // MARK: Returning

    /// Returns the tokens of limits that count only some problems, and adds the `RateLimit` fields to the response.
    func beforeSending(_ exchange: inout Exchange, _ response: inout OperationResponse) async {
        for index in exchange.tokens.indices where exchange.tokens[index].state.isAllowed {
            let token = exchange.tokens[index]
            guard case .problems(let codes) = token.limit.counts, !codes.contains(exchange.problemCode?.name ?? "")
            else { continue }
            exchange.tokens[index].state = await limiter.giveBack(token.limit, key: token.key)
        }
        guard !exchange.tokens.isEmpty else { return }
        let policies = exchange.tokens.map { "\"\($0.limit.name)\";q=\($0.limit.burst);w=\($0.limit.refillSeconds)" }
        let rest = exchange.tokens.map { "\"\($0.limit.name)\";r=\($0.state.remaining);t=\($0.state.fullInSeconds)" }
        response.fields.append("RateLimit-Policy", policies.joined(separator: ", "))
        response.fields.append("RateLimit", rest.joined(separator: ", "))
    }
}

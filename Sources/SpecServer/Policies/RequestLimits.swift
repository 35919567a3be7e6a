import NIOConcurrencyHelpers
import SpecCore

/// The limits of one request: asks them in turn, and gives back what its answer does not cost.
final class RequestLimits: LimitGate {
    private struct Asked {
        let limit: RateLimit
        let key: String
        var state: LimitState
    }

    private let limiter: any Limiter
    private let address: String
    private let asked = NIOLockedValueBox([Asked]())

    init(limiter: any Limiter, address: String) {
        self.limiter = limiter
        self.address = address
    }

    /// Asks the limits whose key stands in the head: first those that need no caller, then the others.
    func admitHead(_ operation: Operation, caller: Caller?) async throws {
        for limit in operation.limits where limit.stage == .head {
            let needsCaller = limit.key.contains(.caller) && !operation.security.isEmpty
            if needsCaller == (caller != nil) { try await admit(limit, input: [], caller: caller) }
        }
    }

    /// Asks limits where there is no operation, and so nobody is signed in.
    func admit(_ limits: [RateLimit]) async throws(Problem) {
        for limit in limits { try await admit(limit, input: [], caller: nil) }
    }

    /// Asks the limits that count by caller where there is none: by address.
    func admitRefused(_ operation: Operation) async throws {
        for limit in operation.limits where limit.stage == .head && limit.key.contains(.caller) {
            try await admit(limit, input: [], caller: nil)
        }
    }

    func admit(_ limit: RateLimit, input: [String], in context: Context) async throws {
        try await admit(limit, input: input, caller: context.caller)
    }

    private func admit(_ limit: RateLimit, input: [String], caller: Caller?) async throws(Problem) {
        let key = self.key(limit, input, caller)
        let state = await limiter.take(limit, key: key)
        asked.withLockedValue { $0.append(Asked(limit: limit, key: key, state: state)) }
        guard state.isAllowed else {
            throw Problem(
                .rateLimited, "Too many requests for '\(limit.name)'; try again in \(state.retryAfterSeconds) s.",
                retryAfterSeconds: state.retryAfterSeconds)
        }
    }

    private func key(_ limit: RateLimit, _ input: [String], _ caller: Caller?) -> String {
        let parts = limit.key.map { part in
            switch part {
            case .address: address
            case .addressPrefix: AddressPrefix.of(address)
            case .caller: caller?.subject.description ?? address
            }
        }
        // Lengths before the parts: no two lists give one key.
        return (parts + input).map { "\($0.utf8.count):\($0)" }.joined()
    }

    /// After the answer: limits that count only some refusals get their token back, and the client sees the rest.
    func settle(_ code: ProblemCode?, _ answer: inout Answer) async {
        var states = asked.withLockedValue { $0 }
        for index in states.indices where states[index].state.isAllowed {
            guard case .problems(let codes) = states[index].limit.counts, !codes.contains(code?.name ?? "") else {
                continue
            }
            states[index].state = await limiter.giveBack(states[index].limit, key: states[index].key)
        }
        guard !states.isEmpty else { return }
        let policies = states.map { "\"\($0.limit.name)\";q=\($0.limit.burst);w=\($0.limit.refillSeconds)" }
        let rest = states.map { "\"\($0.limit.name)\";r=\($0.state.remaining);t=\($0.state.fullInSeconds)" }
        answer.fields.append("RateLimit-Policy", policies.joined(separator: ", "))
        answer.fields.append("RateLimit", rest.joined(separator: ", "))
    }
}

/// For operations without limits.
struct OpenGate: LimitGate {
    func admit(_ limit: RateLimit, input: [String], in context: Context) async throws {}
}

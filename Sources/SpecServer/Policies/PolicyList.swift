import Logging
import SpecCore

/// The policies of a server in their order, the outermost first.
enum PolicyList {
    static func policies(_ configuration: PolicyConfiguration) -> [any Policy] {
        let limits = configuration.limiter.map { RateLimitPolicy(limiter: $0, unrouted: configuration.limits) }
        var policies: [any Policy] = [TracePolicy()]
        if let accessLog = configuration.accessLog { policies.append(accessLog) }
        if let origins = configuration.origins { policies.append(origins) }
        if let signer = configuration.urlSigner { policies.append(SigningPolicy(signer: signer)) }
        policies.append(ChallengePolicy())
        policies.append(
            AuthenticationPolicy(
                authenticator: configuration.authenticator, signer: configuration.urlSigner, limits: limits))
        policies.append(NegotiationPolicy())
        if let limits { policies.append(limits) }
        policies += configuration.others
        if let store = configuration.idempotencyStore {
            policies.append(IdempotencyPolicy(store: store, logger: configuration.logger))
        }
        return policies
    }
}

/// The dependencies of the policies.
struct PolicyConfiguration: Sendable {
    var authenticator: any Authenticator
    /// The signer of URLs (`x-signed`); nil if the spec has none.
    var urlSigner: URLSigner?
    /// The rate limiter; nil if rate limits are off.
    var limiter: (any RateLimiter)?
    /// The rate limits of requests that match no operation.
    var limits: [RateLimit] = []
    var idempotencyStore: (any IdempotencyStore)?
    var origins: CrossOrigins?
    var accessLog: AccessLog?
    /// The policies of the package that uses the server.
    var others: [any Policy] = []
    var logger: Logger
}

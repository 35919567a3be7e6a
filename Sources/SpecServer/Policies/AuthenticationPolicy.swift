import SpecCore

/// The credentials of a request, once they were looked for.
enum CredentialState: Sendable {
    /// The operation has no security requirement.
    case notRequired
    case missing, rejected, accepted
}

/// Authenticates the caller.
struct AuthenticationPolicy: Policy {
    private let resolver: CallerResolver
    /// The limits that failed authentication counts against, so that guessing credentials is limited too.
    private let limits: RateLimitPolicy?

    /// - Parameter signer: verifies signed URLs, which the authenticator does not get to see.
    init(authenticator: any Authenticator, signer: URLSigner?, limits: RateLimitPolicy?) {
        resolver = CallerResolver(authenticator: authenticator, signer: signer)
        self.limits = limits
    }

    func hooks(for operation: Operation?) -> PolicyHooks {
        operation?.security.isEmpty ?? true ? [] : .beforeBody
    }

    func beforeBody(_ exchange: inout Exchange) async throws {
        do {
            try await authenticate(&exchange)
        } catch {
            try await limits?.countRefused(&exchange)
            throw error
        }
    }

    private func authenticate(_ exchange: inout Exchange) async throws {
        switch try await resolver.resolve(exchange.operation?.security ?? [], exchange.head) {
        case .caller(let caller):
            exchange.caller = caller
            exchange.credentials = .accepted
        case .anonymous: exchange.credentials = .missing
        case .missingCredentials:
            exchange.credentials = .missing
            throw Problem(.unauthenticated)
        case .rejected(let problem):
            exchange.credentials = .rejected
            throw problem
        }
    }
}

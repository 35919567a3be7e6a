import SpecCore

/// The credentials of a request, once they were looked for.
enum CredentialState: Sendable {
    /// The operation has no security requirement.
    case notRequired
    case missing, rejected, accepted
}

/// Authenticates the caller, and adds a challenge to every 401.
struct AuthenticationPolicy: Policy {
    private let resolver: CallerResolver
    /// The limits that failed authentication counts against, so that guessing credentials is limited too.
    private let limits: RateLimitPolicy?

    /// - Parameter signer: verifies signed references, which the authenticator does not get to see.
    init(authenticator: any Authenticator, signer: URLSigner?, limits: RateLimitPolicy?) {
        resolver = CallerResolver(authenticator: authenticator, signer: signer)
        self.limits = limits
    }

    func hooks(for operation: Operation?) -> PolicyHooks {
        guard let operation else { return [] }
        return operation.security.isEmpty ? .beforeSending : [.beforeBody, .beforeSending]
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

    // MARK: Challenge

    /// Adds `WWW-Authenticate` to a 401 (RFC 9110, 11.6.1; RFC 6750, 3).
    func beforeSending(_ exchange: inout Exchange, _ response: inout OperationResponse) async {
        guard response.status == 401, let code = exchange.problemCode, let operation = exchange.operation else {
            return
        }
        response.fields.append("WWW-Authenticate", challenge(code, exchange.credentials, operation))
    }

    private func challenge(_ code: ProblemCode, _ credentials: CredentialState, _ operation: Operation) -> String {
        switch operation.security.first?.schemes.first?.carrier {
        case .basic?: "Basic realm=\"api\", charset=\"UTF-8\""
        case .header(let name)?: "ApiKey realm=\"api\", in=\"header\", name=\"\(name)\""
        case .query(let name)?: "ApiKey realm=\"api\", in=\"query\", name=\"\(name)\""
        case .cookie(let name)?: "ApiKey realm=\"api\", in=\"cookie\", name=\"\(name)\""
        case .bearer?, nil: bearer(code, credentials)
        }
    }

    /// The Bearer challenge; `invalid_token` only if a token was sent and rejected.
    private func bearer(_ code: ProblemCode, _ credentials: CredentialState) -> String {
        switch (code, credentials) {
        case (.tokenExpired, _):
            "Bearer realm=\"api\", error=\"invalid_token\", error_description=\"The access token has expired\""
        case (.unauthenticated, .missing): "Bearer realm=\"api\""
        case (.unauthenticated, _): "Bearer realm=\"api\", error=\"invalid_token\""
        default: "Bearer realm=\"api\""
        }
    }
}

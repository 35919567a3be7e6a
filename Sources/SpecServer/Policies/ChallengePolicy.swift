import SpecCore

/// Adds a challenge to every 401, also to one that a service gives.
struct ChallengePolicy: ImmediatePolicy {
    func hooks(for operation: Operation?) -> PolicyHooks { operation == nil ? [] : .beforeSending }

    /// Adds `WWW-Authenticate` to a 401 (RFC 9110, 11.6.1; RFC 6750, 3).
    func beforeSending(_ exchange: inout Exchange, _ response: inout OperationResponse) {
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

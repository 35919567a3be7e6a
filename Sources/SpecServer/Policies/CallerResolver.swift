import SpecCore

/// Finds the caller of a request among the security alternatives of its operation.
struct CallerResolver: Sendable {
    /// The outcome of looking for a caller.
    enum Outcome {
        case caller(Caller)
        /// The operation allows anonymous requests, and no valid credentials were sent.
        case anonymous
        case missingCredentials
        /// Credentials were sent and rejected.
        case rejected(Problem)
    }

    let authenticator: any Authenticator
    /// Verifies signed URLs; nil if the spec has none.
    let signer: URLSigner?

    func resolve(_ alternatives: [SecurityAlternative], _ head: RequestHead) async throws -> Outcome {
        var outcome = Outcome.missingCredentials
        var allowsAnonymous = false
        for alternative in alternatives {
            guard let scheme = alternative.schemes.first else {
                allowsAnonymous = true
                continue
            }
            guard let value = Credentials.value(scheme.carrier, in: head) else { continue }
            do {
                return .caller(try permitted(try await caller(scheme, value, head), alternative))
            } catch let problem as Problem {
                outcome = .rejected(problem)
            }
        }
        return allowsAnonymous ? .anonymous : outcome
    }

    private func caller(_ scheme: SecurityScheme, _ value: String, _ head: RequestHead) async throws -> Caller {
        if let signer, scheme == signer.scheme { return try signer.caller(with: value, path: head.path) }
        return try await authenticator.caller(with: Credential(scheme: scheme.name, value: value))
    }

    private func permitted(_ caller: Caller, _ alternative: SecurityAlternative) throws -> Caller {
        guard alternative.scopes.allSatisfy(caller.scopes.contains) else {
            throw Problem(
                .forbidden, "This operation requires the scopes \(alternative.scopes.joined(separator: ", ")).")
        }
        return caller
    }
}

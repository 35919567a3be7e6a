import SpecCore

/// Finds the caller that an operation asks for.
struct Guards: Sendable {
    let authenticator: any Authenticator

    /// nil where the operation lets anybody in and nobody is signed in.
    /// - Throws: ``Problem`` 401 or 403.
    func caller(of operation: Operation, _ head: RequestHead) async throws -> Caller? {
        guard !operation.security.isEmpty else { return nil }
        var refusal = Guards.nobody
        var letsAnybodyIn = false
        for alternative in operation.security {
            guard let scheme = alternative.schemes.first else {
                letsAnybodyIn = true
                continue
            }
            guard let value = Credentials.value(scheme.carrier, in: head) else { continue }
            do {
                let caller = try await authenticator.caller(with: Credential(scheme: scheme.name, value: value))
                return try permitted(caller, alternative)
            } catch let problem as Problem {
                refusal = problem
            }
        }
        if letsAnybodyIn { return nil }
        throw refusal
    }

    private func permitted(_ caller: Caller, _ alternative: SecurityAlternative) throws -> Caller {
        guard alternative.scopes.allSatisfy(caller.scopes.contains) else {
            throw Problem(.forbidden, "This needs the scopes \(alternative.scopes.joined(separator: ", ")).")
        }
        return caller
    }

    /// Every 401 says how to sign in (RFC 9110, 11.6.1; RFC 6750, 3).
    func challenged(_ problem: Problem, _ operation: Operation) -> Problem {
        guard problem.code.status == 401 else { return problem }
        var fields = problem.fields
        fields.append("WWW-Authenticate", challenge(problem, operation))
        return Problem(
            problem.code, problem.detail, violations: problem.violations, isTruncated: problem.isTruncated,
            retryAfterSeconds: problem.retryAfterSeconds, fields: fields)
    }

    private func challenge(_ problem: Problem, _ operation: Operation) -> String {
        switch operation.security.first?.schemes.first?.carrier {
        case .basic?: "Basic realm=\"api\", charset=\"UTF-8\""
        case .header(let name)?: "ApiKey realm=\"api\", in=\"header\", name=\"\(name)\""
        case .query(let name)?: "ApiKey realm=\"api\", in=\"query\", name=\"\(name)\""
        case .cookie(let name)?: "ApiKey realm=\"api\", in=\"cookie\", name=\"\(name)\""
        case .bearer?, nil: bearer(problem)
        }
    }

    /// Only a token that was refused is an error of the token.
    private func bearer(_ problem: Problem) -> String {
        switch problem.code {
        case .tokenExpired:
            "Bearer realm=\"api\", error=\"invalid_token\", error_description=\"The access token has expired\""
        case .unauthenticated where problem != Guards.nobody: "Bearer realm=\"api\", error=\"invalid_token\""
        default: "Bearer realm=\"api\""
        }
    }

    /// No credential came at all.
    private static let nobody = Problem(.unauthenticated, "Sign in first.")
}

/// Reads credentials from where the spec says they are.
enum Credentials {
    static func value(_ carrier: SecurityScheme.Carrier, in head: RequestHead) -> String? {
        switch carrier {
        case .bearer: return authorization("bearer", head)
        case .basic:
            return authorization("basic", head).flatMap { Base64.decode($0) }.flatMap {
                String(validating: $0, as: UTF8.self)
            }
        case .header(let name):
            let values = head.fields.list.filter { $0.name.lowercased() == name }
            return values.count == 1 ? values[0].value : nil
        case .query(let name): return query(name, head)
        case .cookie(let name): return cookie(name, head)
        }
    }

    /// Two `Authorization` fields are none: nobody knows which one is meant.
    private static func authorization(_ scheme: String, _ head: RequestHead) -> String? {
        let values = head.fields.values(of: "authorization")
        guard values.count == 1 else { return nil }
        let parts = values[0].split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == scheme else { return nil }
        return String(parts[1].drop { $0 == " " })
    }

    private static func query(_ name: String, _ head: RequestHead) -> String? {
        guard let mark = head.target.firstIndex(of: "?") else { return nil }
        for pair in head.target[head.target.index(after: mark)...].split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1)
            if parts.count == 2, parts[0] == name { return PercentCoding.decode(parts[1].utf8, plusIsSpace: true) }
        }
        return nil
    }

    private static func cookie(_ name: String, _ head: RequestHead) -> String? {
        Cookies(head.fields).first { $0.name == name }?.value
    }
}

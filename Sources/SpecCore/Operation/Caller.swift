/// The authenticated sender of a request.
public struct Caller: Sendable, Equatable {
    public let subject: Identifier
    public let session: Identifier
    /// The name of the security scheme in the spec.
    public let scheme: String
    public let scopes: [String]

    public init(subject: Identifier, session: Identifier, scheme: String, scopes: [String] = []) {
        self.subject = subject
        self.session = session
        self.scheme = scheme
        self.scopes = scopes
    }
}

/// A credential as sent in a request, not yet verified.
public struct Credential: Sendable, Equatable, Redacted {
    /// The name of the security scheme in the spec.
    public let scheme: String
    /// The token, the key, or the decoded `user:password` of Basic.
    public let value: String

    public init(scheme: String, value: String) {
        self.scheme = scheme
        self.value = value
    }
}

/// Verifies credentials and returns the caller that they belong to.
public protocol Authenticator: Sendable {
    /// - Throws: ``Problem`` `unauthenticated` or `token-expired`.
    func caller(with credential: Credential) async throws -> Caller
}

/// The kind and place of a security scheme's credential in a request.
public struct SecurityScheme: Sendable, Equatable {
    public enum Carrier: Sendable, Equatable {
        /// `Authorization: Bearer …`
        case bearer
        /// `Authorization: Basic …`
        case basic
        /// A header field, with its name in lower case.
        case header(String)
        case query(String)
        case cookie(String)
    }

    public let name: String
    public let carrier: Carrier

    public init(_ name: String, _ carrier: Carrier) {
        self.name = name
        self.carrier = carrier
    }
}

/// A security requirement: every scheme of the list is required, each with its scopes. An empty list allows anonymous
/// requests.
public struct SecurityAlternative: Sendable, Equatable {
    public let schemes: [SecurityScheme]
    /// The scopes that the caller must have, across all schemes.
    public let scopes: [String]

    public init(_ schemes: [SecurityScheme], scopes: [String] = []) {
        self.schemes = schemes
        self.scopes = scopes
    }
}

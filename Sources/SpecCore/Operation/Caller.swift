/// Who makes a request, as its credential proves.
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

/// A credential as it stands in a request, not yet believed.
public struct Credential: Sendable, Equatable {
    /// The name of the security scheme in the spec.
    public let scheme: String
    /// The token, key, or Basic's decoded `user:password`.
    public let value: String

    public init(scheme: String, value: String) {
        self.scheme = scheme
        self.value = value
    }
}

/// Turns a credential into the caller it belongs to.
public protocol Authenticator: Sendable {
    /// - Throws: ``Problem`` `unauthenticated` or `token-expired`.
    func caller(with credential: Credential) async throws -> Caller
}

/// How a security scheme of the spec is carried.
public struct SecurityScheme: Sendable, Equatable {
    public enum Carrier: Sendable, Equatable {
        /// `Authorization: Bearer …`
        case bearer
        /// `Authorization: Basic …`
        case basic
        /// A header field; the name is in lower case.
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

/// One way to be allowed in: every scheme of the list, each with its scopes. An empty list is "nobody in particular".
public struct SecurityAlternative: Sendable, Equatable {
    public let schemes: [SecurityScheme]
    /// The scopes that the caller must have, over all schemes.
    public let scopes: [String]

    public init(_ schemes: [SecurityScheme], scopes: [String] = []) {
        self.schemes = schemes
        self.scopes = scopes
    }
}

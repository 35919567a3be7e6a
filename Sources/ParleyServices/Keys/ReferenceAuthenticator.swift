package import SpecCore

/// Believes signed references; the other credentials are another's matter.
///
/// The caller of a reference is the object that it was signed for: nobody is known to have sent it.
package struct ReferenceAuthenticator: Authenticator {
    private let references: References
    private let others: any Authenticator

    package init(references: References, others: any Authenticator) {
        self.references = references
        self.others = others
    }

    package func caller(with credential: Credential) async throws -> Caller {
        guard credential.scheme == References.scheme else { return try await others.caller(with: credential) }
        let object = try references.object(signedBy: credential.value)
        return Caller(subject: object, session: object, scheme: credential.scheme)
    }
}

extension Caller {
    /// Whether the credential is a reference to this object.
    /// - Throws: ``Problem`` `unauthenticated` when it is one to another.
    func isReference(to object: Identifier) throws -> Bool {
        guard scheme == References.scheme else { return false }
        guard subject == object else { throw Problem(.unauthenticated, "This reference is for another object.") }
        return true
    }
}

package import SpecCore

/// Believes signed references; the other credentials are another's matter.
///
/// The caller of a reference is whom it was signed for, and its session the object: nothing else is open to it.
package struct ReferenceAuthenticator: Authenticator {
    private let references: References
    private let others: any Authenticator

    package init(references: References, others: any Authenticator) {
        self.references = references
        self.others = others
    }

    package func caller(with credential: Credential) async throws -> Caller {
        guard credential.scheme == References.scheme else { return try await others.caller(with: credential) }
        let grant = try references.grant(signedBy: credential.value)
        return Caller(subject: grant.viewer, session: grant.object, scheme: credential.scheme)
    }
}

extension Caller {
    /// Who wants to see the object.
    /// - Throws: ``Problem`` `unauthenticated` when the credential is a reference to another.
    func viewer(of object: Identifier) throws -> Identifier {
        guard scheme != References.scheme || session == object else {
            throw Problem(.unauthenticated, "This reference is for another object.")
        }
        return subject
    }
}

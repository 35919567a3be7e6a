import SpecCore

/// Authenticates requests by the key of the shop.
package struct ShopKey: Authenticator {
    private let key: String
    private let owner = Identifier.make()

    package init(_ key: String) {
        self.key = key
    }

    package func caller(with credential: Credential) async throws -> Caller {
        guard credential.value == key else { throw Problem(.unauthenticated, "This is not the key of the shop.") }
        return Caller(subject: owner, session: owner, scheme: credential.scheme)
    }
}

import ParleyContract
package import SpecCore

/// Ends all sessions of a user for an operator, on every node.
package struct SessionEnding: Sendable {
    private let store: any Store
    private let now: @Sendable () -> Timestamp

    package init(store: any Store, now: @escaping @Sendable () -> Timestamp) {
        self.store = store
        self.now = now
    }

    /// Ends the sessions.
    ///
    /// - Parameter name: the user's id or e-mail address.
    /// - Returns: the number of sessions that were active until now; nil if there is no such user.
    package func endAll(of name: String) async throws -> Int? {
        guard let user = try await user(name), user.deletedAt == nil else { return nil }
        let time = now()
        return try await store.write { try Revocations.end(.all(of: user.id), in: $0, at: time).count }
    }

    private func user(_ name: String) async throws -> UsersRow? {
        if let id = Identifier(name) { return try await store.first(UsersTable.find(id: id)) }
        return try await store.first(UsersTable.findByEmailKey(emailKey: EmailKey.of(name)))
    }
}

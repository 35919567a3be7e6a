import ParleyContract
package import SpecCore

/// Tells whether a password is that of an account.
package struct PasswordCheck: Sendable {
    private let store: any Store
    private let hasher: PasswordHasher
    /// Compared with for unknown addresses, so that they take as long as known ones.
    private let dummyHash: String

    /// - Throws: when no password can be hashed here.
    package init(store: any Store, hasher: PasswordHasher) throws {
        self.store = store
        self.hasher = hasher
        dummyHash = try hasher.placeholder()
    }

    /// The account of an address; nil, after the same time, when there is none or the password is another.
    func user(address: String, password: String) async throws -> UsersRow? {
        let user = try await store.first(UsersTable.findByEmailKey(emailKey: EmailKey.of(address)))
        return try await matching(user, password)
    }

    /// The account of a caller.
    /// - Throws: ``Problem`` `password-wrong`.
    func user(_ caller: Caller, password: String) async throws -> UsersRow {
        let user = try await store.first(UsersTable.find(id: caller.subject))
        guard let user = try await matching(user, password) else { throw Self.wrong }
        return user
    }

    private func matching(_ user: UsersRow?, _ password: String) async throws -> UsersRow? {
        // A longer password cannot be the right one, yet takes as long.
        let isPossible = user?.deletedAt == nil && password.utf8.count <= PasswordHasher.passwordBytesMax
        let hash = isPossible ? user?.passwordHash ?? dummyHash : dummyHash
        let isCorrect = try await hasher.isCorrect(password, for: hash)
        return isPossible && isCorrect ? user : nil
    }

    /// The hash to keep of a password that was just checked: a fresh one where the cost has been raised.
    func hash(of user: UsersRow, password: String) async throws -> String {
        hasher.isOutdated(user.passwordHash) ? try await hasher.hash(password) : user.passwordHash
    }

    /// Never 401: the caller is signed in.
    static var wrong: Problem { Problem(ChangePassword.Problems.passwordWrong, "The password is wrong.") }
}

import ParleyContract
package import SpecCore

/// Checks passwords against accounts, in constant time for unknown addresses.
package struct PasswordCheck: Sendable {
    /// An account whose password was right.
    struct Match: Sendable {
        let user: UsersRow
        /// True if the password fits only as it was typed: its hash is of a release that did not normalize.
        let isAsTyped: Bool
    }

    private let store: any Store
    private let hasher: PasswordHasher
    /// Hash compared with for unknown addresses, so that they take as long as known ones.
    private let dummyHash: String

    /// - Throws: an error if the system cannot hash passwords.
    package init(store: any Store, hasher: PasswordHasher) throws {
        self.store = store
        self.hasher = hasher
        dummyHash = try hasher.placeholder()
    }

    /// Returns the account of an address, or nil, after the same time, if there is none or the password is wrong.
    func match(address: String, password: String) async throws -> Match? {
        let user = try await store.first(UsersTable.findByEmailKey(emailKey: EmailKey.of(address)))
        return try await matching(user, password)
    }

    /// Returns the account of a caller.
    /// - Throws: ``Problem`` `password-wrong`.
    func user(_ caller: Caller, password: String) async throws -> UsersRow {
        let user = try await store.first(UsersTable.find(id: caller.subject))
        guard let match = try await matching(user, password) else { throw Self.wrong }
        return match.user
    }

    private func matching(_ user: UsersRow?, _ typed: String) async throws -> Match? {
        let password = PasswordText.normalized(typed)
        if let user = try await matching(user, exactly: password) { return Match(user: user, isAsTyped: false) }
        // The scalars differ; Swift's == compares canonically.
        guard !password.utf8.elementsEqual(typed.utf8) else { return nil }
        return try await matching(user, exactly: typed).map { Match(user: $0, isAsTyped: true) }
    }

    private func matching(_ user: UsersRow?, exactly password: String) async throws -> UsersRow? {
        // A longer password cannot be right, but must take as long.
        let isPossible = user?.deletedAt == nil && password.utf8.count <= PasswordHasher.passwordBytesMax
        let hash = isPossible ? user?.passwordHash ?? dummyHash : dummyHash
        let isCorrect = try await hasher.isCorrect(password, for: hash)
        return isPossible && isCorrect ? user : nil
    }

    /// Returns the hash to store for a password that was just checked: a new one if the cost has been raised, or if the
    /// old one is not of the normalized password.
    func hash(of match: Match, password: String) async throws -> String {
        let password = PasswordText.normalized(password)
        let isOutdated = match.isAsTyped || hasher.isOutdated(match.user.passwordHash)
        guard isOutdated, password.utf8.count <= PasswordHasher.passwordBytesMax else { return match.user.passwordHash }
        return try await hasher.hash(password)
    }

    /// The problem for a wrong password. Not a 401, because the caller is signed in.
    static var wrong: Problem { Problem(.passwordWrong) }
}

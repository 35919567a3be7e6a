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
    func match(address: String, password: String, _ context: Context) async throws -> Match? {
        let key = EmailKey.of(address)
        let user = try await store.first(UsersTable.findByEmailKey(emailKey: key))
        return try await matching(user, password, HashOrigin(context, account: user?.id.description ?? key))
    }

    /// Returns the account of the caller.
    /// - Throws: ``Problem`` `password-wrong`.
    func user(_ context: Context, password: String) async throws -> UsersRow {
        let id = try context.signedIn().subject
        let user = try await store.first(UsersTable.find(id: id))
        let origin = HashOrigin(context, account: id.description)
        guard let match = try await matching(user, password, origin) else { throw Self.wrong }
        return match.user
    }

    private func matching(_ user: UsersRow?, _ typed: String, _ origin: HashOrigin) async throws -> Match? {
        let password = PasswordText.normalized(typed)
        if let user = try await matching(user, exactly: password, origin) { return Match(user: user, isAsTyped: false) }
        // The scalars differ; Swift's == compares canonically.
        guard !password.utf8.elementsEqual(typed.utf8) else { return nil }
        return try await matching(user, exactly: typed, origin).map { Match(user: $0, isAsTyped: true) }
    }

    private func matching(
        _ user: UsersRow?, exactly password: String, _ origin: HashOrigin
    ) async throws -> UsersRow? {
        // A password that cannot be right must take as long.
        let stored = user?.passwordHash ?? dummyHash
        let isPossible = user?.deletedAt == nil && hasher.canMatch(password, stored)
        let hash = isPossible ? stored : dummyHash
        let isCorrect = try await hasher.isCorrect(password, hash: hash, for: origin)
        return isPossible && isCorrect ? user : nil
    }

    /// Returns the hash to store for a password that was just checked: a new one if the cost has been raised, or if the
    /// old one is not of the normalized password.
    func hash(of match: Match, password: String, _ context: Context) async throws -> String {
        let password = PasswordText.normalized(password)
        let isOutdated = match.isAsTyped || hasher.isOutdated(match.user.passwordHash)
        guard isOutdated else { return match.user.passwordHash }
        return try await hasher.hash(password, for: HashOrigin(context, account: match.user.id.description))
    }

    /// The problem for a wrong password. Not a 401, because the caller is signed in.
    static var wrong: Problem { Problem(.passwordWrong) }
}

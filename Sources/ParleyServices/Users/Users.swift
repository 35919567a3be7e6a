package import ParleyContract
package import SpecCore

/// The signed-in user's own account and settings, and what others show of themselves.
package struct Users: UsersService {
    private let store: any Store

    package init(store: any Store) {
        self.store = store
    }

    package func getMe(_ input: GetMe.Input, _ context: Context) async throws -> GetMe.Output {
        let caller = try context.signedIn()
        guard let row = try await store.first(AccountsQueries.me(userId: caller.subject)) else { throw Users.gone }
        return .ok(User(row))
    }

    package func updateMe(_ input: UpdateMe.Input, _ context: Context) async throws -> UpdateMe.Output {
        let user = try context.signedIn().subject
        let now = Timestamp.now()
        // An absent member leaves what is there, null clears it.
        let query = AccountsQueries.updateProfile(
            userId: user, displayName: input.body.displayName, setsAbout: input.body.about != .absent,
            about: input.body.about.value, now: now)
        return try await store.write { transaction in
            try transaction.execute(query)
            guard let row = try transaction.first(AccountsQueries.me(userId: user)) else { throw Users.gone }
            try EventLog.append(
                LoggedEvent(kind: .profileUpdated, subject: user, at: now), to: user, in: transaction)
            return .ok(User(row))
        }
    }

    // MARK: Others

    package func getUser(_ input: GetUser.Input, _ context: Context) async throws -> GetUser.Output {
        let viewer = try context.signedIn().subject
        let profile = try await store.read { try Profile.find(input.userId, for: viewer, in: $0) }
        guard let profile else { throw Problem(GetUser.Problems.notFound, "There is no such user.") }
        return .ok(profile)
    }

    // MARK: Settings

    package func getSettings(_ input: GetSettings.Input, _ context: Context) async throws -> GetSettings.Output {
        let user = try context.signedIn().subject
        return .ok(try await store.read { try Settings.load(for: user, in: $0) })
    }

    package func updateSettings(
        _ input: UpdateSettings.Input, _ context: Context
    ) async throws -> UpdateSettings.Output {
        let user = try context.signedIn().subject
        let now = Timestamp.now()
        let query = input.body.query(for: user, at: now)
        return try await store.write { transaction in
            guard let row = try transaction.first(query) else { throw Users.gone }
            try EventLog.append(
                LoggedEvent(kind: .settingsUpdated, subject: user, at: now), to: user, in: transaction)
            return .ok(Settings(row))
        }
    }

    /// The account of a living session was removed a moment ago.
    private static var gone: Problem { Problem(.unauthenticated, "This account is gone.") }
}

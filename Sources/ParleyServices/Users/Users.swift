package import ParleyContract
package import SpecCore

/// The signed-in user's own account.
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
        let caller = try context.signedIn()
        let (setsAbout, about) = Users.change(input.body.about)
        let query = AccountsQueries.updateProfile(
            userId: caller.subject, displayName: input.body.displayName, setsAbout: setsAbout, about: about,
            now: .now())
        let changed = try await store.write { transaction in
            try transaction.execute(query)
            return try transaction.first(AccountsQueries.me(userId: caller.subject))
        }
        guard let changed else { throw Users.gone }
        return .ok(User(changed))
    }

    /// An absent member leaves what is there, null clears it.
    private static func change(_ field: Field<String>) -> (sets: Bool, value: String?) {
        switch field {
        case .absent: (false, nil)
        case .null: (true, nil)
        case .value(let text): (true, text)
        }
    }

    /// The account of a living session was removed a moment ago.
    private static var gone: Problem { Problem(.unauthenticated, "This account is gone.") }
}

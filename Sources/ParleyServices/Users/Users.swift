package import ParleyContract
package import SpecCore

/// The signed-in user's own account and settings, and what others show of themselves.
package struct Users: UsersService {
    private let store: any Store
    private let references: References
    private let pictures: Pictures
    private let now: @Sendable () -> Timestamp

    package init(
        store: any Store, objects: any MediaStore, references: References, now: @escaping @Sendable () -> Timestamp
    ) {
        self.store = store
        self.references = references
        self.now = now
        pictures = Pictures(store: store, objects: objects)
    }

    package func getMe(_ input: GetMe.Input, _ context: Context) async throws -> GetMe.Output {
        let caller = try context.signedIn()
        guard let row = try await store.first(AccountsQueries.me(userId: caller.subject)) else {
            throw AccountGone.problem
        }
        let user = User(row)
        // Signatures differ from answer to answer; what they sign does not.
        return .ok(user.signed(by: references.signer(for: user.id)), headers: .init(eTag: EntityTag.of(user).text))
    }

    package func updateMe(_ input: UpdateMe.Input, _ context: Context) async throws -> UpdateMe.Output {
        let id = try context.signedIn().subject
        let time = now()
        let keep = ContactsQueries.keepName(ownerId: id, displayName: input.body.displayName)
        // An absent member leaves what is there, null clears it.
        let query = AccountsQueries.updateProfile(
            userId: id, displayName: input.body.displayName, setsAbout: input.body.about != .absent,
            about: input.body.about.value, now: time)
        let user = try await store.write { transaction in
            try transaction.execute(AccountsQueries.hold(userId: id))
            try Precondition.check(input.ifMatch, Self.me(id, in: transaction))
            try transaction.execute(keep)
            try transaction.execute(query)
            try ProfileEvent.append(for: id, at: time, in: transaction)
            return try Self.me(id, in: transaction)
        }
        return .ok(user.signed(by: references.signer(for: user.id)), headers: .init(eTag: EntityTag.of(user).text))
    }

    private static func me(_ id: Identifier, in transaction: any Transaction) throws -> User {
        guard let row = try transaction.first(AccountsQueries.me(userId: id)) else { throw AccountGone.problem }
        return User(row)
    }

    // MARK: Pictures

    package func putPicture(_ input: PutPicture.Input, _ context: Context) async throws -> PutPicture.Output {
        let id = try context.signedIn().subject
        let picture = try await pictures.receive(input.body.file)
        let user = try await pictures.put(picture, for: id, at: now())
        return .ok(user.signed(by: references.signer(for: id)))
    }

    package func deletePicture(_ input: DeletePicture.Input, _ context: Context) async throws -> DeletePicture.Output {
        try await pictures.remove(of: context.signedIn().subject, at: now())
        return .noContent
    }

    package func getPicture(_ input: GetPicture.Input, _ context: Context) async throws -> GetPicture.Output {
        guard let row = try await pictures.visible(of: input.userId, to: context.signedIn()) else {
            throw Problem(GetPicture.Problems.notFound, "There is no picture of this user.")
        }
        let tag = EntityTag(digest: row.sha256)
        if let known = input.ifNoneMatch, tag.isNamedWeakly(in: known) {
            return .notModified(headers: .init(eTag: tag.text, cacheControl: CacheRule.own))
        }
        return .ok(
            pictures.body(row), contentType: row.contentType,
            headers: .init(eTag: tag.text, cacheControl: CacheRule.own))
    }

    // MARK: Others

    package func getUser(_ input: GetUser.Input, _ context: Context) async throws -> GetUser.Output {
        let viewer = try context.signedIn().subject
        let profile = try await store.read { try Profile.find(input.userId, for: viewer, in: $0) }
        guard let profile else { throw Problem(GetUser.Problems.notFound, "There is no such user.") }
        return .ok(profile.signed(by: references.signer(for: viewer)))
    }

    // MARK: Settings

    package func getSettings(_ input: GetSettings.Input, _ context: Context) async throws -> GetSettings.Output {
        let user = try context.signedIn().subject
        let settings = try await store.read { try Settings.load(for: user, in: $0) }
        return .ok(settings, headers: .init(eTag: EntityTag.of(settings).text))
    }

    package func updateSettings(
        _ input: UpdateSettings.Input, _ context: Context
    ) async throws -> UpdateSettings.Output {
        let user = try context.signedIn().subject
        let time = now()
        let query = input.body.query(for: user, at: time)
        let settings = try await store.write { transaction in
            if input.ifMatch != nil { try transaction.execute(AccountsQueries.hold(userId: user)) }
            try Precondition.check(input.ifMatch, Settings.load(for: user, in: transaction))
            guard let row = try transaction.first(query) else { throw AccountGone.problem }
            try EventLog.append(
                LoggedEvent(kind: .settingsUpdated, subject: user, at: time), to: user, in: transaction)
            return Settings(row)
        }
        return .ok(settings, headers: .init(eTag: EntityTag.of(settings).text))
    }
}

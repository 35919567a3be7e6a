package import ParleyContract
package import SpecCore

/// Account and settings of the signed-in user, and the profiles of others.
package struct Users: UsersService {
    private let store: any Store
    private let pictures: Pictures
    private let now: @Sendable () -> Timestamp

    package init(
        store: any Store, objects: any MediaStore, inspector: any FileInspector,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.store = store
        self.now = now
        pictures = Pictures(store: store, objects: objects, inspector: inspector)
    }

    package func getMe(_ input: GetMe.Input, _ context: Context) async throws -> GetMe.Output {
        let caller = try context.signedIn()
        guard let row = try await store.first(AccountsQueries.me(userId: caller.subject)) else {
            throw AccountGone.problem
        }
        let user = User(row)
        return .ok(user, headers: .init(eTag: EntityTag.of(user).text))
    }

    package func updateMe(_ input: UpdateMe.Input, _ context: Context) async throws -> UpdateMe.Output {
        let id = try context.signedIn().subject
        let time = now()
        let name = try UserName.accepted(input.body.displayName)
        let keep = ContactsQueries.keepName(ownerId: id, displayName: name)
        // An absent member keeps its value, null clears it.
        let query = AccountsQueries.updateProfile(
            userId: id, displayName: name, setsAbout: input.body.about != .absent,
            about: input.body.about.value, now: time)
        let user = try await store.write { transaction in
            _ = try transaction.first(UsersTable.find(id: id))
            try IfMatch.check(input.ifMatch, .of(Self.me(id, in: transaction)))
            try transaction.execute(keep)
            try transaction.execute(ContactsQueries.noteRename(userId: id, displayName: name))
            try transaction.execute(query)
            try ProfileEvent.emit(for: id, at: time, in: transaction)
            return try Self.me(id, in: transaction)
        }
        return .ok(user, headers: .init(eTag: EntityTag.of(user).text))
    }

    private static func me(_ id: Identifier, in transaction: any Transaction) throws -> User {
        guard let row = try transaction.first(AccountsQueries.me(userId: id)) else { throw AccountGone.problem }
        return User(row)
    }

    // MARK: Pictures

    package func putPicture(_ input: PutPicture.Input, _ context: Context) async throws -> PutPicture.Output {
        let id = try context.signedIn().subject
        let picture = try await pictures.receive(input.body.file)
        let user = try await pictures.put(picture, for: id, at: now(), logger: context.logger)
        return .ok(user)
    }

    package func deletePicture(_ input: DeletePicture.Input, _ context: Context) async throws -> DeletePicture.Output {
        try await pictures.remove(of: context.signedIn().subject, at: now(), logger: context.logger)
        return .noContent
    }

    package func getPicture(_ input: GetPicture.Input, _ context: Context) async throws -> GetPicture.Output {
        guard let row = try await pictures.visible(of: input.userId, to: context.signedIn()) else {
            throw Problem(.notFound, "This user has no picture.")
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
        guard let profile else { throw Problem(.notFound, "There is no such user.") }
        return .ok(profile)
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
            if input.ifMatch != nil { _ = try transaction.first(UsersTable.find(id: user)) }
            try IfMatch.check(input.ifMatch, .of(Settings.load(for: user, in: transaction)))
            guard let row = try transaction.first(query) else { throw AccountGone.problem }
            try transaction.emit(LoggedEvent(.settingsUpdated, subject: user, at: time), to: [user])
            return Settings(row)
        }
        return .ok(settings, headers: .init(eTag: EntityTag.of(settings).text))
    }
}

package import ParleyContract
package import SpecCore

/// Registration, e-mail verification and account deletion.
package struct Accounts: AccountsService {
    private let store: any Store
    private let files: FileRemoval
    private let hasher: PasswordHasher
    private let passwords: PasswordCheck
    private let secondFactor: SecondFactor
    private let mails: TokenMailer
    private let now: @Sendable () -> Timestamp

    package init(
        store: any Store, objects: any MediaStore, hasher: PasswordHasher, passwords: PasswordCheck,
        secondFactor: SecondFactor, seals: MailSeals, now: @escaping @Sendable () -> Timestamp
    ) {
        self.store = store
        files = FileRemoval(store: store, objects: objects)
        self.hasher = hasher
        self.passwords = passwords
        self.secondFactor = secondFactor
        self.now = now
        mails = TokenMailer(store: store, seals: seals, now: now)
    }

    // MARK: Register

    package func register(_ input: Register.Input, _ context: Context) async throws -> Register.Output {
        let body = input.body
        let name = try UserName.accepted(body.displayName)
        let password = try PasswordRules.accepted(body.password)
        try PasswordRules.checkOwnWords(in: password, email: body.email, name: name)
        let key = EmailKey.of(body.email)
        guard try await store.first(UsersTable.findByEmailKey(emailKey: key)) == nil else { throw Accounts.emailTaken }
        let hash = try await hasher.hash(password, for: HashOrigin(context, account: key))
        let time = now()
        let user = UsersRow(
            id: .make(), email: body.email, emailKey: key, passwordHash: hash,
            displayName: name, about: nil, emailVerified: false, createdAt: time, updatedAt: time,
            lastSeenAt: nil, deletedAt: nil)
        try await add(user)
        return .created(User(registered: user), viewer: user.id)
    }

    private func add(_ user: UsersRow) async throws {
        do {
            try await store.write { transaction in
                try transaction.execute(UsersTable.insert(user))
                try mails.send(.verifyEmail, to: user, in: transaction, at: user.createdAt)
            }
        } catch StoreError.constraint(.unique, _) {
            // Another request registered the same address in the meantime.
            throw Accounts.emailTaken
        }
    }

    private static var emailTaken: Problem {
        Problem(.emailTaken)
    }

    // MARK: Verify

    package func verifyEmail(_ input: VerifyEmail.Input, _ context: Context) async throws -> VerifyEmail.Output {
        let user = try context.signedIn().subject
        let hash = SecretToken(input.body.token).hash
        let time = now()
        try await store.write { transaction in
            let purpose = TokenPurpose.verifyEmail
            let use = AccountsQueries.useToken(hash: hash, purpose: purpose, now: time)
            // Another account's token is left as it is: the exception takes its use back.
            guard let owner = try transaction.first(use), owner.userId == user else { throw Problem(.tokenInvalid) }
            try transaction.execute(AccountsQueries.verifyEmail(userId: owner.userId, now: time))
            try transaction.execute(AccountsQueries.forgetTokens(userId: owner.userId, purpose: purpose))
        }
        return .noContent
    }

    package func resendVerification(
        _ input: ResendVerification.Input, _ context: Context
    ) async throws -> ResendVerification.Output {
        try await mails.answer(.verifyEmail, address: input.body.email) { !$0.emailVerified }
        return .accepted
    }

    // MARK: Delete

    package func deleteMe(_ input: DeleteMe.Input, _ context: Context) async throws -> DeleteMe.Output {
        let user = try await passwords.user(context, password: input.body.password)
        let time = now()
        let code = input.body.code.value
        let removed = try await store.write { transaction in
            try secondFactor.require(code, of: user, in: transaction, at: time)
            return try AccountRemoval(of: user, at: time, .accountDeleted).run(in: transaction)
        }
        await files.removeBytes(of: removed, logger: context.logger)
        return .noContent
    }
}

import ParleyContract
import SpecCore

/// Purpose of a mailed token.
typealias TokenPurpose = MailTokensRow.Purpose

extension TokenPurpose {
    /// Returns the time at which a token mailed now expires.
    func expiry(from time: Timestamp) -> Timestamp { time.adding(seconds: lifetimeSeconds) }

    private var lifetimeSeconds: Int64 {
        switch self {
        case .verifyEmail: 24 * 60 * 60
        case .resetPassword: 60 * 60
        }
    }

    /// Returns the mail with a token's line.
    func template(_ token: String) -> MailTemplate {
        switch self {
        case .verifyEmail: .verifyEmail(token)
        case .resetPassword: .resetPassword(token)
        }
    }
}

/// Creates tokens and adds their mails to the outbox.
struct TokenMailer: Sendable {
    /// Maximum number of mails per account, purpose and ``windowSeconds``, from all networks together.
    static let mailsMax: Int64 = 10
    private static let windowSeconds: Int64 = 60 * 60

    private let store: any Store
    private let seals: MailSeals
    private let now: @Sendable () -> Timestamp

    init(store: any Store, seals: MailSeals, now: @escaping @Sendable () -> Timestamp) {
        self.store = store
        self.seals = seals
        self.now = now
    }

    /// Stores a token and its mail.
    func send(
        _ purpose: TokenPurpose, to user: UsersRow, in transaction: any Transaction, at time: Timestamp
    ) throws {
        let token = SecretToken()
        try transaction.execute(
            MailTokensTable.insert(
                MailTokensRow(
                    hash: token.hash, userId: user.id, purpose: purpose, expiresAt: purpose.expiry(from: time))
            ))
        let line = try seals.line(token, to: user.email)
        try transaction.execute(purpose.template(line).query(to: user, at: time))
    }

    /// Mails a token to an address if its account satisfies `isDue` and has not had ``mailsMax`` mails.
    ///
    /// The caller learns nothing of that: for an unknown address a mail is inserted and deleted again, so that the
    /// request takes as long.
    func answer(
        _ purpose: TokenPurpose, address: String, where isDue: @Sendable (UsersRow) -> Bool
    ) async throws {
        let time = now()
        let user = try await store.first(UsersTable.findByEmailKey(emailKey: EmailKey.of(address)))
        let recipient = user.flatMap { isDue($0) ? $0 : nil }
        try await store.write { transaction in
            // Requests at the same time are counted one after the other.
            try transaction.execute(AccountLock.query(of: recipient))
            let isAllowed = try Self.isAllowed(purpose, to: recipient?.id ?? .make(), in: transaction, at: time)
            if let recipient, isAllowed { return try send(purpose, to: recipient, in: transaction, at: time) }
            let line = try seals.line(SecretToken(), to: address)
            let mail = purpose.template(line).row(to: address, at: time)
            try transaction.execute(OutboxTable.insert(mail))
            try transaction.execute(OutboxTable.delete(id: mail.id))
        }
    }

    /// Counts the tokens by their expiry, in the store, so that the limit holds for all nodes and across restarts.
    private static func isAllowed(
        _ purpose: TokenPurpose, to user: Identifier, in transaction: any Transaction, at time: Timestamp
    ) throws -> Bool {
        // A token that was mailed at the start of the window expires then.
        let expiry = purpose.expiry(from: time.adding(seconds: -windowSeconds))
        let count = AccountsQueries.countTokens(userId: user, purpose: purpose, expiresAfter: expiry)
        return try transaction.first(count)?.tokens ?? 0 < mailsMax
    }
}

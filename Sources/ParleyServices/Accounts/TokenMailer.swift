import ParleyContract
import SpecCore

/// Purpose of a mailed token, as stored in the table of tokens.
enum TokenPurpose: String, Sendable {
    case verifyEmail = "verify-email"
    case resetPassword = "reset-password"

    /// Returns the time at which a token mailed now expires.
    func expiry(from time: Timestamp) -> Timestamp {
        switch self {
        case .verifyEmail: time.adding(seconds: 24 * 60 * 60)
        case .resetPassword: time.adding(seconds: 60 * 60)
        }
    }

    func template(_ token: SecretToken) -> MailTemplate {
        switch self {
        case .verifyEmail: .verifyEmail(token)
        case .resetPassword: .resetPassword(token)
        }
    }
}

/// Creates tokens and adds their mails to the outbox.
struct TokenMailer: Sendable {
    private let store: any Store
    private let now: @Sendable () -> Timestamp

    init(store: any Store, now: @escaping @Sendable () -> Timestamp) {
        self.store = store
        self.now = now
    }

    /// Stores a token and its mail.
    static func send(
        _ purpose: TokenPurpose, to user: UsersRow, in transaction: any Transaction, at time: Timestamp
    ) throws {
        let token = SecretToken()
        try transaction.execute(
            MailTokensTable.insert(
                MailTokensRow(
                    hash: token.hash, userId: user.id, purpose: purpose.rawValue, expiresAt: purpose.expiry(from: time))
            ))
        try transaction.execute(purpose.template(token).query(to: user, at: time))
    }

    /// Mails a token to an address if its account satisfies `isDue`.
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
            if let recipient { return try Self.send(purpose, to: recipient, in: transaction, at: time) }
            let mail = purpose.template(SecretToken()).row(to: address, at: time)
            try transaction.execute(OutboxTable.insert(mail))
            try transaction.execute(OutboxTable.delete(id: mail.id))
        }
    }
}

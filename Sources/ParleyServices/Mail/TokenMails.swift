import ParleyContract
import SpecCore

/// What a mailed token is good for, in the table of tokens.
enum TokenPurpose: String, Sendable {
    case verifyEmail = "verify-email"
    case resetPassword = "reset-password"

    /// When a token that is mailed now stops working.
    func expiry(from time: Timestamp) -> Timestamp {
        switch self {
        case .verifyEmail: time.adding(seconds: 24 * 60 * 60)
        case .resetPassword: time.adding(seconds: 60 * 60)
        }
    }

    func letter(_ token: SecretToken) -> Letter {
        switch self {
        case .verifyEmail: .verifyEmail(token)
        case .resetPassword: .resetPassword(token)
        }
    }
}

/// Mails tokens to those whom they are for.
struct TokenMails: Sendable {
    private let store: any Store
    private let now: @Sendable () -> Timestamp

    init(store: any Store, now: @escaping @Sendable () -> Timestamp) {
        self.store = store
        self.now = now
    }

    /// A token and its mail.
    static func send(
        _ purpose: TokenPurpose, to user: UsersRow, in transaction: any Transaction, at time: Timestamp
    ) throws {
        let token = SecretToken()
        try transaction.execute(
            MailTokensTable.insert(
                MailTokensRow(
                    hash: token.hash, userId: user.id, purpose: purpose.rawValue, expiresAt: purpose.expiry(from: time))
            ))
        try transaction.execute(purpose.letter(token).query(to: user, at: time))
    }

    /// Mails a token to an address if it is that of an account for which `isDue` holds.
    ///
    /// Whoever asks hears nothing of that and waits as long for an unknown address: that is paid with a mail that is
    /// written and taken back.
    func answer(
        _ purpose: TokenPurpose, address: String, where isDue: @Sendable (UsersRow) -> Bool
    ) async throws {
        let time = now()
        let user = try await store.first(UsersTable.findByEmailKey(emailKey: EmailKey.of(address)))
        let recipient = user.flatMap { isDue($0) ? $0 : nil }
        try await store.write { transaction in
            if let recipient { return try Self.send(purpose, to: recipient, in: transaction, at: time) }
            let mail = purpose.letter(SecretToken()).row(to: address, at: time)
            try transaction.execute(OutboxTable.insert(mail))
            try transaction.execute(OutboxTable.delete(id: mail.id))
        }
    }
}

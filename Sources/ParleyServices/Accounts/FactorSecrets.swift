import Crypto
import ParleyContract
import SpecCore

/// Seals the secrets of second factors (AES-256-GCM), so that who has the database without the server's secrets makes no
/// codes of them.
struct FactorSecrets: Sendable {
    /// Before the name of the key, in the rows that are sealed; a secret from before that stands there bare.
    private static let format: UInt8 = 1

    private let keys: ServerKeys

    init(keys: ServerKeys) {
        self.keys = keys
    }

    /// Format, name of the key, nonce, secret, tag. Bound to the user: in another's row it opens nothing.
    func seal(_ secret: [UInt8], of user: Identifier) throws -> [UInt8] {
        let set = keys.current
        let box = try AES.GCM.seal(secret, using: set.secondFactor, authenticating: [user].packed)
        guard let sealed = box.combined else { preconditionFailure("a nonce of 12 bytes combines with the rest") }
        return Self.start(set) + sealed
    }

    /// nil when none of the server's secrets opens it: the one that sealed it was taken away.
    func open(_ kept: [UInt8], of user: Identifier) -> [UInt8]? {
        if kept.count == TOTP.secretBytes { return kept }
        guard let set = keys.sets.first(where: { kept.starts(with: Self.start($0)) }),
            let box = try? AES.GCM.SealedBox(combined: kept.dropFirst(Self.start(set).count)),
            let secret = try? AES.GCM.open(box, using: set.secondFactor, authenticating: [user].packed)
        else { return nil }
        return Array(secret)
    }

    /// Seals a secret anew that is bare, or sealed with an older secret of the server.
    func refresh(_ row: TwoFactorsRow, in transaction: any Transaction) throws {
        guard !isCurrent(row.secret), let secret = open(row.secret, of: row.userId) else { return }
        let sealed = try seal(secret, of: row.userId)
        try transaction.execute(TwoFactorQueries.reseal(userId: row.userId, secret: row.secret, sealed: sealed))
    }

    private func isCurrent(_ kept: [UInt8]) -> Bool {
        kept.count != TOTP.secretBytes && kept.starts(with: Self.start(keys.current))
    }

    private static func start(_ set: ServerKeys.KeySet) -> [UInt8] { [format] + Array(set.identifier.utf8) }

    /// What a step of a walk through all accounts came to.
    struct Refreshed: Equatable {
        /// Where the walk goes on; nil at the end.
        let place: Identifier?
        /// How many secrets in force none of the server's secrets opens.
        let lostCount: Int
    }

    /// One step of a walk through all accounts, so that a secret of the server can be taken away some time after another
    /// came before it.
    func refresh(behind place: Identifier, limit: Int64, in store: any Store) async throws -> Refreshed {
        let rows = try await store.all(TwoFactorsTable.page(userId: place, limit: limit))
        let old = rows.filter { !isCurrent($0.secret) }
        if !old.isEmpty { try await store.write { for row in old { try refresh(row, in: $0) } } }
        return Refreshed(
            place: rows.count < limit ? nil : rows.last?.userId,
            lostCount: old.count { $0.confirmedAt != nil && open($0.secret, of: $0.userId) == nil })
    }
}

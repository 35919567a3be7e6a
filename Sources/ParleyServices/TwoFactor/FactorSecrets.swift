import Crypto
import ParleyContract
import SpecCore

/// Encrypts the secrets of second factors (AES-256-GCM), so that the database alone is not enough to generate codes.
struct FactorSecrets: Sendable {
    /// Format byte before the key's name in encrypted rows; older secrets are stored in plain text.
    private static let format: UInt8 = 1

    private let keys: ServerKeys

    init(keys: ServerKeys) {
        self.keys = keys
    }

    /// Returns format, key name, nonce, ciphertext and tag. Bound to the user: it cannot be decrypted in another row.
    func seal(_ secret: [UInt8], of user: Identifier) throws -> [UInt8] {
        let set = keys.current
        let box = try AES.GCM.seal(secret, using: set.secondFactor, authenticating: user.bytes)
        guard let sealed = box.combined else { preconditionFailure("a nonce of 12 bytes combines with the rest") }
        return Self.start(set) + sealed
    }

    /// Returns the secret, or nil if it was encrypted with a secret of the server that is no longer configured.
    func open(_ kept: [UInt8], of user: Identifier) -> [UInt8]? {
        if kept.count == TOTP.secretBytes { return kept }
        guard let set = keys.sets.first(where: { kept.starts(with: Self.start($0)) }),
            let box = try? AES.GCM.SealedBox(combined: kept.dropFirst(Self.start(set).count)),
            let secret = try? AES.GCM.open(box, using: set.secondFactor, authenticating: user.bytes)
        else { return nil }
        return Array(secret)
    }

    /// Encrypts a secret again if it is in plain text or encrypted with an older secret of the server.
    func refresh(_ row: TwoFactorsRow, in transaction: any Transaction) throws {
        guard !isCurrent(row.secret), let secret = open(row.secret, of: row.userId) else { return }
        let sealed = try seal(secret, of: row.userId)
        try transaction.execute(TwoFactorQueries.reseal(userId: row.userId, secret: row.secret, sealed: sealed))
    }

    private func isCurrent(_ kept: [UInt8]) -> Bool {
        kept.count != TOTP.secretBytes && kept.starts(with: Self.start(keys.current))
    }

    private static func start(_ set: ServerKeys.KeySet) -> [UInt8] { [format] + Array(set.identifier.utf8) }

    /// Result of a step of a scan through all accounts.
    struct Refreshed: Equatable {
        /// Place where the scan continues; nil at the end.
        let place: Identifier?
        /// Number of secrets in use that cannot be decrypted.
        let lostCount: Int
    }

    /// Runs one step of a scan through all accounts, so that an old secret of the server can be removed some time after
    /// a new one was added.
    func refresh(behind place: Identifier, limit: Int64, in store: any Store) async throws -> Refreshed {
        let rows = try await store.all(TwoFactorsTable.page(userId: place, limit: limit))
        let old = rows.filter { !isCurrent($0.secret) }
        if !old.isEmpty { try await store.write { for row in old { try refresh(row, in: $0) } } }
        return Refreshed(
            place: rows.count < limit ? nil : rows.last?.userId,
            lostCount: old.count { $0.confirmedAt != nil && open($0.secret, of: $0.userId) == nil })
    }
}

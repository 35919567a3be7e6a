import ParleyContract
import SpecCore

/// The sealed secrets of second factors, so that the database alone is not enough to generate codes.
struct FactorSecrets: Sendable {
    private let sealer: Sealer

    init(_ keys: SealingKeys) {
        sealer = keys.secondFactor
    }

    /// Returns the secret as it is stored, bound to its user.
    func seal(_ secret: [UInt8], of user: Identifier) throws -> [UInt8] { try sealer.seal(secret, of: user.bytes) }

    /// Returns the secret, or nil if it was sealed with a secret of the server that is no longer configured.
    func open(_ kept: [UInt8], of user: Identifier) -> [UInt8]? {
        Self.isBare(kept) ? kept : sealer.open(kept, of: user.bytes)
    }

    /// Seals a secret again if it is bare or sealed with an older secret of the server.
    func refresh(_ row: TwoFactorsRow, in transaction: any Transaction) throws {
        guard !isCurrent(row.secret), let secret = open(row.secret, of: row.userId) else { return }
        let sealed = try seal(secret, of: row.userId)
        try transaction.execute(TwoFactorQueries.reseal(userId: row.userId, secret: row.secret, sealed: sealed))
    }

    private func isCurrent(_ kept: [UInt8]) -> Bool { !Self.isBare(kept) && sealer.isCurrent(kept) }

    /// True if a secret is of a release that did not seal.
    private static func isBare(_ kept: [UInt8]) -> Bool { kept.count == TOTP.secretBytes }

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

import Logging
import ParleyContract
import SpecCore

/// Removes accounts whose address was not verified in time, so that nobody holds the address of another person.
struct UnverifiedAccounts: Sendable {
    /// Days after which an unverified account is removed.
    static let daysMax: Int64 = 7

    private let store: any Store
    private let files: FileRemoval
    private let batchMax: Int64
    private let logger: Logger

    init(store: any Store, files: FileRemoval, batchMax: Int64, logger: Logger) {
        self.store = store
        self.files = files
        self.batchMax = batchMax
        self.logger = logger
    }

    /// Runs one step of a scan through all accounts.
    ///
    /// - Returns: the place where the scan continues; nil at the end.
    func remove(after place: Identifier, at time: Timestamp) async throws -> Identifier? {
        let rows = try await store.all(UsersTable.page(id: place, limit: batchMax))
        for row in rows where Self.isOver(row, at: time) {
            let id = row.id
            do {
                let removed = try await store.write { try Self.remove(id, in: $0, at: time) }
                await files.removeBytes(of: removed, logger: logger)
            } catch {
                logger.error("an unverified account could not be deleted: \(error)")
            }
        }
        return rows.count < batchMax ? nil : rows.last?.id
    }

    private static func isOver(_ row: UsersRow, at time: Timestamp) -> Bool {
        !row.emailVerified && row.deletedAt == nil && row.createdAt.adding(seconds: daysMax * 24 * 60 * 60) <= time
    }

    /// Removes the account unless it was verified, or deleted, since it was read.
    /// - Returns: the removed files.
    private static func remove(
        _ id: Identifier, in transaction: any Transaction, at time: Timestamp
    ) throws -> [Identifier] {
        guard let row = try AccountLock.user(id, in: transaction), isOver(row, at: time) else { return [] }
        return try AccountRemoval(of: row, at: time, .accountExpired).run(in: transaction)
    }
}

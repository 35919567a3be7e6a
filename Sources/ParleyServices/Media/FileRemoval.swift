import Logging
import ParleyContract
import SpecCore

/// Removal of files: their rows in a transaction, their bytes after its commit.
///
/// The transaction also notes the files in a table, in which the housekeeper finds them if the process ends in between.
struct FileRemoval: Sendable {
    private let store: any Store
    private let objects: any MediaStore

    init(store: any Store, objects: any MediaStore) {
        self.store = store
        self.objects = objects
    }

    /// Deletes those of the files that no message has, and returns their bytes to the quotas.
    ///
    /// - Returns: the deleted files.
    static func removeUnused(_ ids: [Identifier], in transaction: any Transaction) throws -> [Identifier] {
        guard !ids.isEmpty else { return [] }
        _ = try transaction.all(MediaQueries.lock(ids: ids))
        let files = try transaction.all(MediaQueries.removeUnused(ids: ids))
        for (owner, own) in Dictionary(grouping: files, by: \.ownerId) {
            _ = try transaction.all(MediaQueries.addUsage(userId: owner, bytes: -own.reduce(0) { $0 + $1.size }))
        }
        return try note(files.map(\.id), in: transaction)
    }

    /// Deletes the files of a user that no message has, and their quota.
    static func removeAllUnused(of user: Identifier, in transaction: any Transaction) throws -> [Identifier] {
        _ = try transaction.all(MediaQueries.lockAll(ownerId: user))
        let files = try transaction.all(MediaQueries.removeAllUnused(ownerId: user)).map(\.id)
        try transaction.execute(MediaUsageTable.delete(userId: user))
        return try note(files, in: transaction)
    }

    /// Notes files whose rows are deleted, and returns them.
    static func note(_ ids: [Identifier], in transaction: any Transaction) throws -> [Identifier] {
        if !ids.isEmpty { try transaction.execute(MediaQueries.noteRemoved(ids: ids)) }
        return ids
    }

    /// Removes the bytes of files whose rows are deleted. What fails is left to the housekeeper.
    func removeBytes(of ids: [Identifier], logger: Logger) async {
        guard !ids.isEmpty else { return }
        do {
            for id in ids { try await objects.remove(id) }
            _ = try await store.write { try $0.execute(MediaQueries.endRemovals(ids: ids)) }
        } catch {
            logger.warning("the bytes of \(ids.count) deleted files could not be removed and are retried: \(error)")
        }
    }
}

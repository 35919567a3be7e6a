import Logging
import ParleyContract
import SpecCore

/// Removes files that were never sent, and bytes that were left when the process ended.
struct FileHousekeeping: Sendable {
    /// Period in seconds after which a file that no message has is removed.
    static let unsentSeconds: Int64 = 7 * 24 * 3_600

    let store: any Store
    let files: FileRemoval
    let batchMax: Int64
    let logger: Logger

    /// Removes the bytes of a batch of deleted files.
    ///
    /// - Returns: the place where the scan continues; nil at the end.
    func removeLeftBytes(after place: Identifier) async throws -> Identifier? {
        let left = try await store.all(RemovedFilesTable.page(id: place, limit: batchMax)).map(\.id)
        await files.removeBytes(of: left, logger: logger)
        return left.count < batchMax ? nil : left.last
    }

    /// Removes the files of a batch that are older than a week and that no message has.
    ///
    /// - Returns: the place where the scan continues; nil at the end.
    func removeUnsent(after place: Identifier, at time: Timestamp) async throws -> Identifier? {
        let limit = time.adding(seconds: -Self.unsentSeconds)
        let uploads = try await store.all(MediaQueries.uploads(after: place, limit: batchMax))
        let unsent = uploads.filter { !$0.isSent && $0.createdAt < limit }.map(\.id)
        if !unsent.isEmpty {
            let removed = try await store.write { try FileRemoval.removeUnused(unsent, in: $0) }
            await files.removeBytes(of: removed, logger: logger)
        }
        return uploads.count < batchMax ? nil : uploads.last?.id
    }
}

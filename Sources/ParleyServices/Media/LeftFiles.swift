import ParleyContract
import SpecCore

/// Removes the files that no row names: a server that is killed between the two leaves them.
struct LeftFiles: Sendable {
    /// How far the walk through all files has come.
    struct Place: Sendable, Equatable {
        /// The last byte of the ids that are looked at.
        var byte: UInt8 = 0
        var id = Identifier(high: 0, low: 0)
    }

    /// So long an upload may last.
    static let keptSeconds: Int64 = 24 * 3_600

    let store: any Store
    let objects: any MediaStore

    /// One step of the walk.
    /// - Returns: where it goes on; behind the last file it begins again.
    func sweep(from place: Place, limit: Int, at time: Timestamp) async throws -> Place {
        let ids = try await objects.list(endingIn: place.byte, behind: place.id, limit: limit)
        try await remove(ids, before: time.adding(seconds: -Self.keptSeconds))
        guard ids.count == limit, let last = ids.last else { return Place(byte: place.byte &+ 1) }
        return Place(byte: place.byte, id: last)
    }

    private func remove(_ ids: [Identifier], before end: Timestamp) async throws {
        guard let start = try await store.all(UsersTable.page(id: Place().id, limit: 1)).first?.id.made else { return }
        // What is older than the first account was another database's before, and is not ours to remove.
        let old = ids.filter { $0.made > start && $0.made < end }
        guard !old.isEmpty else { return }
        let named = Set(try await store.all(MediaQueries.named(ids: old.packed)).map(\.id))
        for id in old where !named.contains(id) { try await objects.remove(id) }
    }
}

extension Identifier {
    /// When a UUIDv7 was made.
    fileprivate var made: Timestamp { Timestamp(milliseconds: Int64(high >> 16)) }
}

package import ParleyContract
package import SpecCore

/// Reads the event logs of users.
package struct EventFeed: SyncService {
    private let store: any Store

    package init(store: any Store) {
        self.store = store
    }

    package func sync(_ input: Sync.Input, _ context: Context) async throws -> Sync.Output {
        let user = try context.signedIn().subject
        return .ok(
            try await store.read { transaction in
                let rows = try Self.rows(of: user, after: input.after, limit: Int64(input.limit), in: transaction)
                let payloads = try EventPayloads(rows, for: user, in: transaction)
                let items = rows.compactMap(payloads.event)
                return EventPage(items: items, nextAfter: rows.last?.seq ?? input.after)
            })
    }

    /// Returns the events after a position, up to the first gap.
    ///
    /// - Throws: ``Problem`` `cursor-expired` if the next event was pruned or never existed.
    private static func rows(
        of user: Identifier, after position: Int64, limit: Int64, in transaction: any Transaction
    ) throws -> [EventsRow] {
        let rows = try transaction.all(EventsQueries.behind(userId: user, after: position, limit: limit))
        let whole = zip(rows, 1...).prefix { $0.seq == position.saturatingAdding($1) }.map(\.0)
        guard whole.isEmpty else { return whole }
        let head = try transaction.first(EventHeadsTable.find(userId: user))?.lastSeq ?? 0
        guard position == head else {
            throw Problem(.cursorExpired)
        }
        return []
    }
}

package import ParleyContract
package import SpecCore

/// Reads users' event logs.
package struct EventFeed: SyncService {
    private let store: any Store
    private let references: References

    package init(store: any Store, references: References) {
        self.store = store
        self.references = references
    }

    package func sync(_ input: Sync.Input, _ context: Context) async throws -> Sync.Output {
        let user = try context.signedIn().subject
        return .ok(
            try await store.read { [signer = references.signer(for: user)] transaction in
                let rows = try Self.rows(of: user, after: input.after, limit: Int64(input.limit), in: transaction)
                let payloads = try EventPayloads(rows, for: user, in: transaction)
                let items = rows.compactMap(payloads.event).map { $0.signed(by: signer) }
                return EventPage(items: items, nextAfter: rows.last?.seq ?? input.after)
            })
    }

    /// The part of the log behind a position, up to where it is whole.
    ///
    /// - Throws: ``Problem`` `cursor-expired` where the next event is no longer there, or never was.
    private static func rows(
        of user: Identifier, after position: Int64, limit: Int64, in transaction: any Transaction
    ) throws -> [EventsRow] {
        let rows = try transaction.all(EventsQueries.behind(userId: user, after: position, limit: limit))
        let whole = zip(rows, 1...).prefix { $0.seq == position + $1 }.map(\.0)
        guard whole.isEmpty else { return whole }
        let head = try transaction.first(EventHeadsTable.find(userId: user))?.lastSeq ?? 0
        guard position == head else {
            throw Problem(
                Sync.Problems.cursorExpired, "The log does not reach to this position; read everything anew.")
        }
        return []
    }
}

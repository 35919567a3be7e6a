package import ParleyContract
package import SpecCore

/// Last-seen times of other users, subject to their settings and blocks.
package struct Presences: PresenceService {
    private let store: any Store
    private let lastSeen: LastSeen

    package init(store: any Store, lastSeen: LastSeen) {
        self.store = store
        self.lastSeen = lastSeen
    }

    package func getPresence(_ input: GetPresence.Input, _ context: Context) async throws -> GetPresence.Output {
        let viewer = try context.signedIn().subject
        let rows = try await store.all(PresenceQueries.seen(viewerId: viewer, ids: input.userIds))
        let known = Dictionary(rows.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var asked: Set<Identifier> = []
        let items = input.userIds.filter { asked.insert($0).inserted }.map { user in
            Presence(
                userId: user, status: .offline,
                lastSeenAt: known[user].flatMap { $0.isVisible(to: viewer) ? time($0) : nil })
        }
        return .ok(PresenceList(items: items))
    }

    /// Returns the later of the recorded and the stored time, as other nodes store times too.
    private func time(_ row: PresenceQueries.SeenRow) -> Timestamp? {
        guard let noted = lastSeen.time(of: row.id) else { return row.lastSeenAt }
        return max(noted, row.lastSeenAt ?? noted)
    }
}

extension PresenceQueries.SeenRow {
    /// Returns true if the user of the row lets the viewer see their last-seen time.
    func isVisible(to viewer: Identifier) -> Bool {
        if id == viewer { return true }
        if viewerStatus == .blocked { return false }
        switch visibility.map(LastSeenVisibility.init) ?? Settings.defaults.lastSeenVisibility {
        case .everyone: return true
        case .contacts: return viewerStatus == .active
        case .nobody: return false
        }
    }
}

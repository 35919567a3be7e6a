package import ParleyContract
package import SpecCore

/// When others were last here, as their settings and blocks let the caller see it.
package struct Presences: PresenceService {
    private let store: any Store
    private let lastSeen: LastSeen

    package init(store: any Store, lastSeen: LastSeen) {
        self.store = store
        self.lastSeen = lastSeen
    }

    package func getPresence(_ input: GetPresence.Input, _ context: Context) async throws -> GetPresence.Output {
        let viewer = try context.signedIn().subject
        let rows = try await store.all(PresenceQueries.seen(viewerId: viewer, ids: input.userIds.packed))
        let known = Dictionary(rows.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var asked: Set<Identifier> = []
        let items = input.userIds.filter { asked.insert($0).inserted }.map { user in
            Presence(
                userId: user, status: .offline,
                lastSeenAt: known[user].flatMap { $0.isVisible(to: viewer) ? time($0) : nil })
        }
        return .ok(PresenceList(items: items))
    }

    /// What was noted here a moment ago, or what the row says: the later one, as other nodes write rows too.
    private func time(_ row: PresenceQueries.SeenRow) -> Timestamp? {
        guard let noted = lastSeen.time(of: row.id) else { return row.lastSeenAt }
        return max(noted, row.lastSeenAt ?? noted)
    }
}

extension PresenceQueries.SeenRow {
    /// Whether the user of the row lets the viewer see when they were last here.
    func isVisible(to viewer: Identifier) -> Bool {
        if id == viewer { return true }
        let relation = viewerStatus.map { ContactStatus(rawValue: $0) ?? .blocked }
        if relation == .blocked { return false }
        switch visibility.map({ LastSeenVisibility(rawValue: $0) ?? .nobody }) ?? Settings.defaults.lastSeenVisibility {
        case .everyone: return true
        case .contacts: return relation == .active
        case .nobody: return false
        }
    }
}

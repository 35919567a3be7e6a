import ParleyContract
import SpecCore

extension Settings {
    /// What holds for a user who has chosen nothing.
    static let defaults = Settings(readReceipts: true, lastSeenVisibility: .everyone, notifications: true)

    init(_ row: SettingsRow) {
        self.init(
            readReceipts: row.readReceipts,
            // A value that a newer program wrote is the most careful one to this.
            lastSeenVisibility: LastSeenVisibility(rawValue: row.lastSeenVisibility) ?? .nobody,
            notifications: row.notifications)
    }

    /// A user's settings: what `settings:updated` tells of.
    static func load(for user: Identifier, in transaction: any Transaction) throws -> Settings {
        try transaction.first(SettingsTable.find(userId: user)).map(Settings.init) ?? .defaults
    }
}

extension UpdateSettingsRequest {
    /// The change: an absent member leaves what is there, null brings the default back.
    func query(for user: Identifier, at now: Timestamp) -> Query<SettingsRow> {
        UsersQueries.changeSettings(
            userId: user, readReceipts: Self.change(readReceipts, Settings.defaults.readReceipts),
            lastSeenVisibility: Self.change(lastSeenVisibility, Settings.defaults.lastSeenVisibility)?.rawValue,
            notifications: Self.change(notifications, Settings.defaults.notifications), now: now)
    }

    private static func change<Value>(_ field: Field<Value>, _ standard: Value) -> Value? {
        switch field {
        case .absent: nil
        case .null: standard
        case .value(let value): value
        }
    }
}

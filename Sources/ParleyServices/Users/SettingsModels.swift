import ParleyContract
import SpecCore

extension LastSeenVisibility {
    /// The visibility of a row.
    init(_ stored: SettingsRow.LastSeenVisibility) {
        switch stored {
        case .everyone: self = .everyone
        case .contacts: self = .contacts
        case .nobody: self = .nobody
        }
    }

    /// The visibility as it is stored.
    var stored: SettingsRow.LastSeenVisibility {
        switch self {
        case .everyone: .everyone
        case .contacts: .contacts
        case .nobody: .nobody
        }
    }
}

extension Settings {
    /// Settings of a user who has not changed any.
    static let defaults = Settings(readReceipts: true, lastSeenVisibility: .everyone, notifications: true)

    init(_ row: SettingsRow) {
        self.init(
            readReceipts: row.readReceipts,
            lastSeenVisibility: LastSeenVisibility(row.lastSeenVisibility),
            notifications: row.notifications)
    }

    /// Returns a user's settings, the payload of `settings:updated`.
    static func load(for user: Identifier, in transaction: any Transaction) throws -> Settings {
        try transaction.first(SettingsTable.find(userId: user)).map(Settings.init) ?? .defaults
    }
}

extension UpdateSettingsRequest {
    /// Returns the update statement: an absent member keeps its value, null restores the default.
    func query(for user: Identifier, at now: Timestamp) -> Query<SettingsRow> {
        UsersQueries.changeSettings(
            userId: user, readReceipts: Self.change(readReceipts, Settings.defaults.readReceipts),
            lastSeenVisibility: Self.change(lastSeenVisibility, Settings.defaults.lastSeenVisibility)?.stored,
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

import ParleyContract
import SpecStorage

/// The store that `DATABASE_URL` names.
enum Database {
    /// - Throws: ``SettingsError`` when it cannot be opened.
    static func open(_ settings: Settings) throws -> SQLiteStore {
        do {
            return try SQLiteStore(path: settings.databasePath, migrations: Migrations.all)
        } catch let error as OpenError {
            throw SettingsError("DATABASE_URL", "\(error)")
        }
    }
}

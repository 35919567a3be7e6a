/// The two databases that every test of rows runs on.
package enum Engine: String, Sendable, CaseIterable {
    case sqlite, postgres

    /// The `DATABASE_URL` of a fresh database.
    package func databaseURL(in folder: TemporaryFolder) async throws -> String {
        switch self {
        case .sqlite: "sqlite:\(folder.path)/parley.db"
        case .postgres: try await PostgresServer.shared.value.makeDatabase()
        }
    }
}

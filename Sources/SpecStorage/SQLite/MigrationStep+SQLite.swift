import GRDB

extension MigrationStep {
    /// Runs the step and records it in one transaction.
    func run(on database: Database, recording record: () throws -> Void) throws {
        if disablesForeignKeys { try database.execute(sql: "PRAGMA foreign_keys = OFF") }
        defer { if disablesForeignKeys { try? database.execute(sql: "PRAGMA foreign_keys = ON") } }
        try database.inTransaction(.immediate) {
            try database.execute(sql: text)
            if disablesForeignKeys { try database.checkForeignKeys() }
            try record()
            return .commit
        }
    }
}

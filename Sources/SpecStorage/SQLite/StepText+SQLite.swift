import GRDB

extension StepText {
    /// Runs the step in one transaction together with what records it.
    func run(on database: Database, recording record: () throws -> Void) throws {
        if isWithoutForeignKeys { try database.execute(sql: "PRAGMA foreign_keys = OFF") }
        defer { if isWithoutForeignKeys { try? database.execute(sql: "PRAGMA foreign_keys = ON") } }
        try database.inTransaction(.immediate) {
            try database.execute(sql: text)
            if isWithoutForeignKeys { try database.checkForeignKeys() }
            try record()
            return .commit
        }
    }
}

import SpecCore

/// A migration in the dialect of one engine.
struct MigrationStep {
    let text: String
    /// SQLite: tables are rebuilt, so foreign keys are off during the step and checked at its end.
    var disablesForeignKeys = false
    /// PostgreSQL: the statements that run one by one without a transaction; empty: the text runs in one. If one
    /// fails, all run again the next time, so they must be repeatable.
    var statements: [String] = []
}

extension Migration {
    var sqliteStep: MigrationStep { MigrationStep(text: "\(sqlite)", disablesForeignKeys: disablesForeignKeys) }

    var postgresStep: MigrationStep {
        MigrationStep(text: "\(postgres)", statements: postgresStatements.map { "\($0)" })
    }
}

/// A migration, as in its files.
package struct MigrationModel: Sendable, Equatable {
    /// The first line of a SQLite text that rebuilds a table.
    static let withoutForeignKeys = "-- without foreign keys\n"
    /// The first line of a PostgreSQL text whose statements run one by one.
    static let withoutTransaction = "-- without a transaction\n"

    /// The name: `0001-start`.
    package let name: String
    package let sqlite: String
    package let postgres: String

    package init(name: String, sqlite: String, postgres: String) {
        self.name = name
        self.sqlite = sqlite
        self.postgres = postgres
    }

    /// True if SQLite runs it with foreign keys off.
    package var disablesForeignKeys: Bool { sqlite.hasPrefix(Self.withoutForeignKeys) }

    /// The statements that PostgreSQL runs one by one outside of a transaction; empty: the text runs in one.
    package var postgresStatements: [String] {
        guard postgres.hasPrefix(Self.withoutTransaction) else { return [] }
        return SQLSource.statements(of: postgres, .postgres)
    }

    /// Reports a first line that looks like a directive but is none of the engine's.
    static func diagnostics(of file: SourceFile) -> [Diagnostic] {
        let line = String(decoding: file.lineBytes(1), as: UTF8.self)
        let isSQLite = file.path.hasSuffix(".sqlite.sql")
        let known = isSQLite ? Self.withoutForeignKeys : Self.withoutTransaction
        guard line.lowercased().hasPrefix("-- without"), line + "\n" != known else { return [] }
        let location = Location(
            file: file, start: Position(line: 1, column: 1),
            end: Position(line: 1, column: line.unicodeScalars.count + 1))
        return [
            Diagnostic(
                rule: "migration-directive", "'\(line)' is not a directive of \(isSQLite ? "SQLite" : "PostgreSQL")",
                at: location, help: "write '\(known.dropLast())'")
        ]
    }
}

/// One step of the schema's history, embedded in the binary.
public struct Migration: Sendable {
    /// Four digits and a word: `0001-start`.
    public let name: StaticString
    /// The text of each engine's file, whose checksum is recorded when the step is applied.
    public let sqlite: StaticString
    public let postgres: StaticString
    /// True if SQLite runs the step with foreign keys off and checks them all before the commit, because it rebuilds a
    /// table (`-- without foreign keys`).
    public let disablesForeignKeys: Bool
    /// The statements that PostgreSQL runs one by one outside of a transaction (`-- without a transaction`); empty: the
    /// text runs in one transaction. If one fails, all run again the next time, so each is safe to run twice.
    public let postgresStatements: [StaticString]

    @inlinable public init(
        name: StaticString, sqlite: StaticString, postgres: StaticString, disablesForeignKeys: Bool = false,
        postgresStatements: [StaticString] = []
    ) {
        self.name = name
        self.sqlite = sqlite
        self.postgres = postgres
        self.disablesForeignKeys = disablesForeignKeys
        self.postgresStatements = postgresStatements
    }
}

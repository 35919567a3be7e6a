import GRDB

/// The full-text indexes of a file, filled once for all rows of a group.
struct SearchIndexes: Sendable {
    /// The statements that index the waiting rows and then clear them.
    private let statements: [String]

    /// Finds the indexes that have a table of waiting rows.
    init(_ database: Database) throws {
        let indexes = try Row.fetchAll(
            database,
            sql: """
                SELECT i.name, c.name FROM pragma_table_list i
                JOIN pragma_table_list w ON w.name = i.name || '_waiting' AND w.schema = 'main'
                JOIN pragma_table_info(i.name) c ON c.cid = 0
                WHERE i.schema = 'main' AND i.type = 'virtual'
                """)
        statements = indexes.flatMap { Self.filling($0[0], column: $0[1]) }
    }

    /// The statements for one index, which is named after its table and column.
    private static func filling(_ index: String, column: String) -> [String] {
        let table = index.dropLast(column.count + 1)
        return [
            """
            INSERT INTO \(index) (rowid, \(column)) SELECT waiting.row_id, new.\(column)
            FROM \(index)_waiting AS waiting CROSS JOIN \(table) AS new ON new.row_id = waiting.row_id
            """,
            "DELETE FROM \(index)_waiting",
        ]
    }

    /// Indexes the waiting rows, in the transaction that added them.
    func fill(_ cache: StatementCache) throws {
        for statement in statements { try cache.run(made: statement) }
    }
}

/// The named statements of one file.
package struct QueryArea: Sendable, Equatable {
    package var name: String
    /// The named column lists, each with its row type.
    package var lists: [ColumnListModel] = []
    package var queries: [QueryModel]
}

/// A list of columns that several queries of a file return: `-- columns: view`.
package struct ColumnListModel: Sendable, Equatable {
    package var name: String
    package var columns: [ColumnModel]
    package var documentation: [String]
}

package struct QueryModel: Sendable, Equatable {
    package enum Result: Sendable, Equatable {
        case none
        /// Whole rows of a table.
        case table(String)
        case columns([ColumnModel])
        /// The rows of an earlier query of the same file.
        case query(String)
        /// The columns of an earlier list of the same file.
        case list(String)
    }

    package var name: String
    package var parameters: [ColumnModel]
    /// The table whose row the function takes, and the number of parameters that are its columns; the first ones.
    package var row: RowParameter?
    package var result: Result
    /// The SQLite statements; several only for a named write. Parameters are `?1`, … here and `$1::uuid`, … for
    /// PostgreSQL.
    package var sqlite: [String]
    package var postgres: String
    /// The properties of a named write, or nil for a query.
    package var write: WriteModel?
    package var documentation: [String]
}

/// A parameter that is a row of a table.
package struct RowParameter: Sendable, Equatable {
    package var table: String
    /// The number of the columns that the statement uses.
    package var count: Int
}

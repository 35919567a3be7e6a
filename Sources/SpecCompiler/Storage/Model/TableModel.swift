/// A table, with its columns, keys and constraints.
package struct TableModel: Sendable, Equatable {
    package var name: String
    /// The previous name, or nil if it is not renamed.
    package var was: String?
    package var documentation: [String] = []
    package var columns: [ColumnModel] = []
    package var key: [String] = []
    package var unique: [[String]] = []
    package var indexes: [[String]] = []
    package var references: [ReferenceModel] = []
    package var checks: [CheckModel] = []
    /// The text column whose tokens are indexed.
    package var search: String?

    package init(name: String) {
        self.name = name
    }

    package static func == (a: TableModel, b: TableModel) -> Bool {
        SchemaText(tables: [a]).lines == SchemaText(tables: [b]).lines
    }

    package func column(_ name: String) -> ColumnModel? { columns.first { $0.name == name } }
}

/// A foreign key: a column that refers to a column of another table or of the same one.
package struct ReferenceModel: Sendable, Equatable {
    package var column: String
    package var table: String
    package var target: String
}

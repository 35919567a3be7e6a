/// The rows that a spec keeps: what `schema.yaml` and `queries/` say, with every name decided.
package struct StorageContract: Sendable, Equatable {
    package var tables: [TableModel] = []
    package var queries: [QueryArea] = []
    package var migrations: [MigrationModel] = []

    package init() {}
}

/// The types that a column can have, each with its SQL on both engines.
package enum ColumnType: String, Sendable, CaseIterable {
    case identifier, text, integer, real, bool, bytes, timestamp

    package var sqlite: String {
        switch self {
        case .identifier, .bytes: "BLOB"
        case .text: "TEXT"
        case .integer, .bool, .timestamp: "INTEGER"
        case .real: "REAL"
        }
    }

    package var postgres: String {
        switch self {
        case .identifier: "uuid"
        case .bytes: "bytea"
        case .text: "text"
        case .integer: "bigint"
        case .bool: "boolean"
        case .timestamp: "timestamptz"
        case .real: "double precision"
        }
    }

    package var swift: String {
        switch self {
        case .identifier: "Identifier"
        case .text: "String"
        case .integer: "Int64"
        case .real: "Double"
        case .bool: "Bool"
        case .bytes: "[UInt8]"
        case .timestamp: "Timestamp"
        }
    }
}

/// A column, a parameter of a query, or a column of its result.
package struct ColumnModel: Sendable, Equatable {
    /// As SQL has it.
    package var name: String
    package var swiftName: String
    package var type: ColumnType
    package var isNullable: Bool
    /// The name it had before.
    package var was: String?
    /// What rows get that are there before the column: a literal of SQL.
    package var fill: String?

    package init(name: String, type: ColumnType, isNullable: Bool) {
        self.name = name
        swiftName = SwiftNames.lower(name)
        self.type = type
        self.isNullable = isNullable
    }

    package var swiftType: String { type.swift + (isNullable ? "?" : "") }
}

package struct TableModel: Sendable, Equatable {
    package var name: String
    /// The name it had before.
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

/// A column that holds what stands in a column of another table, or of the same.
package struct ReferenceModel: Sendable, Equatable {
    package var column: String
    package var table: String
    package var target: String
}

/// The named statements of one file.
package struct QueryArea: Sendable, Equatable {
    package var name: String
    package var queries: [QueryModel]
}

package struct QueryModel: Sendable, Equatable {
    package enum Result: Sendable, Equatable {
        case none
        /// Whole rows of a table.
        case table(String)
        case columns([ColumnModel])
        /// The rows of an earlier query of the same file.
        case query(String)
    }

    package var name: String
    package var parameters: [ColumnModel]
    package var result: Result
    /// With `?1` and `$1::uuid` for the parameters in their order; several statements only for a write.
    package var sqlite: [String]
    package var postgres: String
    /// nil: a query, not a write of its own.
    package var write: WriteModel?
    package var documentation: [String]
}

/// What makes a named statement a named write.
package struct WriteModel: Sendable, Equatable {
    /// Rows that it is going to change.
    package struct Locks: Sendable, Equatable {
        package var table: String
        package var key: [ColumnModel]
        /// The parameters that hold keys, one behind the other.
        package var parameters: [ColumnModel]

        /// The parameters of each key.
        package var keys: [[ColumnModel]] {
            stride(from: 0, to: parameters.count, by: key.count).map { Array(parameters[$0..<$0 + key.count]) }
        }

        /// Locks the rows of the keys in `$1`, `$2` …, an array for each column, in their order.
        package var postgres: String {
            let arrays = key.enumerated().map { "$\($0 + 1)::\($1.type.postgres)[]" }.joined(separator: ", ")
            let names = key.map(\.name)
            let isSame = names.map { "t.\($0) = k.\($0)" }.joined(separator: " AND ")
            let order = names.map { "t.\($0)" }.joined(separator: ", ")
            return "SELECT FROM \(table) t JOIN unnest(\(arrays)) AS k (\(names.joined(separator: ", "))) "
                + "ON \(isSame) ORDER BY \(order) FOR NO KEY UPDATE OF t"
        }
    }

    /// Whether PostgreSQL's statement takes the rows of many writes, an array for each parameter.
    package var takesRows = false
    /// In the order in which they are taken.
    package var locks: [Locks] = []
}

/// A step of the schema's history, as its files have it.
package struct MigrationModel: Sendable, Equatable {
    /// `0001-start`.
    package var name: String
    package var sqlite: String
    package var postgres: String
}

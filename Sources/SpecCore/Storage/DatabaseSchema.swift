/// The tables that the migrations create, for the comparison with a live database.
public struct DatabaseSchema: Sendable {
    /// The type of a column, independent of the engine.
    public enum ColumnType: String, Sendable, CaseIterable {
        case identifier, text, integer, real, bool, bytes, timestamp
    }

    public struct Column: Sendable {
        public let name: String
        public let type: ColumnType
        public let isNullable: Bool

        public init(_ name: String, _ type: ColumnType, isNullable: Bool = false) {
            self.name = name
            self.type = type
            self.isNullable = isNullable
        }
    }

    /// A foreign key.
    public struct Reference: Sendable {
        public let column: String
        public let table: String
        public let target: String

        public init(_ column: String, table: String, target: String) {
            self.column = column
            self.table = table
            self.target = target
        }
    }

    public struct Table: Sendable {
        public let name: String
        public let columns: [Column]
        /// The columns of the primary key.
        public let key: [String]
        public let unique: [[String]]
        public let indexes: [[String]]
        public let references: [Reference]
        /// The names of the check constraints.
        public let checks: [String]
        /// The text column whose tokens are indexed.
        public let search: String?

        public init(
            _ name: String, columns: [Column], key: [String], unique: [[String]] = [], indexes: [[String]] = [],
            references: [Reference] = [], checks: [String] = [], search: String? = nil
        ) {
            self.name = name
            self.columns = columns
            self.key = key
            self.unique = unique
            self.indexes = indexes
            self.references = references
            self.checks = checks
            self.search = search
        }
    }

    public let tables: [Table]

    public init(tables: [Table]) {
        self.tables = tables
    }
}

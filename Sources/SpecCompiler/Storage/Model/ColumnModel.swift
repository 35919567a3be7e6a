/// The type of a column, with its SQL on both engines.
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

    /// True if a parameter can be a list of it.
    var hasList: Bool { [.identifier, .text, .integer, .timestamp].contains(self) }
}

/// A column, a parameter of a query, or a column of its result.
package struct ColumnModel: Sendable, Equatable {
    /// The name in SQL.
    package var name: String
    package var swiftName: String
    package var type: ColumnType
    package var isNullable: Bool
    /// True for a parameter that is a table of values.
    package var isList = false
    /// The words of a text column and their Swift type, or nil for any text.
    package var words: WordsModel?
    /// The previous name, or nil if it is not renamed.
    package var was: String?
    /// The value for rows that exist before the column is added: an SQL literal.
    package var fill: String?

    package init(name: String, type: ColumnType, isNullable: Bool) {
        self.name = name
        swiftName = SwiftNames.lower(name)
        self.type = type
        self.isNullable = isNullable
    }

    /// The type of a value that is not null.
    package var swiftBase: String { words?.swiftName ?? type.swift }

    /// The same column with the Swift name of its own enum, nested in a row type.
    func named(in row: String) -> ColumnModel {
        guard words?.swiftName == "" else { return self }
        var column = self
        let own = SwiftNames.upper(name)
        // Inside of the row, its own name would mean the enum.
        let isTaken = SwiftNames.reserved.contains(own) || own == row
        column.words?.swiftName = "\(row).\(own)\(isTaken ? "Value" : "")"
        return column
    }

    package var swiftType: String { isList ? "[\(swiftBase)]" : swiftBase + (isNullable ? "?" : "") }
}

/// The words that a text column can hold: `enum(sent, delivered, read)`.
package struct WordsModel: Sendable, Equatable {
    /// The Swift type as other types name it, such as `ContactsRow.Status`.
    package var swiftName = ""
    package let words: [String]

    /// The name of the type inside of its row.
    var ownName: String { swiftName.split(separator: ".").last.map(String.init) ?? swiftName }
}

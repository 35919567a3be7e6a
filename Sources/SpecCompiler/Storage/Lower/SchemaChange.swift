/// A change from the recorded schema to the present one. Names are the present ones, except for what is removed.
package enum SchemaChange: Sendable, Equatable {
    case addTable(TableModel)
    case dropTable(TableModel)
    case renameTable(String, to: String)
    case renameColumn(table: String, String, to: String)
    case addColumn(table: String, ColumnModel)
    case dropColumn(table: String, ColumnModel)
    case retype(table: String, from: ColumnModel, to: ColumnModel)
    case allowNull(table: String, ColumnModel)
    case forbidNull(table: String, ColumnModel)
    case rekey(table: String, [String])
    case changeSearch(table: String)
    case addUnique(table: String, [String])
    case dropUnique(table: String, [String])
    case addIndex(table: String, [String])
    case dropIndex(table: String, [String])
    case addReference(table: String, ReferenceModel)
    case dropReference(table: String, ReferenceModel)
    case addCheck(table: String, CheckModel)
    /// A check whose condition differs, or one of whose columns has another type.
    case changeCheck(table: String, CheckModel)
    case dropCheck(table: String, CheckModel)
}

extension SchemaChange {
    /// The present name of the changed table.
    var table: String {
        switch self {
        case .addTable(let table), .dropTable(let table): table.name
        case .renameTable(_, let name): name
        case .renameColumn(let table, _, _), .addColumn(let table, _), .dropColumn(let table, _),
            .retype(let table, _, _), .allowNull(let table, _), .forbidNull(let table, _), .rekey(let table, _),
            .changeSearch(let table),
            .addUnique(let table, _), .dropUnique(let table, _), .addIndex(let table, _), .dropIndex(let table, _),
            .addReference(let table, _), .dropReference(let table, _), .addCheck(let table, _),
            .changeCheck(let table, _), .dropCheck(let table, _):
            table
        }
    }

    /// The subject of the change, as a key of ``SchemaPlaces``.
    var subject: String {
        switch self {
        case .addTable(let table), .dropTable(let table): "table \(table.name)"
        case .renameTable(_, let name): "table \(name)"
        case .renameColumn(let table, _, let name): "column \(table).\(name)"
        case .addColumn(let table, let column), .dropColumn(let table, let column),
            .retype(let table, _, let column), .allowNull(let table, let column), .forbidNull(let table, let column):
            "column \(table).\(column.name)"
        case .rekey(let table, _): "key \(table)"
        case .changeSearch(let table): "search \(table)"
        case .addUnique(let table, let columns), .dropUnique(let table, let columns):
            "unique \(table) \(columns.joined(separator: " "))"
        case .addIndex(let table, let columns), .dropIndex(let table, let columns):
            "index \(table) \(columns.joined(separator: " "))"
        case .addReference(let table, let reference), .dropReference(let table, let reference):
            "reference \(table).\(reference.column)"
        case .addCheck(let table, let check), .changeCheck(let table, let check), .dropCheck(let table, let check):
            "check \(table).\(check.name)"
        }
    }

    /// True if the subject is only in the record.
    var isRemoval: Bool {
        switch self {
        case .dropTable, .dropColumn, .dropUnique, .dropIndex, .dropReference, .dropCheck: true
        default: false
        }
    }

    /// The text of the change, in messages and below `accept`.
    package var words: String {
        switch self {
        case .dropTable, .dropColumn, .dropUnique, .dropIndex, .dropReference, .dropCheck: "drop \(subject)"
        case .retype(let table, _, let column): "type \(table).\(column.name)"
        case .forbidNull(let table, let column): "not null \(table).\(column.name)"
        case .allowNull(let table, let column): "null \(table).\(column.name)"
        case .renameTable(let old, let name): "rename table \(old) to \(name)"
        case .renameColumn(let table, let old, let name): "rename column \(table).\(old) to \(name)"
        case .addTable, .addColumn, .rekey, .changeSearch, .addUnique, .addIndex, .addReference, .addCheck,
            .changeCheck:
            subject
        }
    }

    /// True if SQLite must rebuild the table, because it has no statement for the change.
    var isRebuild: Bool {
        switch self {
        case .retype, .allowNull, .forbidNull, .rekey, .addUnique, .dropUnique, .addReference, .dropReference,
            .addCheck, .changeCheck, .dropCheck:
            true
        default: false
        }
    }
}

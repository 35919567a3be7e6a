/// Compares a recorded schema with the present one.
///
/// Tables and columns are matched by name, so their order does not matter; only `was` distinguishes a rename from an
/// addition.
package struct SchemaDiff: Sendable {
    /// A table in both schemas: as recorded, as recorded but with the present names, and as it will be.
    struct Pair: Sendable {
        let original: TableModel
        let old: TableModel
        let new: TableModel

        /// True if the column is in the present table only.
        func isNew(_ column: String) -> Bool { old.column(column) == nil }
        /// True if the column is in both tables, with another type.
        func isRetyped(_ column: String) -> Bool {
            old.column(column).map { $0.type != new.column(column)?.type } ?? false
        }
        /// True if the column is in the recorded table only.
        func isGone(_ column: String) -> Bool { new.column(column) == nil }
    }

    /// The changes, in the order in which they are made.
    package private(set) var changes: [SchemaChange] = []
    let old: [TableModel]
    let new: [TableModel]
    private(set) var pairs: [Pair] = []

    package init(from recorded: [TableModel], to tables: [TableModel]) {
        let names = SchemaNames(recorded, tables)
        old = recorded.map(names.renamed)
        new = tables
        changes = names.changes
        for table in tables {
            guard let index = old.firstIndex(where: { $0.name == table.name }) else {
                changes.append(.addTable(table))
                continue
            }
            let pair = Pair(original: recorded[index], old: old[index], new: table)
            pairs.append(pair)
            compare(pair)
        }
        changes += old.filter { table in !tables.contains { $0.name == table.name } }.map { .dropTable($0) }
    }

    private mutating func compare(_ pair: Pair) {
        let name = pair.new.name
        compareColumns(pair)
        if pair.old.search != pair.new.search { changes.append(.changeSearch(table: name)) }
        if pair.old.key != pair.new.key { changes.append(.rekey(table: name, pair.new.key)) }
        let (gone, added) = Self.difference(pair.old.unique, pair.new.unique)
        changes += gone.map { .dropUnique(table: name, $0) } + added.map { .addUnique(table: name, $0) }
        let (oldIndexes, newIndexes) = Self.difference(pair.old.indexes, pair.new.indexes)
        changes += oldIndexes.map { .dropIndex(table: name, $0) } + newIndexes.map { .addIndex(table: name, $0) }
        let (oldReferences, newReferences) = Self.difference(pair.old.references, pair.new.references)
        changes += oldReferences.map { .dropReference(table: name, $0) }
        changes += newReferences.map { .addReference(table: name, $0) }
        compareChecks(pair)
    }

    private mutating func compareChecks(_ pair: Pair) {
        let name = pair.new.name
        for check in pair.new.checks {
            guard let earlier = pair.old.checks.first(where: { $0.name == check.name }) else {
                changes.append(.addCheck(table: name, check))
                continue
            }
            if earlier != check || check.columns.contains(where: pair.isRetyped) {
                changes.append(.changeCheck(table: name, check))
            }
        }
        let gone = pair.old.checks.filter { check in !pair.new.checks.contains { $0.name == check.name } }
        changes += gone.map { .dropCheck(table: name, $0) }
    }

    private mutating func compareColumns(_ pair: Pair) {
        let name = pair.new.name
        for column in pair.new.columns {
            guard let earlier = pair.old.column(column.name) else {
                changes.append(.addColumn(table: name, column))
                continue
            }
            if earlier.type != column.type { changes.append(.retype(table: name, from: earlier, to: column)) }
            if earlier.isNullable, !column.isNullable { changes.append(.forbidNull(table: name, column)) }
            if !earlier.isNullable, column.isNullable { changes.append(.allowNull(table: name, column)) }
        }
        for column in pair.old.columns where pair.isGone(column.name) {
            changes.append(.dropColumn(table: name, column))
        }
    }

    private static func difference<Item: Equatable>(_ old: [Item], _ new: [Item]) -> (gone: [Item], added: [Item]) {
        (old.filter { !new.contains($0) }, new.filter { !old.contains($0) })
    }

    func pair(_ table: String) -> Pair? { pairs.first { $0.new.name == table } }
}

/// The renames declared by `was`. A `was` whose old name is no longer recorded is already applied and has no effect.
private struct SchemaNames {
    private var tables: [String: String] = [:]
    /// The renames of columns, by the table's old name.
    private var columns: [String: [String: String]] = [:]
    private(set) var changes: [SchemaChange] = []

    init(_ recorded: [TableModel], _ present: [TableModel]) {
        for table in present {
            let isRecorded = recorded.contains { $0.name == table.name }
            let earlier = recorded.first { $0.name == (isRecorded ? table.name : table.was) }
            guard let earlier, isRecorded || !present.contains(where: { $0.name == earlier.name }) else { continue }
            if earlier.name != table.name {
                tables[earlier.name] = table.name
                changes.append(.renameTable(earlier.name, to: table.name))
            }
            for column in table.columns where earlier.column(column.name) == nil {
                for (was, name) in RenameChain(column, in: table, recorded: earlier)?.steps ?? [] {
                    columns[earlier.name, default: [:]][was] = name
                    changes.append(.renameColumn(table: table.name, was, to: name))
                }
            }
        }
    }

    /// Returns a recorded table with the present names.
    func renamed(_ table: TableModel) -> TableModel {
        func column(_ name: String, of table: String) -> String { columns[table]?[name] ?? name }
        var result = TableModel(name: tables[table.name] ?? table.name)
        result.columns = table.columns.map {
            ColumnModel(name: column($0.name, of: table.name), type: $0.type, isNullable: $0.isNullable)
        }
        result.key = table.key.map { column($0, of: table.name) }
        result.unique = table.unique.map { $0.map { column($0, of: table.name) } }
        result.indexes = table.indexes.map { $0.map { column($0, of: table.name) } }
        result.search = table.search.map { column($0, of: table.name) }
        result.checks = table.checks.map { $0.renamed { column($0, of: table.name) } }
        result.references = table.references.map { reference in
            ReferenceModel(
                column: column(reference.column, of: table.name), table: tables[reference.table] ?? reference.table,
                target: column(reference.target, of: reference.table))
        }
        return result
    }
}

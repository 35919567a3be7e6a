/// Writes a schema change for PostgreSQL: quick statements in one transaction, slow ones outside of it without locks
/// that block other sessions.
struct PostgresChange {
    private let diff: SchemaDiff
    private let writer = SchemaSQL(.postgres)

    init(_ diff: SchemaDiff) {
        self.diff = diff
    }

    /// The statements that run in one transaction.
    var text: String {
        renames + diff.changes.map(loosen).joined() + diff.changes.map(change).joined() + created
            + diff.changes.map(refer).joined() + dropped
    }

    /// The statements that run outside of a transaction, one after the other; empty if there are none.
    var concurrent: String {
        let statements = diff.changes.map(build).joined()
        return statements.isEmpty ? "" : MigrationModel.withoutTransaction + statements
    }

    // MARK: Names

    private var renames: String {
        let things = diff.changes.map { change in
            switch change {
            case .renameTable(let old, let name): "ALTER TABLE \(old) RENAME TO \(name);\n"
            case .renameColumn(let table, let old, let name):
                "ALTER TABLE \(table) RENAME COLUMN \(old) TO \(name);\n"
            default: ""
            }
        }
        return things.joined() + diff.pairs.map(renameParts).joined()
    }

    /// Renames constraints and indexes, which are named after their table and columns.
    private func renameParts(_ pair: SchemaDiff.Pair) -> String {
        let (before, after) = (constraints(pair.original), constraints(pair.old))
        let named = zip(before, after).filter { $0 != $1 }.map {
            "ALTER TABLE \(pair.old.name) RENAME CONSTRAINT \($0) TO \($1);\n"
        }
        let (indexes, renamed) = (indexes(pair.original), indexes(pair.old))
        return named.joined()
            + zip(indexes, renamed).filter { $0 != $1 }.map { "ALTER INDEX \($0) RENAME TO \($1);\n" }.joined()
    }

    private func constraints(_ table: TableModel) -> [String] {
        [SQLNames.key(table.name)] + table.unique.map { SQLNames.unique(table.name, $0) }
            + table.references.map { SQLNames.reference(table.name, $0.column) }
    }

    private func indexes(_ table: TableModel) -> [String] { table.indexes.map { SQLNames.index(table.name, $0) } }

    // MARK: In the transaction

    /// Drops constraints before the columns that they name change.
    private func loosen(_ change: SchemaChange) -> String {
        switch change {
        case .dropReference(let table, let reference):
            "ALTER TABLE \(table) DROP CONSTRAINT \(SQLNames.reference(table, reference.column));\n"
        case .dropUnique(let table, let columns):
            "ALTER TABLE \(table) DROP CONSTRAINT \(SQLNames.unique(table, columns));\n"
        case .dropCheck(let table, let check), .changeCheck(let table, let check):
            "ALTER TABLE \(table) DROP CONSTRAINT \(check.name);\n"
        case .rekey(let table, _): "ALTER TABLE \(table) DROP CONSTRAINT \(SQLNames.key(table));\n"
        default: ""
        }
    }

    private func change(_ change: SchemaChange) -> String {
        switch change {
        case .addColumn(let table, let column): return writer.add(column, to: table)
        case .retype(let table, let old, let column):
            let value = TypeConversion.expression(column.name, from: old.type, to: column.type, .postgres)
            return "ALTER TABLE \(table) ALTER COLUMN \(column.name) TYPE \(writer.type(column)) "
                + "USING \(value ?? column.name);\n"
        case .allowNull(let table, let column):
            return "ALTER TABLE \(table) ALTER COLUMN \(column.name) DROP NOT NULL;\n"
        case .forbidNull(let table, let column):
            let fill = column.fill.map {
                "UPDATE \(table) SET \(column.name) = \($0) WHERE \(column.name) IS NULL;\n"
            }
            return (fill ?? "") + "ALTER TABLE \(table) ALTER COLUMN \(column.name) SET NOT NULL;\n"
        case .rekey(let table, let columns):
            return "ALTER TABLE \(table) ADD PRIMARY KEY (\(columns.joined(separator: ", ")));\n"
        case .addCheck(let table, let check), .changeCheck(let table, let check):
            return "ALTER TABLE \(table) ADD \(writer.check(check)) NOT VALID;\n"
        default: return ""
        }
    }

    /// Creates tables in the order of their references; those of a cycle refer to each other afterwards.
    private var created: String {
        var rest = diff.changes.compactMap { if case .addTable(let table) = $0 { table } else { nil } }
        var text = ""
        var late = ""
        while !rest.isEmpty {
            let names = Set(rest.map(\.name))
            let index = rest.firstIndex { table in
                table.references.allSatisfy { $0.table == table.name || !names.contains($0.table) }
            }
            let table = rest.remove(at: index ?? 0)
            let others = names.subtracting([table.name])
            var bare = table
            bare.references = table.references.filter { !others.contains($0.table) }
            text += writer.create(bare)
            late += table.references.filter { others.contains($0.table) }
                .map { foreignKey($0, of: table.name) + ";\n" }.joined()
        }
        return text + late
    }

    private func refer(_ change: SchemaChange) -> String {
        guard case .addReference(let table, let reference) = change else { return "" }
        // NOT VALID: new rows are checked from now on, existing rows later, outside of the transaction.
        return foreignKey(reference, of: table) + " NOT VALID;\n"
    }

    private func foreignKey(_ reference: ReferenceModel, of table: String) -> String {
        "ALTER TABLE \(table) ADD CONSTRAINT \(SQLNames.reference(table, reference.column)) "
            + "FOREIGN KEY (\(reference.column)) REFERENCES \(reference.table) (\(reference.target))"
    }

    /// Drops columns and tables after everything that refers to them; tables in one statement, as they refer to each
    /// other.
    private var dropped: String {
        let columns = diff.changes.map { change in
            guard case .dropColumn(let table, let column) = change else { return "" }
            return "ALTER TABLE \(table) DROP COLUMN \(column.name);\n"
        }
        let tables = diff.changes.compactMap { if case .dropTable(let table) = $0 { table.name } else { nil } }
        return columns.joined() + (tables.isEmpty ? "" : "DROP TABLE \(tables.joined(separator: ", "));\n")
    }

    // MARK: Outside of the transaction

    private func build(_ change: SchemaChange) -> String {
        switch change {
        case .dropIndex(let table, let columns):
            // Dropping a column also dropped its indexes.
            guard let pair = diff.pair(table), !columns.contains(where: pair.isGone) else { return "" }
            return "DROP INDEX CONCURRENTLY IF EXISTS \(SQLNames.index(table, columns));\n"
        case .addIndex(let table, let columns):
            // An interrupted CREATE INDEX CONCURRENTLY leaves an invalid index behind.
            let name = SQLNames.index(table, columns)
            return "DROP INDEX CONCURRENTLY IF EXISTS \(name);\n"
                + "CREATE INDEX CONCURRENTLY \(name) ON \(table) (\(columns.joined(separator: ", ")));\n"
        case .addUnique(let table, let columns):
            let name = SQLNames.unique(table, columns)
            return "ALTER TABLE \(table) DROP CONSTRAINT IF EXISTS \(name);\n"
                + "DROP INDEX CONCURRENTLY IF EXISTS \(name);\n"
                + "CREATE UNIQUE INDEX CONCURRENTLY \(name) ON \(table) (\(columns.joined(separator: ", ")));\n"
                + "ALTER TABLE \(table) ADD CONSTRAINT \(name) UNIQUE USING INDEX \(name);\n"
        case .addReference(let table, let reference):
            return "ALTER TABLE \(table) VALIDATE CONSTRAINT \(SQLNames.reference(table, reference.column));\n"
        case .addCheck(let table, let check), .changeCheck(let table, let check):
            return "ALTER TABLE \(table) VALIDATE CONSTRAINT \(check.name);\n"
        default: return ""
        }
    }
}

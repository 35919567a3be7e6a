/// Writes a change of schema for PostgreSQL: what is quick in one transaction, and what takes long outside of it,
/// without a lock that others would wait for.
struct PostgresChange {
    /// The first line of a step whose statements run one by one, each of which may run again.
    static let withoutTransaction = "-- without a transaction\n"

    private let diff: SchemaDiff
    private let writer = SchemaSQL(.postgres)

    init(_ diff: SchemaDiff) {
        self.diff = diff
    }

    /// What runs in one transaction.
    var text: String {
        renames + diff.changes.map(loosen).joined() + diff.changes.map(change).joined() + dropped
    }

    /// What runs outside of a transaction, one statement after the other; nothing where nothing does.
    var concurrent: String {
        let statements = diff.changes.map(build).joined()
        return statements.isEmpty ? "" : Self.withoutTransaction + statements
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

    /// Constraints and indexes are named after their table and columns.
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

    /// Takes constraints away before what they name changes.
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
        case .addTable(let table): return writer.create(table)
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
        case .addReference(let table, let reference):
            // New rows are held to it at once; those that are there are checked outside of the transaction.
            return "ALTER TABLE \(table) ADD CONSTRAINT \(SQLNames.reference(table, reference.column)) "
                + "FOREIGN KEY (\(reference.column)) REFERENCES \(reference.table) (\(reference.target)) NOT VALID;\n"
        case .addCheck(let table, let check), .changeCheck(let table, let check):
            return "ALTER TABLE \(table) ADD \(writer.check(check)) NOT VALID;\n"
        default: return ""
        }
    }

    /// Takes things away when nothing else names them any more; tables together, as they refer to each other.
    private var dropped: String {
        let columns = diff.changes.map { change in
            guard case .dropColumn(let table, let column) = change else { return "" }
            return "ALTER TABLE \(table) DROP COLUMN \(column.name);\n"
        }
        let tables = diff.changes.compactMap { if case .dropTable(let table) = $0 { table.name } else { nil } }
        return columns.joined() + (tables.isEmpty ? "" : "DROP TABLE \(tables.joined(separator: ", "));\n")
    }

    // MARK: Outside of it

    private func build(_ change: SchemaChange) -> String {
        switch change {
        case .dropIndex(let table, let columns):
            // A dropped column took its indexes along.
            guard let pair = diff.pair(table), !columns.contains(where: pair.isGone) else { return "" }
            return "DROP INDEX CONCURRENTLY IF EXISTS \(SQLNames.index(table, columns));\n"
        case .addIndex(let table, let columns):
            // One that was begun and not ended is there, yet of no use.
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

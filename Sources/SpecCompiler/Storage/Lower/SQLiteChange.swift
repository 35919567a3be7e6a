/// Writes a schema change for SQLite, where many changes require a rebuild of the table.
struct SQLiteChange {
    private static let prefix = "rebuilt_"

    private let diff: SchemaDiff
    private let writer = SchemaSQL(.sqlite)

    init(_ diff: SchemaDiff) {
        self.diff = diff
    }

    /// All statements but those of ``indexes``.
    var text: String {
        let body = renames + added + diff.pairs.map(change).joined() + dropped
        return isUnchecked ? MigrationModel.withoutForeignKeys + body : body
    }

    /// Indexes of existing tables.
    var indexes: String {
        diff.changes.map { change in
            guard case .addIndex(let table, let columns) = change, !isRebuilt(table) else { return "" }
            return writer.index(columns, of: table)
        }.joined()
    }

    // MARK: Tables

    private var renames: String {
        let tables = diff.changes.map { change in
            switch change {
            case .renameTable(let old, let name): "ALTER TABLE \(old) RENAME TO \(name);\n"
            case .renameColumn(let table, let old, let name):
                "ALTER TABLE \(table) RENAME COLUMN \(old) TO \(name);\n"
            default: ""
            }
        }
        return tables.joined() + diff.pairs.map(renameIndexes).joined()
    }

    /// Recreates the indexes of a renamed table, because SQLite cannot rename an index.
    private func renameIndexes(_ pair: SchemaDiff.Pair) -> String {
        zip(pair.original.indexes, pair.old.indexes).map { original, columns in
            let (before, after) = (
                SQLNames.index(pair.original.name, original), SQLNames.index(pair.old.name, columns)
            )
            return before == after ? "" : "DROP INDEX \(before);\n" + writer.index(columns, of: pair.old.name)
        }.joined()
    }

    private var added: String {
        diff.changes.map { change in
            if case .addTable(let table) = change { writer.create(table) } else { "" }
        }.joined()
    }

    /// Drops tables in reverse order, because later ones refer to earlier ones.
    private var dropped: String {
        diff.changes.reversed().map { change in
            guard case .dropTable(let table) = change else { return "" }
            let tokens = table.search.map { SQLNames.index(table.name, [$0]) }.map {
                "DROP TABLE \($0);\nDROP TABLE IF EXISTS \($0)_waiting;\n"
            }
            return (tokens ?? "") + "DROP TABLE \(table.name);\n"
        }.joined()
    }

    private var isUnchecked: Bool {
        diff.pairs.contains { isRebuilt($0.new.name) }
            || diff.changes.contains { if case .dropTable = $0 { true } else { false } }
    }

    // MARK: One table

    private func change(_ pair: SchemaDiff.Pair) -> String {
        isRebuilt(pair.new.name) ? rebuild(pair) : alter(pair)
    }

    private func isRebuilt(_ table: String) -> Bool {
        diff.changes.contains { $0.table == table && ($0.isRebuild || isBoundColumn($0)) }
    }

    /// True if the change drops a column of the table's key, of a unique constraint or of a foreign key.
    private func isBoundColumn(_ change: SchemaChange) -> Bool {
        guard case .dropColumn(let table, let column) = change, let pair = diff.pair(table) else { return false }
        return (pair.old.key + pair.old.unique.flatMap { $0 } + pair.old.references.map(\.column)).contains(column.name)
    }

    private func alter(_ pair: SchemaDiff.Pair) -> String {
        let own = diff.changes.filter { $0.table == pair.new.name }
        let indexes = own.map { change in
            guard case .dropIndex(let table, let columns) = change else { return "" }
            return "DROP INDEX \(SQLNames.index(table, columns));\n"
        }
        let columns = own.map { change in
            switch change {
            case .addColumn(let table, let column): writer.add(column, to: table)
            case .dropColumn(let table, let column): "ALTER TABLE \(table) DROP COLUMN \(column.name);\n"
            default: ""
            }
        }
        return indexes.joined() + columns.joined()
    }

    /// Rebuilds a table as SQLite's documentation describes: create a new one, copy the rows, rename it. Rows keep
    /// their number, which links them to their search tokens.
    private func rebuild(_ pair: SchemaDiff.Pair) -> String {
        let name = pair.new.name
        let number = pair.new.search == nil ? [] : [SchemaSQL.searchRow]
        let columns = (number + pair.new.columns.map(\.name)).joined(separator: ", ")
        let values = (number + pair.new.columns.map { value($0, pair) }).joined(separator: ", ")
        return writer.createTable(pair.new, named: Self.prefix + name)
            + "INSERT INTO \(Self.prefix)\(name) (\(columns)) SELECT \(values) FROM \(name);\n"
            + "DROP TABLE \(name);\nALTER TABLE \(Self.prefix)\(name) RENAME TO \(name);\n"
            + pair.new.indexes.map { writer.index($0, of: name) }.joined()
            + (pair.new.search.map { writer.searchTriggers($0, of: name) } ?? "")
    }

    private func value(_ column: ColumnModel, _ pair: SchemaDiff.Pair) -> String {
        guard let earlier = pair.old.column(column.name) else {
            return column.fill ?? "NULL"
        }
        let value =
            TypeConversion.expression(column.name, from: earlier.type, to: column.type, .sqlite) ?? column.name
        guard earlier.isNullable, !column.isNullable, let fill = column.fill else { return value }
        return "coalesce(\(value), \(fill))"
    }
}

/// Checks the changes of a schema: an impossible change is rejected, and a change that loses data, locks a table or
/// may fail must be listed below `accept`.
struct ChangeRules {
    let diff: SchemaDiff
    let schema: SchemaPlaces
    let recorded: SchemaPlaces
    let accepted: [Acceptance]
    /// The fallback location.
    let root: Location

    var diagnostics: [Diagnostic] { diff.changes.compactMap(diagnostic) + needless }

    /// The location of a change: in the schema, or in the record if the subject was dropped.
    func place(of change: SchemaChange) -> Location {
        let own = change.isRemoval ? recorded[recordedSubject(of: change)] : schema[change.subject]
        return own ?? schema["table \(change.table)"] ?? root
    }

    /// Warnings for accepted changes that are not needed.
    var needless: [Diagnostic] {
        accepted.filter { line in !diff.changes.contains { $0.words == line.words } }.map { line in
            Diagnostic(
                .warning, rule: "accept-needless", "no change needs this line: \(line.words)", at: line.location,
                help: Suggestion.help(for: line.words, among: diff.changes.map(\.words))
                    ?? "remove the line once its migration is written")
        }
    }

    private func diagnostic(for change: SchemaChange) -> Diagnostic? {
        if let (message, help) = impossible(change) {
            return Diagnostic(rule: "migration-change", message, at: place(of: change), help: help)
        }
        guard let risk = risk(of: change), !accepted.contains(where: { $0.words == change.words }) else { return nil }
        var help = "if that is meant, write '\(change.words)' below 'accept' in schema.yaml"
        if case .dropColumn(_, let column) = change {
            help += "; if it has a new name, write 'was: \(column.name)' there"
        }
        if case .dropTable(let table) = change { help += "; if it has a new name, write 'was: \(table.name)' there" }
        return Diagnostic(rule: "migration-accept", risk, at: place(of: change), help: help)
    }

    /// The subject of a dropped item, by its recorded name.
    private func recordedSubject(of change: SchemaChange) -> String {
        guard let pair = diff.pair(change.table) else { return change.subject }
        func named(_ word: String, _ lists: KeyPath<TableModel, [[String]]>, _ columns: [String]) -> String {
            let index = pair.old[keyPath: lists].firstIndex(of: columns)
            let original = index.map { pair.original[keyPath: lists][$0] } ?? columns
            return "\(word) \(pair.original.name) \(original.joined(separator: " "))"
        }
        switch change {
        case .dropColumn(_, let column): return "column \(pair.original.name).\(column.name)"
        case .dropUnique(_, let columns): return named("unique", \.unique, columns)
        case .dropIndex(_, let columns): return named("index", \.indexes, columns)
        case .dropReference(_, let reference):
            let index = pair.old.references.firstIndex(of: reference)
            let original = index.map { pair.original.references[$0] } ?? reference
            return "reference \(pair.original.name).\(original.column)"
        case .dropCheck(_, let check): return "check \(pair.original.name).\(check.name)"
        default: return change.subject
        }
    }

    // MARK: Changes to accept

    /// The risk of a change, or nil for a harmless one.
    private func risk(of change: SchemaChange) -> String? {
        let subject = change.subject
        switch change {
        case .dropTable: return "dropping the \(subject) loses its rows"
        case .dropColumn: return "dropping the \(subject) loses its values"
        case .retype(_, let old, let column):
            return "the \(subject) changes from \(old.type.rawValue) to \(column.type.rawValue): "
                + "its table is rewritten and locked meanwhile"
        case .forbidNull(_, let column):
            return "the \(subject) can no longer be null: its table is scanned and locked meanwhile"
                + (column.fill == nil ? "; this fails if a row has null" : "")
        case .rekey(let table, _):
            return
                "the key of the table \(table) changes: it is locked meanwhile, and this fails if rows have the same key"
        case .addUnique(let table, let columns) where !isFresh(columns, table):
            return "existing duplicate rows make this fail: \(subject)"
        case .dropUnique(let table, let columns) where !isLost(columns, table):
            return "rows can be duplicates without this: \(subject)"
        case .addReference(let table, let reference) where !isFresh([reference.column], table):
            return "rows that refer to missing rows make this fail: \(subject)"
        case .dropReference(let table, let reference) where !isLost([reference.column], table):
            return "rows can refer to missing rows without this: \(subject)"
        case .addCheck, .changeCheck: return "rows that violate it make this fail: \(subject)"
        case .dropCheck(let table, let check) where !isLost(check.columns, table):
            return "rows can violate this rule afterwards: \(subject)"
        default: return nil
        }
    }

    /// True if one of the columns is new and null in every row, so that no row can violate a constraint on it.
    private func isFresh(_ columns: [String], _ table: String) -> Bool {
        guard let pair = diff.pair(table) else { return true }
        return columns.contains { pair.isNew($0) && pair.new.column($0)?.isNullable == true }
    }

    /// True if one of the columns is dropped, which is accepted separately.
    private func isLost(_ columns: [String], _ table: String) -> Bool {
        guard let pair = diff.pair(table) else { return true }
        return columns.contains(where: pair.isGone)
    }

    // MARK: Impossible changes

    private func impossible(_ change: SchemaChange) -> (message: String, help: String)? {
        switch change {
        case .addColumn(_, let column) where !column.isNullable && column.fill == nil:
            let type = column.type.rawValue
            return (
                "existing rows have no value for the new \(change.subject)",
                [.text, .integer, .real, .bool].contains(column.type)
                    ? "write '\(type)?', or give them a value: {type: \(type), fill: …}" : "write '\(type)?'"
            )
        case .retype(let table, let old, let column):
            if isBound(column.name, of: table) {
                return ("the \(change.subject) is part of a reference", "its type cannot change; add another column")
            }
            guard TypeConversion.expression("", from: old.type, to: column.type, .sqlite) == nil else { return nil }
            return (
                "not every \(old.type.rawValue) can be converted to \(column.type.rawValue)",
                "add a column of the new type, fill it in a migration of your own, then drop this one"
            )
        case .changeSearch(let table):
            return (
                "the search of \(table) cannot change after the table's first migration",
                "create another table for it"
            )
        case .renameTable(_, let table) where diff.pair(table)?.old.search != nil:
            return (
                "the search index of \(table) depends on the table's name, which cannot change", "create another table"
            )
        case .renameColumn(let table, _, let column) where diff.pair(table)?.old.search == column:
            return (
                "the search index of \(table).\(column) depends on the column's name, which cannot change",
                "create another table"
            )
        case .rekey(let table, _):
            return referrer(to: table, where: { _ in true }).map {
                ("the key of \(table) cannot change while \($0) refers to the table", "drop that reference first")
            }
        case .dropUnique(let table, let columns) where columns.count == 1:
            return referrer(to: table, where: { $0 == columns[0] }).map {
                ("\($0) refers to what this keeps unique: \(change.subject)", "drop that reference first")
            }
        default: return nil
        }
    }

    private func isBound(_ column: String, of table: String) -> Bool {
        referrer(to: table, where: { $0 == column }) != nil
            || diff.pair(table)?.new.references.contains { $0.column == column } == true
    }

    /// A column that refers to the given columns of the table.
    private func referrer(to table: String, where isMeant: (String) -> Bool) -> String? {
        for other in diff.new {
            if let found = other.references.first(where: { $0.table == table && isMeant($0.target) }) {
                return "\(other.name).\(found.column)"
            }
        }
        return nil
    }
}

/// Holds a change of schema against what its author must have said: what cannot be made is refused, and what loses
/// something, locks a table or may fail must be accepted by its words.
struct ChangeRules {
    /// A line below `accept`.
    struct Acceptance {
        let words: String
        let location: Location
    }

    let diff: SchemaDiff
    let schema: SchemaPlaces
    let recorded: SchemaPlaces
    let accepted: [Acceptance]
    /// Where to point when a thing has no place of its own.
    let root: Location

    var diagnostics: [Diagnostic] { diff.changes.compactMap(objection) + needless }

    /// Where a change stands: in the schema, or in the record when the thing is gone.
    func place(of change: SchemaChange) -> Location {
        let own = change.isRemoval ? recorded[recordedSubject(of: change)] : schema[change.subject]
        return own ?? schema["table \(change.table)"] ?? root
    }

    /// What was accepted and is not asked for.
    var needless: [Diagnostic] {
        accepted.filter { line in !diff.changes.contains { $0.words == line.words } }.map { line in
            Diagnostic(
                .warning, rule: "accept-needless", "no change needs this: \(line.words)", at: line.location,
                help: Suggestion.help(for: line.words, among: diff.changes.map(\.words))
                    ?? "remove the line once its migration is written")
        }
    }

    private func objection(to change: SchemaChange) -> Diagnostic? {
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

    /// The subject of something that is gone, by the names of the record.
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

    // MARK: What must be accepted

    /// What happens to those who do not expect it; nil for a change that nobody notices.
    private func risk(of change: SchemaChange) -> String? {
        let subject = change.subject
        switch change {
        case .dropTable: return "dropping the \(subject) loses its rows"
        case .dropColumn: return "dropping the \(subject) loses what it holds"
        case .retype(_, let old, let column):
            return "the \(subject) changes from \(old.type.rawValue) to \(column.type.rawValue): "
                + "its table is rewritten, and nobody can use it meanwhile"
        case .forbidNull(_, let column):
            return "the \(subject) may not be null any more: its table is read, and nobody can use it meanwhile"
                + (column.fill == nil ? "; it fails where there is a null" : "")
        case .rekey(let table, _):
            return "the table \(table) gets another key: nobody can use it meanwhile, and it fails where rows are alike"
        case .addUnique(let table, let columns) where !isFresh(columns, table):
            return "rows that are alike already make this fail: \(subject)"
        case .dropUnique(let table, let columns) where !isLost(columns, table):
            return "rows may be alike without this: \(subject)"
        case .addReference(let table, let reference) where !isFresh([reference.column], table):
            return "rows that refer to nothing make this fail: \(subject)"
        case .dropReference(let table, let reference) where !isLost([reference.column], table):
            return "rows may refer to nothing without this: \(subject)"
        case .addCheck, .changeCheck: return "rows that break it make this fail: \(subject)"
        case .dropCheck(let table, let check) where !isLost(check.columns, table):
            return "rows may break this rule from then on: \(subject)"
        default: return nil
        }
    }

    /// Whether a column of these is new and null in every row, so that no row can break a rule about it.
    private func isFresh(_ columns: [String], _ table: String) -> Bool {
        guard let pair = diff.pair(table) else { return true }
        return columns.contains { pair.isNew($0) && pair.new.column($0)?.isNullable == true }
    }

    /// Whether a column of these is dropped, which was accepted by itself.
    private func isLost(_ columns: [String], _ table: String) -> Bool {
        guard let pair = diff.pair(table) else { return true }
        return columns.contains(where: pair.isGone)
    }

    // MARK: What cannot be made

    private func impossible(_ change: SchemaChange) -> (message: String, help: String)? {
        switch change {
        case .addColumn(_, let column) where !column.isNullable && column.fill == nil:
            let type = column.type.rawValue
            return (
                "rows that are there have nothing for the new \(change.subject)",
                [.text, .integer, .real, .bool].contains(column.type)
                    ? "write '\(type)?', or what they get: {type: \(type), fill: …}" : "write '\(type)?'"
            )
        case .retype(let table, let old, let column):
            if isBound(column.name, of: table) {
                return ("the \(change.subject) takes part in a reference", "its type cannot change; add another column")
            }
            guard TypeConversion.expression("", from: old.type, to: column.type, .sqlite) == nil else { return nil }
            return (
                "not every \(old.type.rawValue) can become \(column.type.rawValue)",
                "add a column of the new type, fill it in a migration of your own, then drop this one"
            )
        case .changeSearch(let table):
            return (
                "the search of \(table) cannot change: it is part of a table from its first migration on",
                "make another table for it"
            )
        case .renameTable(_, let table) where diff.pair(table)?.old.search != nil:
            return ("the tokens of \(table) are found by its name, which cannot change", "make another table")
        case .renameColumn(let table, _, let column) where diff.pair(table)?.old.search == column:
            return ("the tokens of \(table).\(column) are found by its name, which cannot change", "make another table")
        case .rekey(let table, _):
            return referrer(to: table, where: { _ in true }).map {
                ("the key of \(table) cannot change while \($0) refers to the table", "drop that reference first")
            }
        case .dropUnique(let table, let columns) where columns.count == 1:
            return referrer(to: table, where: { $0 == columns[0] }).map {
                ("\($0) refers to what this keeps apart: \(change.subject)", "drop that reference first")
            }
        default: return nil
        }
    }

    private func isBound(_ column: String, of table: String) -> Bool {
        referrer(to: table, where: { $0 == column }) != nil
            || diff.pair(table)?.new.references.contains { $0.column == column } == true
    }

    /// A column that refers to such a column of the table.
    private func referrer(to table: String, where isMeant: (String) -> Bool) -> String? {
        for other in diff.new {
            if let found = other.references.first(where: { $0.table == table && isMeant($0.target) }) {
                return "\(other.name).\(found.column)"
            }
        }
        return nil
    }
}

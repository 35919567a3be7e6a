/// Checks `was`: the old name must be recorded, and must not be in use now.
struct EarlierNames {
    /// The rule for columns that swap their names.
    static let cycleRule = "was-cycle"

    private(set) var diagnostics: [Diagnostic] = []

    init(_ tables: [TableModel], recorded: [TableModel], root: Node) {
        // The first migration creates everything, so there are no earlier names.
        for table in recorded.isEmpty ? [] : tables {
            let node = root["tables"]?[table.name]
            let isRecorded = recorded.contains { $0.name == table.name }
            if !isRecorded {
                check(
                    table.was, "table", at: node?["was"], recorded: recorded.map(\.name),
                    present: tables.map(\.name))
            }
            let earlier = recorded.first { $0.name == (isRecorded ? table.name : table.was) }
            if let earlier { checkCycles(table, earlier, at: node) }
            for column in table.columns where earlier != nil && earlier?.column(column.name) == nil {
                if let earlier, RenameChain(column, in: table, recorded: earlier) != nil { continue }
                check(
                    column.was, "column", at: node?["columns"]?[column.name]?["was"],
                    recorded: earlier?.columns.map(\.name) ?? [], present: table.columns.map(\.name))
            }
        }
    }

    /// Reports columns that swap their names, in a pair or around: both names stay recorded, so nothing would tell
    /// whether it was done.
    private mutating func checkCycles(_ table: TableModel, _ earlier: TableModel, at node: Node?) {
        for column in table.columns {
            var names = [column.name]
            while let was = table.column(names[names.count - 1])?.was, earlier.column(was) != nil,
                table.column(was) != nil, !names.contains(was)
            {
                names.append(was)
            }
            guard names.count > 1, table.column(names[names.count - 1])?.was == column.name,
                let place = node?["columns"]?[column.name]?["was"]?.location
            else { continue }
            diagnostics.append(
                Diagnostic(
                    rule: Self.cycleRule, "columns cannot take each other's names in one migration", at: place,
                    help: "rename one of them to a third name first"))
        }
    }

    private mutating func check(
        _ was: String?, _ kind: String, at node: Node?, recorded: [String], present: [String]
    ) {
        guard let was, let node else { return }
        if !recorded.contains(was) {
            diagnostics.append(
                Diagnostic(
                    rule: "was-unknown", "no migration has created a \(kind) '\(was)'", at: node.location,
                    help: Suggestion.help(for: was, among: recorded) ?? "without 'was' it is a new \(kind)"))
        } else if present.contains(was) {
            diagnostics.append(
                Diagnostic(
                    rule: "was-present", "the \(kind) '\(was)' still exists", at: node.location,
                    help: "without 'was' this is a new \(kind)"))
        }
    }
}

/// Checks `was`: the old name must be recorded, and belong to nothing else now.
struct EarlierNames {
    private(set) var diagnostics: [Diagnostic] = []

    init(_ tables: [TableModel], recorded: [TableModel], root: Node) {
        // The first migration makes everything, whatever it was called elsewhere.
        for table in recorded.isEmpty ? [] : tables {
            let node = root["tables"]?[table.name]
            let isRecorded = recorded.contains { $0.name == table.name }
            if !isRecorded {
                check(
                    table.was, "table", at: node?["was"], recorded: recorded.map(\.name),
                    present: tables.map(\.name))
            }
            let earlier = recorded.first { $0.name == (isRecorded ? table.name : table.was) }
            for column in table.columns where earlier != nil && earlier?.column(column.name) == nil {
                check(
                    column.was, "column", at: node?["columns"]?[column.name]?["was"],
                    recorded: earlier?.columns.map(\.name) ?? [], present: table.columns.map(\.name))
            }
        }
    }

    private mutating func check(
        _ was: String?, _ kind: String, at node: Node?, recorded: [String], present: [String]
    ) {
        guard let was, let node else { return }
        if !recorded.contains(was) {
            diagnostics.append(
                Diagnostic(
                    rule: "was-unknown", "no migration has made a \(kind) '\(was)'", at: node.location,
                    help: Suggestion.help(for: was, among: recorded) ?? "without 'was' it is a new \(kind)"))
        } else if present.contains(was) {
            diagnostics.append(
                Diagnostic(
                    rule: "was-present", "there is a \(kind) '\(was)' still", at: node.location,
                    help: "without 'was' this is a new \(kind)"))
        }
    }
}

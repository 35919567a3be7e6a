extension SchemaReader {
    // After all tables, because a reference may refer to a later one.
    mutating func checkReferences(_ table: TableModel, _ node: Node) {
        guard let index = tables.firstIndex(where: { $0.name == table.name }) else { return }
        for member in node.isMapping ? mapping("references", of: node) : [] {
            let target = (member.value.string ?? "").split(separator: ".").map(String.init)
            if isUnread(member.key, of: table.name) { continue }
            guard let own = table.column(member.key) else {
                refuse(
                    "column-unknown", "the table '\(table.name)' has no column '\(member.key)'",
                    at: member.keyLocation, help: Suggestion.help(for: member.key, among: table.columns.map(\.name)))
                continue
            }
            if target.count == 2, isUnread(target[1], of: target[0]) { continue }
            let text = member.value.string ?? ""
            guard target.count == 2, let goal = tables.first(where: { $0.name == target[0] }),
                let other = goal.column(target[1])
            else {
                refuse(
                    "reference-unknown", "'\(text)' is not a column of a table", at: member.value.location,
                    help: Suggestion.help(for: text, among: tables.flatMap(Self.references))
                        ?? "write table.column, such as users.id")
                continue
            }
            if own.type != other.type {
                refuse(
                    "reference-type",
                    "'\(member.key)' is \(own.type.rawValue), but \(target[0]).\(target[1]) is \(other.type.rawValue)",
                    at: member.value.location)
            } else if !goal.key.isEmpty, goal.key != [other.name], !goal.unique.contains([other.name]) {
                refuse(
                    "reference-target", "'\(text)' is not unique, so a reference could match several rows",
                    at: member.value.location,
                    help: "refer to the key, or write '- [\(other.name)]' below 'unique' of '\(goal.name)'")
            }
            tables[index].references.append(
                ReferenceModel(column: member.key, table: target[0], target: target[1]))
        }
    }

    /// The possible references to a row of the table.
    private static func references(to table: TableModel) -> [String] {
        table.columns.map { "\(table.name).\($0.name)" }
    }
}

extension SchemaReader {
    /// The check constraints of a table, by name. An invalid one does not affect the others.
    mutating func checks(_ node: Node, _ table: TableModel) -> [CheckModel] {
        mapping("checks", of: node).compactMap { member in
            checkName(member.key, at: member.keyLocation)
            if Self.constraints(of: table).contains(member.key) {
                refuse(
                    "name", "the name '\(member.key)' is used by a key, unique list or reference of '\(table.name)'",
                    at: member.keyLocation, help: "choose another name")
            }
            guard expect(member.value.string != nil, "a check must be a condition such as 'size >= 0'", member.value),
                let text = member.value.string
            else { return nil }
            do throws(ConditionError) {
                return CheckModel(name: member.key, words: try ConditionReader.read(text, of: table))
            } catch {
                // A column whose type could not be read is already reported.
                let named = String(String.UnicodeScalarView(Array(text.unicodeScalars)[error.range]))
                if error.rule == "column-unknown", isUnread(named, of: table.name) { return nil }
                refuse(error.rule, error.message, at: member.value.place(of: error.range), help: error.help)
                return nil
            }
        }
    }

    /// The names that PostgreSQL gives to a table's other constraints.
    private static func constraints(of table: TableModel) -> [String] {
        [SQLNames.key(table.name)] + table.unique.map { SQLNames.unique(table.name, $0) }
            + table.columns.map { SQLNames.reference(table.name, $0.name) }
    }
}

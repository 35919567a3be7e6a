extension SchemaReader {
    /// The longest name in bytes; PostgreSQL cuts longer ones.
    private static let nameBytesMax = 63

    /// Rejects names of tables and indexes that meet in one engine or in Swift, and those that PostgreSQL would cut.
    mutating func checkRelations(_ all: Node) {
        var relations: [String: Location] = [:]
        var types: [String: Location] = [:]
        for (member, table) in zip(all.members, tables) {
            claim(table.name, at: member.keyLocation, in: &relations)
            let type = SwiftNames.upper(table.name)
            if let first = types.updateValue(member.keyLocation, forKey: type) {
                refuse(
                    "name", "the table becomes the Swift name '\(type)', as another one does", at: member.keyLocation,
                    notes: [Diagnostic.Note("the other one is here", at: first)], help: "choose another name")
            }
            for column in member.value["columns"]?.members ?? [] { checkLength(column.key, at: column.keyLocation) }
        }
        for (member, table) in zip(all.members, tables) { claimIndexes(member, table, &relations) }
        for table in tables.dropFirst(all.members.count) {
            claim(table.name, at: all.location, in: &relations)
        }
    }

    private mutating func claimIndexes(
        _ member: Node.Member, _ table: TableModel, _ relations: inout [String: Location]
    ) {
        claim(SQLNames.key(table.name), at: member.keyLocation, in: &relations)
        for (item, columns) in Self.once(member.value["unique"], table.unique) {
            claim(SQLNames.unique(table.name, columns), at: item.location, in: &relations)
        }
        for (item, columns) in Self.once(member.value["indexes"], table.indexes) {
            claim(SQLNames.index(table.name, columns), at: item.location, in: &relations)
        }
        guard let search = table.search, let node = member.value["search"] else { return }
        claim(SQLNames.index(table.name, [search]), at: node.location, in: &relations)
        claim(SQLNames.index(table.name, [search]) + "_waiting", at: node.location, in: &relations)
    }

    /// The lists with their places; one that is empty or listed before is already reported.
    private static func once(_ node: Node?, _ lists: [[String]]) -> [(item: Node, columns: [String])] {
        var seen: Set<[String]> = []
        return zip(node?.items ?? [], lists).filter { !$1.isEmpty && seen.insert($1).inserted }
            .map { (item: $0, columns: $1) }
    }

    private mutating func claim(_ name: String, at location: Location, in relations: inout [String: Location]) {
        checkLength(name, at: location)
        guard let first = relations.updateValue(location, forKey: name) else { return }
        refuse(
            "name", "'\(name)' names two tables or indexes", at: location,
            notes: [Diagnostic.Note("the other one is here", at: first)],
            help: "an index is named after its table and columns; choose another name for one of them")
    }

    private mutating func checkLength(_ name: String, at location: Location) {
        guard name.utf8.count > Self.nameBytesMax else { return }
        refuse(
            "name", "the name '\(name)' has \(name.utf8.count) bytes; PostgreSQL cuts it at \(Self.nameBytesMax)",
            at: location, help: "choose a shorter name")
    }
}

extension [ColumnModel] {
    /// The columns with a number behind each Swift name that is taken.
    func numbered(besides used: Set<String> = []) -> [ColumnModel] {
        var taken = used.union(["self", "init", "Type"])
        return map { column in
            var column = column
            column.swiftName = SwiftNames.unique(column.swiftName, in: &taken)
            return column
        }
    }
}

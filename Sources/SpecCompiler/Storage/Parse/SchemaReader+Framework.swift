extension SchemaReader {
    private static let frameworkKeywords = ["idempotency", "event-log", "mail-outbox"]

    /// Reads `framework` and adds its tables to those of the schema.
    mutating func readFramework(_ root: Node) {
        guard let node = root["framework"],
            expect(node.isMapping, "'framework' must be a mapping of features to tables", node)
        else { return }
        for member in node.members {
            switch member.key {
            case "idempotency": framework.idempotency = table(of: member)
            case "mail-outbox": framework.mailOutbox = table(of: member)
            case "event-log": framework.eventLog = eventLog(member)
            default:
                refuse(
                    "keyword-unknown", "unknown keyword '\(member.key)' in 'framework'", at: member.keyLocation,
                    help: Suggestion.help(for: member.key, among: Self.frameworkKeywords)
                        ?? "the framework has 'idempotency', 'event-log' and 'mail-outbox'")
            }
        }
        tables += FrameworkTables(framework).all.filter { added in !tables.contains { $0.name == added.name } }
    }

    /// The name of the only table of a feature: text, or a mapping with `table`.
    private mutating func table(of member: Node.Member) -> String? {
        for other in member.value.members where other.key != "table" { refuseKeyword(other, among: ["table"]) }
        return name(member.value.isMapping ? member.value["table"] : member.value, of: member, "table")
    }

    private mutating func eventLog(_ member: Node.Member) -> EventLogModel? {
        let keywords = ["table", "heads", "ids", "users"]
        for other in member.value.members where !keywords.contains(other.key) { refuseKeyword(other, among: keywords) }
        guard let table = name(member.value.isMapping ? member.value["table"] : member.value, of: member, "table")
        else { return nil }
        var log = EventLogModel(table: table, heads: table + "_heads", ids: EventLogModel.ids, users: nil)
        if let heads = member.value["heads"] { log.heads = name(heads, of: member, "heads") ?? log.heads }
        if let ids = member.value["ids"] { log.ids = columns(ids) ?? log.ids }
        if let users = member.value["users"] { log.users = reference(users) }
        return log
    }

    private mutating func refuseKeyword(_ member: Node.Member, among keywords: [String]) {
        refuse(
            "keyword-unknown", "unknown keyword '\(member.key)'", at: member.keyLocation,
            help: Suggestion.help(for: member.key, among: keywords)
                ?? "write \(keywords.map { "'\($0)'" }.joined(separator: ", "))")
    }

    /// A name of a new table.
    private mutating func name(_ node: Node?, of member: Node.Member, _ keyword: String) -> String? {
        guard let node, let name = node.string else {
            refuse(
                "value-type", "'\(keyword)' of '\(member.key)' must be the name of a table",
                at: node?.location ?? member.keyLocation, help: "write '\(member.key): {table: …}'")
            return nil
        }
        checkName(name, at: node.location)
        if tables.contains(where: { $0.name == name }) || !frameworkNames.insert(name).inserted {
            refuse(
                "table-twice", "the table '\(name)' is declared twice", at: node.location,
                help: "the framework declares its columns; remove the other declaration or choose another name")
        }
        return name
    }

    /// The two names of the id columns.
    private mutating func columns(_ node: Node) -> [String]? {
        let names = node.items.compactMap(\.string)
        guard node.isSequence, names.count == 2, node.items.count == 2 else {
            refuse(
                "event-ids", "an event log has two columns of ids", at: node.location,
                help: "name both, such as 'ids: [message_id, subject_id]'")
            return nil
        }
        for item in node.items {
            let name = item.string ?? ""
            checkName(name, at: item.location)
            let isTaken = FrameworkTables.eventColumns.contains(name) || names.first == name && item !== node.items[0]
            if isTaken {
                refuse(
                    "column-twice", "the event log has another column '\(name)'", at: item.location,
                    help: "choose another name")
            }
        }
        return names
    }

    /// The users' column that the heads refer to. Users come first, so the table must exist.
    private mutating func reference(_ node: Node) -> ReferenceModel? {
        let parts = (node.string ?? "").split(separator: ".").map(String.init)
        let goal = tables.first { $0.name == parts.first }
        guard parts.count == 2, let goal, let column = goal.column(parts[1]), column.type == .identifier,
            goal.key == [column.name] || goal.unique.contains([column.name])
        else {
            refuse(
                "reference-unknown", "'\(node.string ?? node.kind)' is not a key of users", at: node.location,
                help: "write table.column of identifiers, such as users.id")
            return nil
        }
        return ReferenceModel(column: FrameworkTables.user, table: goal.name, target: column.name)
    }
}

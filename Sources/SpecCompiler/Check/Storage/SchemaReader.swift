/// Reads `schema.yaml`: tables with columns, keys, indexes, checks and references.
struct SchemaReader {
    /// What a file says.
    struct Schema {
        let tables: [TableModel]
        /// Changes that may lose something.
        let accepted: [ChangeRules.Acceptance]
        let diagnostics: [Diagnostic]
    }

    private var diagnostics: [Diagnostic] = []
    var tables: [TableModel] = []
    /// Columns that something was wrong with, as `table.column`, and tables whose columns could not be read at all:
    /// nobody is told a second time that they are missing.
    private(set) var unread: Set<String> = []
    private static let keywords = ["tables", "accept"]
    private static let tableKeywords = [
        "description", "was", "columns", "key", "unique", "indexes", "checks", "references", "search",
    ]
    private static let columnKeywords = ["type", "was", "fill"]

    static func read(_ root: Node) -> Schema {
        var reader = SchemaReader()
        reader.read(root)
        let accepted = (root["accept"]?.items ?? []).compactMap { item in
            item.string.map { ChangeRules.Acceptance(words: $0, location: item.location) }
        }
        return Schema(tables: reader.tables, accepted: accepted, diagnostics: reader.diagnostics)
    }

    mutating func refuse(_ rule: String, _ message: String, at location: Location, help: String? = nil) {
        diagnostics.append(Diagnostic(rule: rule, message, at: location, help: help))
    }

    private mutating func read(_ root: Node) {
        for member in root.members where !Self.keywords.contains(member.key) {
            refuse(
                "keyword-unknown", "unknown keyword '\(member.key)'", at: member.keyLocation,
                help: Suggestion.help(for: member.key, among: Self.keywords) ?? "'tables' or 'accept'")
        }
        for item in root["accept"]?.items ?? [] where item.string == nil {
            refuse("accept", "expected the words of a change, but \(item.kind) came", at: item.location)
        }
        guard let all = root["tables"] else {
            let isMisspelt = root.members.contains { Suggestion.nearest($0.key, among: Self.keywords) == "tables" }
            if !isMisspelt { refuse("keyword-missing", "'tables' is missing", at: root.location) }
            return
        }
        guard expect(all.isMapping, "'tables' is a mapping of names to tables", all) else { return }
        for member in all.members { readTable(member) }
        for (member, table) in zip(all.members, tables) { checkReferences(table, member.value) }
    }

    private mutating func readTable(_ member: Node.Member) {
        var table = TableModel(name: member.key)
        checkName(member.key, at: member.keyLocation)
        guard expect(member.value.isMapping, "a table is a mapping", member.value) else { return tables.append(table) }
        for keyword in member.value.members where !Self.tableKeywords.contains(keyword.key) {
            refuse(
                "keyword-unknown", "unknown keyword '\(keyword.key)' in a table", at: keyword.keyLocation,
                help: Suggestion.help(for: keyword.key, among: Self.tableKeywords))
        }
        table.documentation = SpecText.lines(member.value["description"]?.string)
        table.was = earlierName(member.value["was"])
        for column in mapping("columns", of: member.value) { readColumn(column, into: &table) }
        for (keyword, noun) in [("columns", "columns"), ("key", "key")] where isMissing(keyword, in: member.value) {
            if keyword == "columns" { unread.insert(member.key) }
            if isMisspelt(keyword, in: member.value) { continue }
            refuse("keyword-missing", "the table '\(member.key)' has no \(noun)", at: member.keyLocation)
        }
        table.key = member.value["key"].map { columns($0, table) } ?? []
        for item in member.value["key"]?.items ?? [] where table.column(item.string ?? "")?.isNullable == true {
            refuse("key-null", "a column of the key cannot be null", at: item.location)
        }
        table.unique = lists("unique", of: member.value, table)
        table.indexes = lists("indexes", of: member.value, table)
        table.search = search(member.value["search"], table)
        table.checks = checks(member.value, table)
        tables.append(table)
    }

    // MARK: Shapes

    mutating func expect(_ fits: Bool, _ expected: String, _ node: Node, help: String? = nil) -> Bool {
        if !fits { refuse("value-type", "\(expected), and this is \(node.kind)", at: node.location, help: help) }
        return fits
    }

    private func isMissing(_ keyword: String, in table: Node) -> Bool {
        guard let node = table[keyword] else { return true }
        return node.isMapping && node.members.isEmpty || node.isSequence && node.items.isEmpty
    }

    mutating func mapping(_ keyword: String, of table: Node) -> [Node.Member] {
        guard let node = table[keyword] else { return [] }
        return expect(node.isMapping, "'\(keyword)' is a mapping", node) ? node.members : []
    }

    /// Whether a key of the table is nearly that keyword, which has been said.
    private func isMisspelt(_ keyword: String, in table: Node) -> Bool {
        table.members.contains {
            !Self.tableKeywords.contains($0.key)
                && Suggestion.nearest($0.key, among: Self.tableKeywords) == keyword
        }
    }

    private mutating func lists(_ keyword: String, of node: Node, _ table: TableModel) -> [[String]] {
        guard let node = node[keyword],
            expect(node.isSequence, "'\(keyword)' is a list of lists of columns", node)
        else { return [] }
        var seen: [[String]: Node] = [:]
        return node.items.map { item in
            let list = columns(item, table)
            if !list.isEmpty, let first = seen.updateValue(item, forKey: list) {
                diagnostics.append(
                    Diagnostic(
                        rule: "list-twice", "'\(keyword)' lists these columns twice", at: item.location,
                        notes: [Diagnostic.Note("first listed here", at: first.location)]))
            }
            return list
        }
    }

    // MARK: Names and columns

    private mutating func search(_ node: Node?, _ table: TableModel) -> String? {
        guard let node else { return nil }
        guard let column = node.string.flatMap(table.column) else {
            if isUnread(node.string, of: table.name) { return nil }
            refuse(
                "column-unknown", "the table '\(table.name)' has no column '\(node.string ?? node.kind)'",
                at: node.location, help: Suggestion.help(for: node.string ?? "", among: table.columns.map(\.name)))
            return nil
        }
        if column.type != .text || column.isNullable {
            refuse(
                "search-type", "'\(column.name)' cannot be searched", at: node.location, help: "search a column of text"
            )
        }
        if table.column(SchemaSQL.searchRow) != nil {
            refuse(
                "name", "a table with 'search' has a column '\(SchemaSQL.searchRow)' of its own", at: node.location,
                help: "choose another name for that column")
        }
        return column.name
    }

    mutating func checkName(_ name: String, at location: Location) {
        let isName =
            name.first.map { $0.isLetter && $0.isLowercase } == true
            && name.utf8.allSatisfy { $0 &- 0x61 < 26 || $0 &- 0x30 < 10 || $0 == 0x5F }
        if !isName {
            refuse("name", "'\(name)' is no name for SQL", at: location, help: "use a-z, 0-9 and _, such as 'user_id'")
        }
        if SQLWords.reserved.contains(name) {
            refuse("name", "'\(name)' is a word of SQL", at: location, help: "choose another name")
        }
    }

    /// A type, or a mapping of the type and what a migration is to know.
    private mutating func readColumn(_ member: Node.Member, into table: inout TableModel) {
        checkName(member.key, at: member.keyLocation)
        for keyword in member.value.members where !Self.columnKeywords.contains(keyword.key) {
            refuse(
                "keyword-unknown", "unknown keyword '\(keyword.key)' in a column", at: keyword.keyLocation,
                help: Suggestion.help(for: keyword.key, among: Self.columnKeywords))
        }
        let type = member.value.isMapping ? member.value["type"] : member.value
        guard let text = type?.string, var column = Self.column(member.key, text) else {
            unread.insert("\(table.name).\(member.key)")
            return refuse(
                "column-type", "'\(type?.string ?? type?.kind ?? "nothing")' is no type of a column",
                at: type?.location ?? member.keyLocation, help: ColumnTypes.help(for: type?.string ?? ""))
        }
        column.was = earlierName(member.value["was"])
        column.fill = member.value["fill"].flatMap { fill($0, column) }
        table.columns.append(column)
    }

    private mutating func earlierName(_ node: Node?) -> String? {
        if let node, node.string == nil {
            refuse("name", "expected the name before, but \(node.kind) came", at: node.location)
        }
        return node?.string
    }

    /// A value as a literal that both engines understand.
    private mutating func fill(_ node: Node, _ column: ColumnModel) -> String? {
        switch (column.type, node.value) {
        case (.text, .string(let text)):
            return "'"
                + text.split(separator: "'", omittingEmptySubsequences: false)
                .joined(separator: "''") + "'"
        case (.integer, .integer(let number)): return "\(number)"
        case (.real, _) where node.number != nil: return node.number.map { "\($0)" }
        case (.bool, .bool(let flag)): return flag ? "TRUE" : "FALSE"
        default:
            refuse(
                "fill", "\(node.kind) cannot fill a column of type \(column.type.rawValue)", at: node.location,
                help: "text, integer, real and bool can be filled, each with a value of its own kind")
            return nil
        }
    }

    /// `text`, or `text?` for a column that may be null.
    static func column(_ name: String, _ text: String) -> ColumnModel? {
        let isNullable = text.hasSuffix("?")
        guard let type = ColumnType(rawValue: isNullable ? String(text.dropLast()) : text) else { return nil }
        return ColumnModel(name: name, type: type, isNullable: isNullable)
    }

    private mutating func columns(_ node: Node, _ table: TableModel) -> [String] {
        guard
            expect(
                node.isSequence, "expected a list of columns", node,
                help: node.string.map { "write [\($0)]" })
        else { return [] }
        var seen: Set<String> = []
        return node.items.compactMap { item in
            guard let name = item.string, table.column(name) != nil else {
                if isUnread(item.string, of: table.name) { return nil }
                refuse(
                    "column-unknown", "the table '\(table.name)' has no column '\(item.string ?? item.kind)'",
                    at: item.location,
                    help: Suggestion.help(for: item.string ?? "", among: table.columns.map(\.name)))
                return nil
            }
            if !seen.insert(name).inserted { refuse("column-twice", "'\(name)' is named twice", at: item.location) }
            return name
        }
    }

    /// Whether something was wrong with the column, which was said where it stands.
    func isUnread(_ column: String?, of table: String) -> Bool {
        unread.contains(table) || column.map { unread.contains("\(table).\($0)") } ?? false
    }
}

/// Reads `schema.yaml`: tables with columns, keys, indexes, checks and references.
struct SchemaReader {
    /// The content of a file.
    struct Schema {
        let tables: [TableModel]
        let framework: FrameworkModel
        /// The accepted changes that may lose data.
        let accepted: [Acceptance]
        let diagnostics: [Diagnostic]
    }

    private var diagnostics: [Diagnostic] = []
    /// The tables of the file, then those of the framework.
    var tables: [TableModel] = []
    var framework = FrameworkModel()
    /// The names of the framework's tables.
    var frameworkNames: Set<String> = []
    /// Invalid columns, as `table.column`, and tables whose columns could not be read at all. They are not reported
    /// again as missing.
    private(set) var unread: Set<String> = []
    private static let keywords = ["framework", "tables", "accept"]
    private static let tableKeywords = [
        "description", "was", "columns", "key", "unique", "indexes", "checks", "references", "search",
    ]
    private static let columnKeywords = ["type", "was", "fill"]

    static func read(_ root: Node) -> Schema {
        var reader = SchemaReader()
        reader.read(root)
        let accepted = (root["accept"]?.items ?? []).compactMap { item in
            item.string.map { Acceptance(words: $0, location: item.location) }
        }
        return Schema(
            tables: reader.tables, framework: reader.framework, accepted: accepted, diagnostics: reader.diagnostics)
    }

    mutating func refuse(
        _ rule: String, _ message: String, at location: Location, notes: [Diagnostic.Note] = [], help: String? = nil
    ) {
        diagnostics.append(Diagnostic(rule: rule, message, at: location, notes: notes, help: help))
    }

    private mutating func read(_ root: Node) {
        for member in root.members where !Self.keywords.contains(member.key) {
            refuse(
                "keyword-unknown", "unknown keyword '\(member.key)'", at: member.keyLocation,
                help: Suggestion.help(for: member.key, among: Self.keywords)
                    ?? "write 'framework', 'tables' or 'accept'")
        }
        for item in root["accept"]?.items ?? [] where item.string == nil {
            refuse("accept", "expected the words of a change, but found \(item.kind)", at: item.location)
        }
        guard let all = root["tables"] else {
            if root["framework"] != nil { return readFramework(root) }
            let isMisspelt = root.members.contains { Suggestion.nearest($0.key, among: Self.keywords) == "tables" }
            if !isMisspelt { refuse("keyword-missing", "'tables' is missing", at: root.location) }
            return
        }
        guard expect(all.isMapping, "'tables' must be a mapping of names to tables", all) else { return }
        for member in all.members { readTable(member) }
        readFramework(root)
        for (member, table) in zip(all.members, tables) { checkReferences(table, member.value) }
        checkRelations(all)
    }

    private mutating func readTable(_ member: Node.Member) {
        var table = TableModel(name: member.key)
        checkName(member.key, at: member.keyLocation)
        guard expect(member.value.isMapping, "a table must be a mapping", member.value) else {
            return tables.append(table)
        }
        for keyword in member.value.members where !Self.tableKeywords.contains(keyword.key) {
            refuse(
                "keyword-unknown", "unknown keyword '\(keyword.key)' in a table", at: keyword.keyLocation,
                help: Suggestion.help(for: keyword.key, among: Self.tableKeywords))
        }
        table.documentation = SpecText.lines(member.value["description"]?.string)
        table.was = earlierName(member.value["was"])
        for column in mapping("columns", of: member.value) { readColumn(column, into: &table) }
        table.columns = table.columns.numbered()
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
        if !fits { refuse("value-type", "\(expected), not \(node.kind)", at: node.location, help: help) }
        return fits
    }

    private func isMissing(_ keyword: String, in table: Node) -> Bool {
        guard let node = table[keyword] else { return true }
        return node.isMapping && node.members.isEmpty || node.isSequence && node.items.isEmpty
    }

    mutating func mapping(_ keyword: String, of table: Node) -> [Node.Member] {
        guard let node = table[keyword] else { return [] }
        return expect(node.isMapping, "'\(keyword)' must be a mapping", node) ? node.members : []
    }

    /// True if a key of the table is a misspelling of that keyword, which is already reported.
    private func isMisspelt(_ keyword: String, in table: Node) -> Bool {
        table.members.contains {
            !Self.tableKeywords.contains($0.key)
                && Suggestion.nearest($0.key, among: Self.tableKeywords) == keyword
        }
    }

    private mutating func lists(_ keyword: String, of node: Node, _ table: TableModel) -> [[String]] {
        guard let node = node[keyword],
            expect(node.isSequence, "'\(keyword)' must be a list of lists of columns", node)
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
                "search-type", "'\(column.name)' cannot be searched", at: node.location,
                help: "search a text column that cannot be null"
            )
        }
        if table.column(SchemaSQL.searchRow) != nil {
            refuse(
                "name", "a table with 'search' cannot have a column '\(SchemaSQL.searchRow)'", at: node.location,
                help: "choose another name for that column")
        }
        return column.name
    }

    mutating func checkName(_ name: String, at location: Location) {
        let isName =
            name.first.map { $0.isLetter && $0.isLowercase } == true
            && name.utf8.allSatisfy { $0 &- 0x61 < 26 || $0 &- 0x30 < 10 || $0 == 0x5F }
        if !isName {
            refuse(
                "name", "'\(name)' is not a valid SQL name", at: location, help: "use a-z, 0-9 and _, such as 'user_id'"
            )
        }
        if SQLWords.isReserved(name) {
            refuse("name", "'\(name)' is a reserved word of SQL", at: location, help: "choose another name")
        }
    }

    /// Reads a column: a type, or a mapping of the type and hints for the migration.
    private mutating func readColumn(_ member: Node.Member, into table: inout TableModel) {
        checkName(member.key, at: member.keyLocation)
        for keyword in member.value.members where !Self.columnKeywords.contains(keyword.key) {
            refuse(
                "keyword-unknown", "unknown keyword '\(keyword.key)' in a column", at: keyword.keyLocation,
                help: Suggestion.help(for: keyword.key, among: Self.columnKeywords))
        }
        let type = member.value.isMapping ? member.value["type"] : member.value
        guard let text = type?.string,
            var column = ColumnText.column(member.key, text)?.named(in: StorageNames.row(table.name))
        else {
            unread.insert("\(table.name).\(member.key)")
            return refuse(
                "column-type", "'\(type?.string ?? type?.kind ?? "nothing")' is not a column type",
                at: type?.location ?? member.keyLocation, help: ColumnTypes.help(for: type?.string ?? ""))
        }
        column.was = earlierName(member.value["was"])
        column.fill = member.value["fill"].flatMap { fill($0, column) }
        table.columns.append(column)
    }

    private mutating func earlierName(_ node: Node?) -> String? {
        if let node, node.string == nil {
            refuse("name", "expected the earlier name, but found \(node.kind)", at: node.location)
        }
        return node?.string
    }

    /// A value as a literal that both engines understand.
    private mutating func fill(_ node: Node, _ column: ColumnModel) -> String? {
        switch (column.type, node.value) {
        case (.text, .string(let text)) where column.words?.words.contains(text) != false && !text.contains("\0"):
            return "'"
                + text.split(separator: "'", omittingEmptySubsequences: false)
                .joined(separator: "''") + "'"
        case (.integer, .integer(let number)): return "\(number)"
        case (.real, _) where node.number?.isFinite == true: return node.number.map { "\($0)" }
        case (.bool, .bool(let flag)): return flag ? "TRUE" : "FALSE"
        default:
            refuse(
                "fill",
                "\(node.number?.isFinite == false ? "infinity" : node.kind) cannot fill a column of type \(column.type.rawValue)",
                at: node.location,
                help: column.words.map { "write one of: \($0.words.joined(separator: ", "))" }
                    ?? "text, integer, real and bool can be filled, each with a value of its own kind")
            return nil
        }
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
            if !seen.insert(name).inserted { refuse("column-twice", "'\(name)' is listed twice", at: item.location) }
            return name
        }
    }

    /// True if the column is invalid, which is already reported at its own place.
    func isUnread(_ column: String?, of table: String) -> Bool {
        unread.contains(table) || column.map { unread.contains("\(table).\($0)") } ?? false
    }
}

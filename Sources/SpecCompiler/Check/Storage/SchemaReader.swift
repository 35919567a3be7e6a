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
    private var tables: [TableModel] = []
    /// Columns that something was wrong with, as `table.column`: nobody is told a second time that they are missing.
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
        guard let all = root["tables"], all.isMapping else {
            return refuse("keyword-missing", "'tables' is missing", at: root.location)
        }
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
            refuse("keyword-missing", "the table '\(member.key)' has no \(noun)", at: member.keyLocation)
        }
        table.key = member.value["key"].map { columns($0, table) } ?? []
        for item in member.value["key"]?.items ?? [] where table.column(item.string ?? "")?.isNullable == true {
            refuse("key-null", "a column of the key cannot be null", at: item.location)
        }
        table.unique = lists("unique", of: member.value).map { columns($0, table) }
        table.indexes = lists("indexes", of: member.value).map { columns($0, table) }
        table.search = search(member.value["search"], table)
        table.checks = checks(member.value, table)
        tables.append(table)
    }

    // MARK: Shapes

    mutating func expect(_ fits: Bool, _ expected: String, _ node: Node) -> Bool {
        if !fits { refuse("value-type", "\(expected), and this is \(node.kind)", at: node.location) }
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

    private mutating func lists(_ keyword: String, of table: Node) -> [Node] {
        guard let node = table[keyword] else { return [] }
        return expect(node.isSequence, "'\(keyword)' is a list of lists of columns", node) ? node.items : []
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
        guard expect(node.isSequence, "expected a list of columns", node) else { return [] }
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
        column.map { unread.contains("\(table).\($0)") } ?? false
    }

    private mutating func checkReferences(_ table: TableModel, _ node: Node) {
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
            guard target.count == 2, let other = tables.first(where: { $0.name == target[0] })?.column(target[1]) else {
                refuse(
                    "reference-unknown", "'\(member.value.string ?? "")' is no column of a table",
                    at: member.value.location, help: "write table.column, such as users.id")
                continue
            }
            if own.type != other.type {
                refuse(
                    "reference-type",
                    "'\(member.key)' is \(own.type.rawValue), but \(target[0]).\(target[1]) is \(other.type.rawValue)",
                    at: member.value.location)
            }
            tables[index].references.append(
                ReferenceModel(column: member.key, table: target[0], target: target[1]))
        }
    }
}

/// Types of columns in messages.
enum ColumnTypes {
    static func help(for text: String) -> String {
        let names = ColumnType.allCases.map(\.rawValue)
        return Suggestion.help(for: text, among: names)
            ?? "one of: \(names.joined(separator: ", ")); '?' behind it allows null"
    }
}

extension Suggestion {
    /// "did you mean …?", where a name is near.
    static func help(for text: String, among names: [String]) -> String? {
        nearest(text, among: names).map { "did you mean '\($0)'?" }
    }
}

/// Words that cannot be names without quotes on SQLite or PostgreSQL.
enum SQLWords {
    static let reserved: Set = [
        "all", "and", "any", "as", "asc", "case", "check", "column", "constraint", "create", "default", "delete",
        "desc", "distinct", "end", "except", "exists", "false", "for", "foreign", "from", "group", "having", "in",
        "index", "insert", "into", "is", "join", "key", "like", "limit", "not", "null", "offset", "on", "or", "order",
        "primary", "references", "returning", "select", "set", "table", "then", "to", "transaction", "true", "union",
        "unique", "update", "user", "using", "values", "when", "where", "with",
    ]
}

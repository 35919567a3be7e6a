/// Reads the condition of a check: comparisons of columns and literals, joined by `and`, `or` and `not`.
///
/// Supports only what SQLite and PostgreSQL treat alike: no order of texts, no `like`, no arithmetic.
struct ConditionReader {
    static let bytesMax = 4_096
    static let depthMax = 50
    private static let keywords: Set = ["and", "or", "not", "is", "in", "null", "true", "false", "length"]
    private static let comparisons: Set = ["=", "<>", "<", "<=", ">", ">="]

    /// One side of a comparison.
    private struct Operand {
        let type: ColumnType
        let isLiteral: Bool
        let range: Range<Int>
        let shown: String
    }

    private let tokens: [ConditionToken]
    private let columns: [ColumnModel]
    private let table: String
    private var next = 0
    private var depth = 0
    private var words: [CheckModel.Word] = []

    static func read(_ text: String, of table: TableModel) throws(ConditionError) -> [CheckModel.Word] {
        guard text.utf8.count <= bytesMax else {
            throw ConditionError(
                message: "a condition can have at most \(bytesMax) bytes", range: 0..<text.unicodeScalars.count)
        }
        var reader = ConditionReader(tokens: try ConditionScanner.tokens(of: text), table)
        try reader.condition()
        if let more = reader.token {
            throw ConditionError(
                message: "unexpected '\(more.shown)' after the end of the condition", range: more.range,
                help: reader.help(behind: more))
        }
        let isAboutRows = reader.words.contains { if case .column = $0 { true } else { false } }
        guard isAboutRows else {
            throw ConditionError(message: "the condition does not name a column", range: 0..<text.unicodeScalars.count)
        }
        return reader.words
    }

    private init(tokens: [ConditionToken], _ table: TableModel) {
        self.tokens = tokens
        self.table = table.name
        columns = table.columns
    }

    // MARK: Tokens

    private var token: ConditionToken? { next < tokens.count ? tokens[next] : nil }

    /// Consumes the next token and returns true if it is that keyword or sign.
    private mutating func takes(_ text: String) -> Bool {
        switch token?.kind {
        case .word(let word) where word.lowercased() == text: words.append(.plain(text.uppercased()))
        case .sign(text): words.append(.plain(text))
        default: return false
        }
        next += 1
        return true
    }

    private mutating func require(_ text: String) throws(ConditionError) {
        guard takes(text) else { throw unexpected("'\(text)'") }
    }

    private func unexpected(_ expected: String, help: String? = nil) -> ConditionError {
        guard let token else {
            let last = tokens.last?.range
            return ConditionError(
                message: tokens.isEmpty
                    ? "the condition is empty" : "the condition ends, but \(expected) is expected",
                range: last ?? 0..<0, help: help)
        }
        return ConditionError(
            message: "expected \(expected), but found '\(token.shown)'", range: token.range, help: help)
    }

    private func help(behind token: ConditionToken) -> String {
        switch token.shown.lowercased() {
        case "like", "glob", "ilike", "similar": "patterns differ between the engines; check those in the API's schema"
        case "between": "write 'a >= 1 and a <= 5'"
        case "collate": "texts can only be compared with = and <>"
        default: "join comparisons with 'and' or 'or'"
        }
    }

    // MARK: Grammar

    private mutating func condition() throws(ConditionError) {
        repeat { try conjunction() } while takes("or")
    }

    private mutating func conjunction() throws(ConditionError) {
        repeat { try negation() } while takes("and")
    }

    private mutating func negation() throws(ConditionError) {
        while takes("not") {}
        guard token?.kind == .sign("(") else { return try comparison() }
        depth += 1
        if depth > Self.depthMax, let token {
            throw ConditionError(
                message: "parentheses are nested more than \(Self.depthMax) levels deep", range: token.range)
        }
        try require("(")
        try condition()
        try require(")")
        depth -= 1
    }

    private mutating func comparison() throws(ConditionError) {
        let left = try operand()
        if let sign = token, case .sign(let text) = sign.kind, Self.comparisons.contains(text), takes(text) {
            if text == "=", token?.kind == .sign("=") {
                throw unexpected("a column or a literal", help: "write '=' once")
            }
            let right = try operand()
            try compare(left, right)
            if text != "=", text != "<>" { try order(left, sign) }
        } else if takes("is") {
            _ = takes("not")
            try require("null")
        } else if isList {
            try list(left)
        } else if let token, case .word(let word) = token.kind, !["and", "or"].contains(word.lowercased()) {
            throw ConditionError(
                message: "'\(word)' is not a supported comparison", range: token.range, help: help(behind: token))
        } else if left.type != .bool {
            throw ConditionError(
                message: "'\(left.shown)' is \(left.type.rawValue), but a condition must be true or false",
                range: left.range, help: "compare it, such as '\(left.shown) = …'")
        }
    }

    /// True if `in` or `not in` follows.
    private var isList: Bool {
        let words = tokens[next...].prefix(2).map { $0.shown.lowercased() }
        return words.first == "in" || words == ["not", "in"]
    }

    private mutating func list(_ left: Operand) throws(ConditionError) {
        _ = takes("not")
        try require("in")
        try require("(")
        repeat {
            let item = try operand()
            guard item.isLiteral else {
                throw ConditionError(
                    message: "'\(item.shown)' is not a literal", range: item.range,
                    help: "'in' takes a list of literals")
            }
            try compare(left, item)
        } while takes(",")
        try require(")")
    }

    // MARK: Operands

    private mutating func operand() throws(ConditionError) -> Operand {
        guard let token else { throw unexpected("a column or a literal") }
        switch token.kind {
        case .text(let text): return literal(.text, text, token)
        case .real(let text): return literal(.real, text, token)
        case .integer(let text):
            guard Int64(text) != nil else {
                throw ConditionError(message: "'\(text)' does not fit a 64-bit integer", range: token.range)
            }
            return literal(.integer, text, token)
        case .word(let word): return try named(word, token)
        case .sign: throw unexpected("a column or a literal")
        }
    }

    private mutating func literal(_ type: ColumnType, _ text: String, _ token: ConditionToken) -> Operand {
        next += 1
        words.append(.plain(text))
        return Operand(type: type, isLiteral: true, range: token.range, shown: text)
    }

    private mutating func named(_ word: String, _ token: ConditionToken) throws(ConditionError) -> Operand {
        switch word.lowercased() {
        case "true", "false": return literal(.bool, word.uppercased(), token)
        case "length" where tokens[next...].dropFirst().first?.kind == .sign("("): return try length(token)
        case "null":
            throw ConditionError(
                message: "a comparison with null is never true", range: token.range,
                help: "write 'is null' or 'is not null'")
        case let keyword where Self.keywords.contains(keyword) && column(word) == nil:
            throw unexpected("a column or a literal")
        case _ where tokens[next...].dropFirst().first?.kind == .sign("("):
            throw ConditionError(
                message: "the function '\(word)' is not supported", range: token.range,
                help: "only 'length' is supported")
        default: return try column(token)
        }
    }

    private func column(_ name: String) -> ColumnModel? { columns.first { $0.name == name } }

    private mutating func column(_ token: ConditionToken) throws(ConditionError) -> Operand {
        guard let column = column(token.shown) else {
            throw ConditionError(
                rule: "column-unknown", message: "the table '\(table)' has no column '\(token.shown)'",
                range: token.range, help: Suggestion.help(for: token.shown, among: columns.map(\.name)))
        }
        next += 1
        words.append(.column(column.name))
        return Operand(type: column.type, isLiteral: false, range: token.range, shown: column.name)
    }

    /// `length(text)` counts characters, `length(bytes)` bytes.
    private mutating func length(_ token: ConditionToken) throws(ConditionError) -> Operand {
        next += 1
        words.append(.plain("length"))
        try require("(")
        guard let name = self.token else { throw unexpected("a column") }
        let measured = try column(name)
        guard measured.type == .text || measured.type == .bytes else {
            throw ConditionError(
                message: "'\(measured.shown)' is \(measured.type.rawValue), which has no length", range: name.range,
                help: "'length' takes text or bytes")
        }
        try require(")")
        return Operand(type: .integer, isLiteral: false, range: token.range, shown: "length(\(measured.shown))")
    }

    // MARK: Types

    private func compare(_ left: Operand, _ right: Operand) throws(ConditionError) {
        let isWhole = [left, right].contains { $0.isLiteral && $0.type == .integer }
        if left.type == right.type || isWhole && [left.type, right.type].contains(.real) { return }
        let wrong = left.isLiteral ? left : right
        throw ConditionError(
            rule: "check-type",
            message: "'\(left.shown)' is \(left.type.rawValue), but '\(right.shown)' is \(right.type.rawValue)",
            range: wrong.range, help: Self.help(for: (left.isLiteral ? right : left).type))
    }

    private static func help(for type: ColumnType) -> String {
        switch type {
        case .text: "write texts in single quotes: 'like this'"
        case .integer: "write an integer such as 5"
        case .real: "write a number such as 5 or 0.5"
        case .bool: "write 'true' or 'false'"
        case .identifier, .bytes, .timestamp: "compare it with a column of its own type; it has no literals"
        }
    }

    private func order(_ left: Operand, _ sign: ConditionToken) throws(ConditionError) {
        guard left.type == .text || left.type == .bool else { return }
        throw ConditionError(
            rule: "check-type", message: "the order of \(left.type.rawValue) is not the same on both engines",
            range: sign.range, help: "compare with = or <>, or list the values with 'in'")
    }
}

/// Parses the types of columns and parameters: `text`, `text?`, `enum(sent, read)`, `identifier[]`.
enum ColumnText {
    /// The maximum number of words of an enum.
    static let wordsMax = 256
    private static let wordBytesMax = 64

    /// A column of that type, or nil if the text is not a column's type.
    static func column(_ name: String, _ text: String) -> ColumnModel? {
        let isNullable = text.hasSuffix("?")
        let base = isNullable ? String(text.dropLast()) : text
        if let type = ColumnType(rawValue: base) {
            return ColumnModel(name: name, type: type, isNullable: isNullable)
        }
        guard let words = words(base) else { return nil }
        var column = ColumnModel(name: name, type: .text, isNullable: isNullable)
        column.words = WordsModel(words: words)
        return column
    }

    /// A list parameter, or nil if the text is not the type of a list.
    static func list(_ name: String, _ text: String) -> ColumnModel? {
        guard text.hasSuffix("[]"), let type = ColumnType(rawValue: String(text.dropLast(2))), type.hasList else {
            return nil
        }
        var column = ColumnModel(name: name, type: type, isNullable: false)
        column.isList = true
        return column
    }

    /// A column of the type of a table's column: `contacts.status`, or `contacts.status?`.
    static func typed(_ name: String, _ text: String, like tables: [TableModel]) -> ColumnModel? {
        let isNullable = text.hasSuffix("?")
        let parts = (isNullable ? text.dropLast() : text[...]).split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let table = tables.first(where: { $0.name == parts[0] }),
            let model = table.column(String(parts[1]))
        else { return nil }
        var column = ColumnModel(name: name, type: model.type, isNullable: isNullable)
        column.words = model.words
        return column
    }

    private static func words(_ text: String) -> [String]? {
        guard text.hasPrefix("enum("), text.hasSuffix(")") else { return nil }
        let words = text.dropFirst("enum(".count).dropLast()
            .split(separator: ",", omittingEmptySubsequences: false)
            .map(trimmed)
        let names = Set(words.map(SwiftNames.lower))
        return words.count <= wordsMax && names.count == words.count && words.allSatisfy(isWord) ? words : nil
    }

    /// The text without spaces at both ends.
    static func trimmed(_ text: Substring) -> String {
        var text = text.drop { $0 == " " }
        while text.last == " " { text.removeLast() }
        return String(text)
    }

    private static func isWord(_ word: String) -> Bool {
        guard let first = word.utf8.first, first &- 0x61 < 26, word.utf8.count <= wordBytesMax else { return false }
        return word.utf8.allSatisfy { $0 &- 0x61 < 26 || $0 &- 0x30 < 10 || $0 == 0x5F || $0 == 0x2D }
    }

    /// Splits at the commas outside of parentheses.
    static func items(_ text: String) -> [Substring] {
        var items: [Substring] = []
        var (start, depth) = (text.startIndex, 0)
        for index in text.indices {
            switch text[index] {
            case "(": depth += 1
            case ")": depth -= 1
            case "," where depth <= 0:
                items.append(text[start..<index])
                start = text.index(after: index)
            default: break
            }
        }
        return (items + [text[start...]]).filter { !$0.allSatisfy { $0 == " " } }
    }
}

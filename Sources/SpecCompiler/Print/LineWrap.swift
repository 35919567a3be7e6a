/// Breaks lines of Swift that are too long, as a careful person would: inside the longest brackets, at the commas.
///
/// A line stays long only if a literal or a name makes it so.
enum LineWrap {
    /// The maximum number of columns.
    static let columnsMax = 120
    private static let indent = "    "

    /// The lines that say the same, without the indentation of `depth` levels.
    static func lines(of line: String, depth: Int) -> [String] {
        fits(line, depth) ? [line] : isComment(line) ? comment(line, depth) : code(line, depth)
    }

    private static func fits(_ line: String, _ depth: Int) -> Bool {
        // Bytes first: counting characters is slow, and nearly all lines are short. No more than fit are counted: a
        // document of the spec is one line.
        line.utf8.count <= columns(depth)
            || line.index(line.startIndex, offsetBy: max(0, columns(depth) + 1), limitedBy: line.endIndex) == nil
    }

    // MARK: Comments

    private static func isComment(_ line: String) -> Bool {
        line.utf8.drop { $0 == UInt8(ascii: " ") }.starts(with: "///".utf8)
    }

    private static func comment(_ line: String, _ depth: Int) -> [String] {
        let lead = line.prefix { $0 == " " } + "/// "
        guard line.hasPrefix(lead) else { return [line] }
        return fill(line.dropFirst(lead.count).split(separator: " ").map(String.init), " ", columns(depth) - lead.count)
            .map { lead + $0 }
    }

    private static func columns(_ depth: Int) -> Int { columnsMax - depth * 4 }

    /// The words in lines of at most `width` columns; a word that is longer has a line of its own.
    private static func fill(_ words: [String], _ separator: String, _ width: Int) -> [String] {
        var lines: [String] = []
        for word in words {
            if let last = lines.last, last.count + separator.count + word.count <= width {
                lines[lines.count - 1] = last + separator + word
            } else {
                lines.append(word)
            }
        }
        return lines
    }

    // MARK: Code

    private static func code(_ line: String, _ depth: Int) -> [String] {
        let lead = String(line.prefix { $0 == " " })
        guard let brackets = BracketScan(line).longest else { return [line] }
        let head = String(line[..<brackets.content.lowerBound])
        let tail = String(line[brackets.content.upperBound...])
        let content = line[brackets.content].trimmed
        let inside = brackets.isBlock ? block(content, depth, lead) : list(content, depth, lead)
        guard let inside else { return [line] }
        let first = head.trimmedEnd + (inside.head.isEmpty ? "" : " " + inside.head)
        return [first] + inside.lines + lines(of: lead + tail, depth: depth)
    }

    /// The statement of a closure, and the part that belongs behind its brace.
    private static func block(_ content: String, _ depth: Int, _ lead: String) -> (head: String, lines: [String])? {
        let (head, body) = BracketScan(content).parameters ?? ("", content)
        return body.isEmpty ? nil : (head, nested(lines(of: lead + body, depth: depth + 1)))
    }

    /// The items between parentheses or square brackets.
    private static func list(_ content: String, _ depth: Int, _ lead: String) -> (head: String, lines: [String])? {
        guard !content.isEmpty else { return nil }
        let items = BracketScan(content).items
        let words = items.enumerated().map { $1 + ($0 < items.count - 1 ? "," : "") }
        let filled = fill(words, " ", columns(depth + 1) - lead.count)
        return ("", nested(filled.flatMap { lines(of: lead + $0, depth: depth + 1) }))
    }

    private static func nested(_ lines: [String]) -> [String] { lines.map { indent + $0 } }
}

extension StringProtocol {
    /// The text without spaces at both ends.
    fileprivate var trimmed: String { String(drop { $0 == " " }).trimmedEnd }

    /// The text without spaces at its end.
    fileprivate var trimmedEnd: String {
        var end = endIndex
        while end > startIndex, self[index(before: end)] == " " { end = index(before: end) }
        return String(self[..<end])
    }
}

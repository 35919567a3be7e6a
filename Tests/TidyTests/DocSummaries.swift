/// The doc summaries of a set of files: the first line of each block of `///`.
///
/// A summary is a noun phrase or a verb in the third person. One that begins with a question word is a clause: it can
/// be neither scanned nor searched.
struct DocSummaries {
    /// The share of clauses that is let through, in percent.
    static let clausesPercentMax = 2

    private static let questionWords: Set = [
        "What", "Whether", "How", "Where", "Why", "When", "Who", "Whose", "Whoever",
    ]

    private(set) var count = 0
    /// The summaries that are clauses: `path:line: text`.
    private(set) var clauses: [String] = []

    init(of files: [SourceFile]) {
        for file in files { add(file) }
    }

    var clausesPercent: Int { count == 0 ? 0 : (clauses.count * 100 + count - 1) / count }

    private mutating func add(_ file: SourceFile) {
        var isInside = false
        for (index, line) in file.lines.enumerated() {
            let text = Self.documentation(in: line)
            if let text, !isInside {
                count += 1
                if Self.isClause(text) { clauses.append("\(file.path):\(index + 1): \(text)") }
            }
            isInside = text != nil
        }
    }

    private static func documentation(in line: String) -> Substring? {
        let text = line.drop(while: \.isWhitespace)
        return text.hasPrefix("///") ? text.dropFirst(3).drop(while: \.isWhitespace) : nil
    }

    private static func isClause(_ summary: Substring) -> Bool {
        questionWords.contains(String(summary.prefix(while: \.isLetter)))
    }
}

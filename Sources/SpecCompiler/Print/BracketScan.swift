/// The brackets of a line of Swift that no other brackets of the line enclose; literals are skipped.
struct BracketScan {
    /// The content of a pair of brackets.
    struct Brackets {
        let content: Range<String.Index>
        /// True for braces.
        let isBlock: Bool
    }

    private let line: String
    private var found: [Brackets] = []
    /// The commas outside of brackets.
    private var commas: [String.Index] = []

    init(_ line: String) {
        self.line = line
        scan()
    }

    /// The brackets with the longest content.
    var longest: Brackets? {
        found.max { line[$0.content].utf8.count < line[$1.content].utf8.count }
    }

    /// The texts between the commas, without the spaces behind those.
    var items: [String] {
        var items: [String] = []
        var start = line.startIndex
        for comma in commas {
            items.append(String(line[start..<comma]))
            start = line.unicodeScalars.index(after: comma)
            while start < line.endIndex, line.unicodeScalars[start] == " " {
                start = line.unicodeScalars.index(after: start)
            }
        }
        return items + [String(line[start...])]
    }

    /// A closure's parameters up to its `in`, and the rest.
    var parameters: (head: String, body: String)? {
        guard line.hasPrefix("json throws("), let place = line.firstRange(of: " in ") else { return nil }
        return (String(line[..<place.lowerBound]) + " in", String(line[place.upperBound...]))
    }

    private mutating func scan() {
        let scalars = line.unicodeScalars
        var open: [String.Index] = []
        var index = scalars.startIndex
        while index < scalars.endIndex {
            let next = scalars.index(after: index)
            switch scalars[index] {
            case "\"":
                index = endOfLiteral(from: next)
                continue
            case "(", "[", "{": open.append(next)
            case ")", "]", "}":
                if let start = open.popLast() { close(start..<index, isBlock: scalars[index] == "}") }
            case "," where open.isEmpty: commas.append(index)
            default: break
            }
            index = next
        }
    }

    /// The index past the quote that ends a literal.
    private func endOfLiteral(from start: String.Index) -> String.Index {
        let scalars = line.unicodeScalars
        var index = start
        while index < scalars.endIndex, scalars[index] != "\"" {
            if scalars[index] == "\\" { index = scalars.index(after: index) }
            guard index < scalars.endIndex else { return index }
            index = scalars.index(after: index)
        }
        return index < scalars.endIndex ? scalars.index(after: index) : index
    }

    /// Records brackets; an unclosed one before them, as at the head of a block, does not enclose them.
    private mutating func close(_ content: Range<String.Index>, isBlock: Bool) {
        found.removeAll { content.contains($0.content.lowerBound) }
        found.append(Brackets(content: content, isBlock: isBlock))
    }
}

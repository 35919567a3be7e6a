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

    /// Reads bytes: whatever counts here is ASCII, and a line can be a document of the spec.
    private mutating func scan() {
        let bytes = line.utf8
        var open: [String.Index] = []
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let next = bytes.index(after: index)
            switch bytes[index] {
            case UInt8(ascii: "\""):
                index = endOfLiteral(from: next)
                continue
            case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): open.append(next)
            case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
                if let start = open.popLast() {
                    close(start..<index, isBlock: bytes[index] == UInt8(ascii: "}"))
                }
            case UInt8(ascii: ",") where open.isEmpty: commas.append(index)
            default: break
            }
            index = next
        }
    }

    /// The index past the quote that ends a literal.
    private func endOfLiteral(from start: String.Index) -> String.Index {
        let bytes = line.utf8
        var index = start
        while index < bytes.endIndex, bytes[index] != UInt8(ascii: "\"") {
            if bytes[index] == UInt8(ascii: "\\") { index = bytes.index(after: index) }
            guard index < bytes.endIndex else { return index }
            index = bytes.index(after: index)
        }
        return index < bytes.endIndex ? bytes.index(after: index) : index
    }

    /// Records brackets; an unclosed one before them, as at the head of a block, does not enclose them.
    private mutating func close(_ content: Range<String.Index>, isBlock: Bool) {
        found.removeAll { content.contains($0.content.lowerBound) }
        found.append(Brackets(content: content, isBlock: isBlock))
    }
}

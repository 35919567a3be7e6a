/// The requested range of a representation (`Range`, RFC 9110, section 14). Several ranges get the whole.
public enum ByteRange: Sendable, Equatable {
    case whole
    case part(Range<Int64>)
    /// The range starts past the end: 416.
    case unsatisfiable

    /// - Parameters:
    ///   - range: the `Range` field; an invalid one is ignored.
    ///   - ifRange: the `If-Range` field; if it does not match `tag`, the range is ignored.
    ///   - size: the length of the whole in bytes.
    public init(_ range: String?, ifRange: String?, tag: EntityTag, size: Int64) {
        self = .whole
        guard let range, ifRange.map({ $0 != "*" && tag.isNamed(in: $0) }) ?? true else { return }
        let unit = "bytes="
        guard range.lowercased().hasPrefix(unit) else { return }
        guard let only = Self.onlyElement(of: range.dropFirst(unit.count)) else { return }
        let ends = only.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        guard ends.count == 2, ends.allSatisfy({ $0.utf8.allSatisfy { $0 &- 0x30 < 10 } }) else { return }
        self = Self.choose(ends[0], ends[1], size)
    }

    /// The element of a list that has only one; empty elements do not count (RFC 9110, 5.6.1.2).
    private static func onlyElement(of list: Substring) -> Substring? {
        let elements = list.split(separator: ",").map(trimmed).filter { !$0.isEmpty }
        return elements.count == 1 ? elements[0] : nil
    }

    /// White space is allowed around an element, and not inside of it.
    private static func trimmed(_ element: Substring) -> Substring {
        let isSpace = { (character: Character) in character == " " || character == "\t" }
        var rest = element.drop(while: isSpace)
        while let last = rest.last, isSpace(last) { rest.removeLast() }
        return rest
    }

    private static func choose(_ first: Substring, _ last: Substring, _ size: Int64) -> ByteRange {
        if first.isEmpty {
            guard !last.isEmpty else { return .whole }
            let count = Int64(last) ?? .max
            // Of nothing, the last bytes are the whole (RFC 9110, 14.1.2), which no Content-Range can describe.
            if size == 0, count > 0 { return .whole }
            return count > 0 ? .part(size - min(count, size)..<size) : .unsatisfiable
        }
        let start = Int64(first) ?? .max
        let end = last.isEmpty ? size - 1 : Int64(last) ?? .max
        guard last.isEmpty || start <= end else { return .whole }
        return start < size ? .part(start..<min(end, size - 1) + 1) : .unsatisfiable
    }
}

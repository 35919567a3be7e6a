/// What a `Range` field asks of a representation (RFC 9110, section 14). Several ranges get the whole.
public enum ByteRange: Sendable, Equatable {
    case whole
    case part(Range<Int64>)
    /// It begins behind the end: 416.
    case unsatisfiable

    /// - Parameters:
    ///   - range: the `Range` field; one that is not understood is ignored.
    ///   - ifRange: the `If-Range` field; the range counts only for the state it names.
    ///   - size: of the whole, in bytes.
    public init(_ range: String?, ifRange: String?, tag: EntityTag, size: Int64) {
        self = .whole
        guard let range, ifRange.map({ $0 != "*" && tag.isNamed(in: $0) }) ?? true else { return }
        let unit = "bytes="
        guard range.lowercased().hasPrefix(unit) else { return }
        let text = range.dropFirst(unit.count).filter { $0 != " " && $0 != "\t" }
        let ends = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        guard ends.count == 2, ends.allSatisfy({ $0.utf8.allSatisfy { $0 &- 0x30 < 10 } }) else { return }
        self = Self.choose(ends[0], ends[1], size)
    }

    private static func choose(_ first: Substring, _ last: Substring, _ size: Int64) -> ByteRange {
        if first.isEmpty {
            guard !last.isEmpty else { return .whole }
            let count = min(Int64(last) ?? .max, size)
            return count > 0 ? .part(size - count..<size) : .unsatisfiable
        }
        let start = Int64(first) ?? .max
        let end = last.isEmpty ? size - 1 : Int64(last) ?? .max
        guard last.isEmpty || start <= end else { return .whole }
        return start < size ? .part(start..<min(end, size - 1) + 1) : .unsatisfiable
    }
}

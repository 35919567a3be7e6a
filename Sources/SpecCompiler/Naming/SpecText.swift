/// Free text of the spec, for doc comments.
enum SpecText {
    static func lines(_ text: String?) -> [String] {
        guard let text else { return [] }
        var lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { line in
            String(decoding: line.filter { $0 >= 0x20 && $0 != 0x7F }, as: UTF8.self)
        }
        while lines.last?.isEmpty == true { lines.removeLast() }
        return lines
    }
}

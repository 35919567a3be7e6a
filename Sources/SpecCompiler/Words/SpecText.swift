/// Free text of the spec, for comments.
enum SpecText {
    static func lines(_ text: String?) -> [String] {
        guard let text else { return [] }
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            String(String.UnicodeScalarView(line.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }))
        }
        while lines.last?.isEmpty == true { lines.removeLast() }
        return lines
    }
}

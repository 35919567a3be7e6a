/// A `$ref` whose unquoted pointer is a comment: in `$ref: #/components/schemas/User` a '#' follows a space.
struct CommentedReference {
    /// The text from '#' on.
    private let pointer: String
    private let location: Location

    init?(line: Int, of file: SourceFile) {
        let text = String(decoding: file.lineBytes(line), as: UTF8.self)
        guard let key = text.firstRange(of: /\$ref["']?\s*:\s+#/) else { return nil }
        let start = text.index(before: key.upperBound)
        // A bracket behind the pointer belongs to the mapping around it.
        pointer = String(text[start...].prefix { !$0.isWhitespace && !"},]".contains($0) })
        let column = text[..<start].unicodeScalars.count + 1
        location = Location(
            file: file, start: Position(line: line, column: column),
            end: Position(line: line, column: column + pointer.unicodeScalars.count))
    }

    var diagnostic: Diagnostic {
        Diagnostic(
            rule: "ref-form", "the $ref is empty: a '#' behind a space begins a comment", at: location,
            help: "quote it: $ref: '\(pointer)'")
    }
}

/// A builder of Swift source: lines, blocks and comments with their indentation.
struct SwiftText {
    private(set) var text = ""
    private var depth = 0

    /// Creates a text without the header of a file.
    init() {}

    /// Creates a text with the header of a file, whose declarations expose SpecCore's types with `access`.
    init(importing access: GenerateOptions.Access?) {
        text = "// Generated from the spec. Edit the spec instead.\n"
        if let access { text += "\n\(access.importOfCore)\n" }
    }

    /// Writes a line, or several if it would be too long.
    mutating func line(_ line: String = "") {
        for part in LineWrap.lines(of: line, depth: depth) { write(part) }
    }

    /// Writes a line as it is, however long.
    mutating func write(_ line: String) {
        text += line.isEmpty ? "\n" : String(repeating: "    ", count: depth) + line + "\n"
    }

    /// Writes a literal between a head, which may be indented, and a tail: of several lines if the text has several.
    mutating func literal(_ head: String, _ content: String, _ tail: String = "") {
        guard content.utf8.contains(UInt8(ascii: "\n")) else { return write(head + SwiftLiteral.text(content) + tail) }
        let indent = String(head.prefix { $0 == " " }) + "    "
        write(head + "\"\"\"")
        for line in SwiftLiteral.multiline(content) { write(line.isEmpty ? "" : indent + line) }
        write(indent + "\"\"\"" + tail)
    }

    /// Writes a block: a head that ends in a brace, the indented body, and the closing brace.
    mutating func block(_ head: String, end: String = "}", _ body: (inout SwiftText) -> Void) {
        line(head)
        depth += 1
        body(&self)
        depth -= 1
        line(end)
    }

    /// Writes indented lines below a head without braces, such as a `case`.
    mutating func nested(_ head: String, _ body: (inout SwiftText) -> Void) {
        line(head)
        depth += 1
        body(&self)
        depth -= 1
    }

    mutating func documentation(_ lines: [String]) {
        // A text of the spec that reached here with a line break must not end the comment.
        for line in lines.flatMap({ $0.isEmpty ? [$0] : SpecText.lines($0) }) {
            self.line(line.isEmpty ? "///" : "/// \(line)")
        }
    }
}

extension GenerateOptions.Access {
    /// The modifier before a declaration, with a trailing space; empty for `internal`.
    var prefix: String { self == .internal ? "" : "\(rawValue) " }

    /// The import of a file whose declarations expose SpecCore's types.
    ///
    /// Without the feature a plain import is public already, and an access level here would make the plain imports of
    /// the target's other files ambiguous.
    var importOfCore: String {
        guard self != .internal else { return "import SpecCore" }
        return [
            "#if hasFeature(InternalImportsByDefault)", "\(rawValue) import SpecCore", "#else", "import SpecCore",
            "#endif",
        ].joined(separator: "\n")
    }
}

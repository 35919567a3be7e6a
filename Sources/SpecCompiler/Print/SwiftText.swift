/// Swift on its way to a file: lines, blocks and comments with their indent.
struct SwiftText {
    private(set) var text = ""
    private var depth = 0

    /// Lines that are no file of their own.
    init() {}

    /// The file's first lines.
    init(importing core: String?) {
        text = "// Generated from the spec. Edit the spec instead.\n"
        if let core { text += "\n\(core) SpecCore\n" }
    }

    mutating func line(_ line: String = "") {
        text += line.isEmpty ? "\n" : String(repeating: "    ", count: depth) + line + "\n"
    }

    /// Lines between a head that ends in a brace and the brace that closes it.
    mutating func block(_ head: String, end: String = "}", _ body: (inout SwiftText) -> Void) {
        line(head)
        depth += 1
        body(&self)
        depth -= 1
        line(end)
    }

    /// Lines below a head that no brace closes, such as a case.
    mutating func nested(_ head: String, _ body: (inout SwiftText) -> Void) {
        line(head)
        depth += 1
        body(&self)
        depth -= 1
    }

    mutating func documentation(_ lines: [String]) {
        for line in lines { self.line(line.isEmpty ? "///" : "/// \(line)") }
    }
}

extension GenerateOptions.Access {
    /// What stands before a declaration, with its space.
    var prefix: String { self == .internal ? "" : "\(rawValue) " }

    /// The import for files whose declarations show SpecCore's types.
    var importWord: String { "\(rawValue) import" }
}

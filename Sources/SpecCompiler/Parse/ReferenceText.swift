import SpecValues

/// The text of a `$ref`: a path relative to its file, and a JSON Pointer after `#`.
struct ReferenceText {
    let node: Node
    /// The path inside the spec's folder of the file that contains it.
    let file: String

    /// The path of the target file inside the spec's folder, and the pointer, both decoded.
    func parts() throws(Diagnostic) -> (path: String, pointer: String) {
        guard let text = node.string else {
            let line = node.location.start.line
            if node.isNull, let comment = CommentedReference(line: line, of: node.location.file) {
                throw comment.diagnostic
            }
            throw diagnostic("ref-form", "a $ref must be text, not \(node.kind)")
        }
        if Self.isRemote(text) { throw remote }
        let hash = text.utf8.firstIndex(of: UInt8(ascii: "#")) ?? text.endIndex
        guard let path = Self.decode(text[..<hash]),
            let pointer = Self.decode(Substring(text[hash...].utf8.dropFirst()))
        else {
            throw diagnostic("ref-form", "the $ref contains an escape that is not valid percent-encoded UTF-8")
        }
        guard pointer.isEmpty || pointer.hasPrefix("/") else {
            throw diagnostic(
                "ref-form", "the text after '#' is not a JSON Pointer",
                help: "write the full path, such as '#/components/schemas/User'")
        }
        return (try resolve(path), pointer)
    }

    private static func decode(_ text: Substring) -> String? {
        text.utf8.contains(UInt8(ascii: "%")) ? PercentCoding.decode(text.utf8, plusIsSpace: false) : String(text)
    }

    private func resolve(_ path: String) throws(Diagnostic) -> String {
        guard !path.isEmpty else { return file }
        guard !path.hasPrefix("/") else {
            throw diagnostic("ref-form", "a $ref must be relative to its file, but '\(path)' is absolute")
        }
        let folder = PathName.folder(of: file)
        return PathName.normalise(folder.isEmpty ? path : folder + "/" + path)
    }

    /// True if the text begins with a scheme, such as `https:`, or with `//`.
    private static func isRemote(_ text: String) -> Bool {
        if text.hasPrefix("//") { return true }
        guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")), let first = text.utf8.first, isLetter(first)
        else { return false }
        return text.utf8[..<colon].allSatisfy {
            isLetter($0) || $0 &- UInt8(ascii: "0") < 10 || "+-.".utf8.contains($0)
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- UInt8(ascii: "a") < 26 }

    private var remote: Diagnostic {
        diagnostic(
            "ref-remote", "a $ref to another server is not supported",
            help: "copy the document into the spec's folder, and refer to it by its relative path")
    }

    func diagnostic(_ rule: String, _ message: String, help: String? = nil) -> Diagnostic {
        Diagnostic(rule: rule, message, at: node.location, help: help)
    }
}

import SpecValues

/// A key of `paths`: literal segments and parameters.
struct PathTemplate {
    /// The names in braces, in the order of the path.
    let names: [String]
    /// The path without its parameters' names: two paths with the same shape are ambiguous.
    let shape: String
    /// The reason why the path is not a valid route, or nil.
    let issue: Issue?

    /// A reason, and what would be right.
    struct Issue {
        let message: String
        var help: String?
    }

    /// The maximum number of parameters in a route.
    private static let namesMax = 8

    init(_ path: String) {
        let segments = path.split(separator: "/", omittingEmptySubsequences: false).map(PathSegment.init)
        names = segments.flatMap(\.names)
        shape = segments.map(\.shape).joined(separator: "/")
        issue =
            Self.issue(path, segments, names).map { Issue(message: $0) }
            ?? Self.literalIssue(segments.flatMap(\.literals))
    }

    private static func issue(_ path: String, _ segments: [PathSegment], _ names: [String]) -> String? {
        guard path.hasPrefix("/") else { return "a path must begin with '/'" }
        if path.contains(where: { $0 == "?" || $0 == "#" }) { return "a path cannot contain '?' or '#'" }
        if let invalid = segments.first(where: { !$0.isValid }) {
            return "the parameters of '\(invalid.text)' need names in braces, and text between them"
        }
        if let twice = names.enumerated().first(where: { names[..<$0.offset].contains($0.element) }) {
            return "the path parameter '{\(twice.element)}' is used twice"
        }
        if names.contains(where: { $0.unicodeScalars.contains { $0.properties.generalCategory == .control } }) {
            return "the name of a path parameter cannot contain control characters"
        }
        return names.count > namesMax ? "a path can have at most \(namesMax) parameters" : nil
    }

    // MARK: Literals

    /// The reason why no request can have one of the literal segments (RFC 3986, 3.3): clients escape what is not a
    /// `pchar`, and paths are compared in their normal form (6.2.2).
    private static func literalIssue(_ segments: [String]) -> Issue? {
        for segment in segments {
            let plain = PercentCoding.unescapeUnreserved(segment)
            if plain != segment {
                return Issue(
                    message:
                        "a path is compared without escapes that it does not need and with the others in upper case",
                    help: "write '\(plain)'")
            }
            guard !isLiteral(segment) else { continue }
            return Issue(
                message: "the segment \(NodeText.json(segment)) has characters that a path cannot contain",
                help: "write '\(escaped(segment))', as clients send it")
        }
        return nil
    }

    private static let marks = Set("-._~!$&'()*+,;=:@".utf8)

    private static func isPlain(_ byte: UInt8) -> Bool {
        byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26 || marks.contains(byte)
    }

    private static func isLiteral(_ segment: String) -> Bool { escaped(segment).utf8.elementsEqual(segment.utf8) }

    /// The segment with escapes where they are needed.
    private static func escaped(_ segment: String) -> String {
        let bytes = Array(segment.utf8)
        var text = ""
        for (index, byte) in bytes.enumerated() {
            let isEscape =
                byte == UInt8(ascii: "%") && index + 2 < bytes.count
                && bytes[index + 1...index + 2].allSatisfy { Hexadecimal.value(of: $0) != nil }
            if isPlain(byte) || isEscape {
                text.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                text += "%" + (digits.utf8.count < 2 ? "0" : "") + digits
            }
        }
        return text
    }
}

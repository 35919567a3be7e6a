import SpecCore

/// The name of an uploaded file: the client's, without folders and characters that cannot be seen.
struct FileName: Sendable, Equatable {
    /// Maximum length in code points.
    static let lengthMax = 255
    /// Maximum length of an ending that is kept when the name is cut.
    private static let endingMax = 16

    let text: String

    /// - Parameter given: the `filename` of the form's part.
    /// - Returns: nil if nothing is left of it.
    init?(_ given: String?) {
        // Some browsers sent whole paths, with the separators of their system.
        guard let last = given?.unicodeScalars.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last else {
            return nil
        }
        let visible = String(String.UnicodeScalarView(last.filter(Self.isKept)))
        let name = Self.cut(Array(Self.trimmed(visible).unicodeScalars))
        guard name != ".", name != "..", name.unicodeScalars.contains(where: Self.isVisible) else { return nil }
        text = name
    }

    /// A name of a row.
    init(stored text: String) {
        self.text = text
    }

    /// The parameters of a `Content-Disposition` (RFC 6266): an ASCII name for old clients, and the name itself.
    var parameters: String {
        let plain = text.unicodeScalars.map { Self.isPlain($0) ? String($0) : "_" }.joined()
        return "filename=\"\(plain)\"; filename*=UTF-8''\(Self.encoded(text))"
    }

    /// False for controls, line breaks, and marks that change the direction of the text; true for joiners, which
    /// scripts and emoji need.
    private static func isKept(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator, .unassigned: false
        case .format: scalar == "\u{200C}" || scalar == "\u{200D}"
        default: true
        }
    }

    /// False for white space, joiners, and the fillers that are drawn as blanks.
    private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
        !scalar.properties.isWhitespace && !scalar.properties.isDefaultIgnorableCodePoint && scalar != "\u{2800}"
    }

    private static func trimmed(_ text: String) -> Substring {
        var rest = text.drop(while: \.isWhitespace)
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return rest
    }

    /// The first characters, with the ending if it is short enough.
    private static func cut(_ name: [Unicode.Scalar]) -> String {
        guard name.count > lengthMax else { return string(name) }
        let dot = name.lastIndex(of: ".") ?? name.endIndex
        let ending = name.count - dot > endingMax ? [] : name[dot...]
        return string(name.prefix(lengthMax - ending.count) + ending)
    }

    private static func string(_ scalars: some Sequence<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }

    /// True for what every client reads as it is in a quoted string; a percent sign is decoded by some.
    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        (0x20..<0x7F).contains(scalar.value) && scalar != "\"" && scalar != "\\" && scalar != "%"
    }

    /// Percent-encoded UTF-8; `attr-char` of RFC 8187 stays.
    private static func encoded(_ text: String) -> String {
        text.utf8.map { isAttribute($0) ? String(Unicode.Scalar($0)) : "%" + Hexadecimal.text([$0]).uppercased() }
            .joined()
    }

    private static func isAttribute(_ byte: UInt8) -> Bool {
        byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26 || "!#$&+-.^_`|~".utf8.contains(byte)
    }
}

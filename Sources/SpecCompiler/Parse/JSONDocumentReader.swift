/// Builds the tree of a JSON document, strictly by RFC 8259, with the range of every value.
///
/// libyaml is not used for JSON, because it rejects surrogate pairs and accepts documents that are not JSON.
struct JSONDocumentReader {
    let file: SourceFile
    let limits: ParseLimits
    var offset: Int
    var diagnostics: [Diagnostic] = []
    private var nodes = 0
    private var cursor: PositionCursor

    private init(file: SourceFile, limits: ParseLimits) {
        self.file = file
        self.limits = limits
        offset = file.byteOrderMarkLength
        cursor = PositionCursor(offset: offset)
    }

    static func read(_ file: SourceFile, limits: ParseLimits) throws(Diagnostic) -> SpecParser.Document {
        var reader = JSONDocumentReader(file: file, limits: limits)
        do throws(Diagnostic) {
            let root = try reader.readDocument()
            return SpecParser.Document(root: root, diagnostics: reader.diagnostics)
        } catch {
            return SpecParser.Document(root: nil, diagnostics: reader.diagnostics + [error])
        }
    }

    private mutating func readDocument() throws(Diagnostic) -> Node? {
        skipSpace()
        guard peek != nil else { return nil }
        let root = try readValue(depth: 1)
        skipSpace()
        if peek != nil { throw syntax("nothing may follow the document's root value") }
        return root
    }

    // MARK: Values

    private mutating func readValue(depth: Int) throws(Diagnostic) -> Node {
        nodes += 1
        guard nodes <= limits.nodesMax else {
            throw diagnostic("alias-size", "the document contains more than \(limits.nodesMax) values")
        }
        switch peek ?? 0 {
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            guard depth <= limits.depthMax else {
                throw diagnostic("nesting", "mappings and lists are nested more than \(limits.depthMax) levels deep")
            }
            return try peek == UInt8(ascii: "{") ? readObject(depth) : readArray(depth)
        case UInt8(ascii: "\""):
            let start = position()
            let text = try readString()
            return Node(.string(text), at: span(from: start))
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            return try readNumber()
        default:
            return try readWord()
        }
    }

    private mutating func readObject(_ depth: Int) throws(Diagnostic) -> Node {
        let start = position()
        var members: [Node.Member] = []
        var seen: [[UInt8]: Location] = [:]
        offset += 1
        skipSpace()
        while peek != UInt8(ascii: "}") {
            guard peek == UInt8(ascii: "\"") else {
                throw syntax("a key in double quotes or a '}' is expected here")
            }
            let keyStart = position()
            let key = try readString()
            let keyLocation = span(from: keyStart)
            try expect(":", "a ':' is expected after the key")
            let member = Node.Member(key: key, keyLocation: keyLocation, value: try readValue(depth: depth + 1))
            if let first = seen[Array(key.utf8)] {
                try report(DuplicateKey.diagnostic(key, at: keyLocation, first: first))
            } else {
                seen[Array(key.utf8)] = keyLocation
                members.append(member)
            }
            if try !continues(until: "}") { break }
        }
        offset += 1
        return Node(.mapping(members), at: span(from: start))
    }

    private mutating func readArray(_ depth: Int) throws(Diagnostic) -> Node {
        let start = position()
        var items: [Node] = []
        offset += 1
        skipSpace()
        while peek != UInt8(ascii: "]") {
            items.append(try readValue(depth: depth + 1))
            if try !continues(until: "]") { break }
        }
        offset += 1
        return Node(.sequence(items), at: span(from: start))
    }

    /// Consumes a comma after an item and returns true, or returns false at the closing bracket.
    private mutating func continues(until close: Unicode.Scalar) throws(Diagnostic) -> Bool {
        skipSpace()
        if peek == UInt8(ascii: close) { return false }
        guard peek == UInt8(ascii: ",") else { throw syntax("a ',' or a '\(close)' is expected here") }
        offset += 1
        skipSpace()
        if peek == UInt8(ascii: close) { throw syntax("JSON does not allow a ',' before a '\(close)'") }
        return true
    }

    private mutating func report(_ diagnostic: Diagnostic) throws(Diagnostic) {
        guard diagnostics.count < limits.findingsMax else { throw diagnostic }
        diagnostics.append(diagnostic)
    }

    // MARK: Numbers and words

    private mutating func readNumber() throws(Diagnostic) -> Node {
        let start = position()
        let first = offset
        while let byte = peek, Self.isNumberPart(byte) { offset += 1 }
        let digits = file.bytes[first..<offset]
        guard digits.count <= limits.numberBytesMax else {
            throw Diagnostic(
                rule: "scalar-size",
                "this number has \(digits.count) digits; at most \(limits.numberBytesMax) are allowed",
                at: span(from: start))
        }
        let written = String(decoding: digits, as: UTF8.self)
        if let value = JSONNumber.value(of: written) { return Node(value, at: span(from: start)) }
        throw Diagnostic(rule: "json-syntax", "'\(written)' is not a JSON number", at: span(from: start))
    }

    private static func isNumberPart(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "+"),
            UInt8(ascii: "e"), UInt8(ascii: "E"):
            true
        default: false
        }
    }

    private mutating func readWord() throws(Diagnostic) -> Node {
        let start = position()
        let first = offset
        while let byte = peek, byte | 0x20 >= UInt8(ascii: "a"), byte | 0x20 <= UInt8(ascii: "z") { offset += 1 }
        switch file.bytes[first..<offset] {
        case let word where word.elementsEqual("true".utf8): return Node(.bool(true), at: span(from: start))
        case let word where word.elementsEqual("false".utf8): return Node(.bool(false), at: span(from: start))
        case let word where word.elementsEqual("null".utf8): return Node(.null, at: span(from: start))
        default:
            offset = first
            throw syntax("a JSON value is expected here")
        }
    }

    // MARK: Walking

    var peek: UInt8? { offset < file.bytes.count ? file.bytes[offset] : nil }

    private mutating func skipSpace() {
        while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { offset += 1 }
    }

    private mutating func expect(_ mark: Unicode.Scalar, _ message: String) throws(Diagnostic) {
        skipSpace()
        guard peek == UInt8(ascii: mark) else { throw syntax(message) }
        offset += 1
        skipSpace()
    }

    mutating func position() -> Position { cursor.advance(to: offset, in: file.bytes) }

    mutating func span(from start: Position) -> Location {
        Location(file: file, start: start, end: position())
    }

    // MARK: Findings

    func syntax(_ message: String, help: String? = nil) -> Diagnostic {
        diagnostic("json-syntax", message, help: help ?? habit)
    }

    /// A hint for syntax that JavaScript and YAML allow but JSON does not.
    private var habit: String? {
        switch peek {
        case UInt8(ascii: "/"), UInt8(ascii: "#"): "JSON does not allow comments"
        case UInt8(ascii: "'"): "JSON allows double quotes only"
        default: nil
        }
    }

    func diagnostic(_ rule: String, _ message: String, help: String? = nil) -> Diagnostic {
        let start = file.position(atByte: offset)
        let end = Position(line: start.line, column: start.column + 1)
        return Diagnostic(rule: rule, message, at: Location(file: file, start: start, end: end), help: help)
    }
}

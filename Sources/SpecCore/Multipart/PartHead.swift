/// The header fields of a part (RFC 7578, section 4).
public struct PartHead: Sendable, Equatable {
    /// The name of the form field.
    public var name: String
    /// The client's name for the file; never use it as a path.
    public var fileName: String?
    /// The media type declared by the client.
    public var contentType: String?

    public init(name: String, fileName: String? = nil, contentType: String? = nil) {
        self.name = name
        self.fileName = fileName
        self.contentType = contentType
    }

    /// - Parameter bytes: the lines with their line breaks, including the empty one.
    init(_ bytes: some Collection<UInt8>) throws(MultipartFault) {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw MultipartFault("The head of a part must be UTF-8.")
        }
        var disposition: HeadValue?
        for line in text.split(separator: "\r\n") {
            let (name, value) = try Self.field(line)
            switch name {
            case "content-disposition":
                guard disposition == nil else { throw MultipartFault("A part must have only one Content-Disposition.") }
                disposition = try HeadValue(value)
            case "content-type":
                guard contentType == nil else { throw MultipartFault("A part must have at most one Content-Type.") }
                contentType = String(value)
            case "content-transfer-encoding":
                guard ["binary", "8bit", "7bit"].contains(value.lowercased()) else {
                    throw MultipartFault("A part must not have the Content-Transfer-Encoding '\(value)'.")
                }
            default: break
            }
        }
        guard let disposition, disposition.text == "form-data", let name = disposition["name"] else {
            throw MultipartFault("A part of a form must have a Content-Disposition such as form-data; name=\"file\".")
        }
        self.name = name
        fileName = disposition["filename"]
    }

    /// The name of a line in lower case, and its value without surrounding spaces.
    private static func field(_ line: Substring) throws(MultipartFault) -> (name: String, value: Substring) {
        guard let colon = line.utf8.firstIndex(of: UInt8(ascii: ":")), line.utf8.allSatisfy(isPlain),
            colon != line.startIndex, line[..<colon].utf8.allSatisfy(isNamePart)
        else { throw MultipartFault("A header line of a part must be a name, ':' and a value.") }
        return (line[..<colon].lowercased(), HeadValue.trimmed(line[line.utf8.index(after: colon)...]))
    }

    private static func isPlain(_ byte: UInt8) -> Bool { byte >= 0x20 && byte != 0x7F || byte == 0x09 }

    /// A character of a token (RFC 9110, 5.6.2).
    private static func isNamePart(_ byte: UInt8) -> Bool {
        byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26 || "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }
}

/// A header value with parameters: `form-data; name="file"; filename="a.png"`, `multipart/form-data; boundary=x`.
struct HeadValue: Sendable, Equatable {
    /// The value before the parameters, in lower case.
    let text: String
    /// The parameters: names in lower case, values without their quotes.
    private var parameters: [(name: String, value: String)] = []

    static func == (a: HeadValue, b: HeadValue) -> Bool {
        a.text == b.text && a.parameters.elementsEqual(b.parameters) { $0 == $1 }
    }

    init(_ source: Substring) throws(MultipartFault) {
        var rest = source.utf8[...]
        let value = rest.prefix { $0 != UInt8(ascii: ";") }
        text = Self.trimmed(Substring(value)).lowercased()
        rest = rest.dropFirst(value.count)
        while rest.first == UInt8(ascii: ";") {
            rest = rest.dropFirst()
            try read(&rest)
        }
        guard rest.isEmpty else { throw Self.fault }
    }

    subscript(_ name: String) -> String? { parameters.first { $0.name == name }?.value }

    private static let fault = MultipartFault("A parameter must be name=value, with quotes if the value has spaces.")

    private mutating func read(_ rest: inout Substring.UTF8View) throws(MultipartFault) {
        rest = rest.drop { $0 == 0x20 || $0 == 0x09 }
        // A trailing semicolon is common.
        if rest.isEmpty { return }
        let name = rest.prefix { $0 != UInt8(ascii: "=") && $0 != UInt8(ascii: ";") && $0 != UInt8(ascii: "\"") }
        rest = rest.dropFirst(name.count)
        guard !name.isEmpty, rest.first == UInt8(ascii: "=") else { throw Self.fault }
        rest = rest.dropFirst()
        let value = rest.first == UInt8(ascii: "\"") ? try Self.quoted(&rest) : Self.token(&rest)
        rest = rest.drop { $0 == 0x20 || $0 == 0x09 }
        let key = Self.trimmed(Substring(name)).lowercased()
        guard self[key] == nil else { throw MultipartFault("The parameter '\(key)' is repeated.") }
        parameters.append((key, value))
    }

    private static func token(_ rest: inout Substring.UTF8View) -> String {
        let value = rest.prefix { $0 != UInt8(ascii: ";") }
        rest = rest.dropFirst(value.count)
        return String(trimmed(Substring(value)))
    }

    /// Parses a quoted string. A backslash escapes only a quote or a backslash: old browsers send paths with single
    /// ones.
    private static func quoted(_ rest: inout Substring.UTF8View) throws(MultipartFault) -> String {
        var bytes: [UInt8] = []
        rest = rest.dropFirst()
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "\"") { return String(decoding: bytes, as: UTF8.self) }
            if byte == UInt8(ascii: "\\"), let next = rest.first, next == byte || next == UInt8(ascii: "\"") {
                rest = rest.dropFirst()
                bytes.append(next)
            } else {
                bytes.append(byte)
            }
        }
        throw fault
    }

    static func trimmed(_ text: Substring) -> Substring {
        var text = text.drop { $0 == " " || $0 == "\t" }
        while text.last == " " || text.last == "\t" { text.removeLast() }
        return text
    }
}

/// The boundary of a form.
enum MultipartBoundary {
    /// - Throws: ``Problem`` `malformed` if the media type has no boundary that RFC 2046 allows.
    static func read(_ contentType: String) throws -> String {
        guard let boundary = try? HeadValue(contentType[...])["boundary"], (1...70).contains(boundary.utf8.count),
            boundary.utf8.allSatisfy(isAllowed), boundary.last != " "
        else {
            throw Problem(.malformed, "The Content-Type of a form must have a boundary of 1 to 70 characters.")
        }
        return boundary
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26 || "'()+_,-./:=? ".utf8.contains(byte)
    }
}

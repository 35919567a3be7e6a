import NIOCore
import SpecCore

/// The request line, read before the parser sees it.
///
/// The parser knows a fixed list of methods and ends the connection at any other. A method is not a matter of grammar
/// (RFC 9110, 9.1), so others reach the dispatcher as one that no path has, and get 405 with the allowed methods. Only
/// where the bytes surely begin a request: after a body or another request only the parser knows where one begins.
struct RequestLine {
    /// A method that the parser knows and OpenAPI does not.
    private static let standIn: StaticString = "UNLINK"
    /// The most bytes of a path that are reported if the request could not be parsed.
    private static let pathBytesMax = 1_024

    private let bytes: ByteBuffer

    init(_ bytes: ByteBuffer) {
        self.bytes = bytes
    }

    // MARK: Method

    /// The bytes for the parser, with an unknown method replaced.
    var parsable: ByteBuffer {
        if isCommon { return bytes }
        let view = bytes.readableBytesView
        guard let end = view.firstIndex(of: UInt8(ascii: " ")), end > view.startIndex,
            view[..<end].allSatisfy(Self.isTokenCharacter),
            Method(String(decoding: view[..<end], as: UTF8.self)) == nil
        else { return bytes }
        var changed = ByteBuffer()
        changed.reserveCapacity(view.endIndex - end + Self.standIn.utf8CodeUnitCount)
        changed.writeStaticString(Self.standIn)
        changed.writeBytes(view[end...])
        return changed
    }

    /// True for the four most common methods, recognized by four bytes.
    private var isCommon: Bool {
        switch bytes.getInteger(at: bytes.readerIndex, as: UInt32.self) {
        case 0x4745_5420, 0x504F_5354, 0x5055_5420, 0x4445_4C45: true  // "GET ", "POST", "PUT ", "DELE"
        default: false
        }
    }

    /// True for a token character (RFC 9110, 5.6.2).
    private static func isTokenCharacter(_ byte: UInt8) -> Bool {
        byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26 || "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }

    /// The most bytes of a method that are reported.
    private static let methodBytesMax = 32

    /// The method as the client sent it, shortened; nil if the line does not begin with one.
    var method: String? {
        let view = bytes.readableBytesView
        guard let end = view.firstIndex(of: UInt8(ascii: " ")), end > view.startIndex,
            view[..<end].allSatisfy(Self.isTokenCharacter)
        else { return nil }
        return String(decoding: view[..<end].prefix(Self.methodBytesMax), as: UTF8.self)
    }

    // MARK: Path

    /// The path, as far as the line can be parsed; empty if it cannot.
    var path: String {
        let line = bytes.readableBytesView.prefix { $0 != 0x0D && $0 != 0x0A }
        let words = line.split(separator: UInt8(ascii: " "), maxSplits: 2)
        guard words.count > 1, words[1].first == UInt8(ascii: "/") else { return "" }
        let path = words[1].prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }.prefix(Self.pathBytesMax)
        return path.allSatisfy { $0 > 0x20 && $0 < 0x7F } ? String(decoding: path, as: UTF8.self) : ""
    }
}

import NIOCore
import SpecCore

/// The first bytes of a request, looked at before the parser has them.
///
/// The parser knows a fixed list of methods and ends the connection at any other. A method is no matter of grammar
/// (RFC 9110, 9.1), so others reach the door as one that no path has, and are told what the path takes. Only where
/// the bytes surely begin a request: behind a body or another request nobody but the parser knows.
struct RequestLine {
    /// A method that the parser knows and OpenAPI does not.
    private static let standIn: StaticString = "UNLINK"
    /// How much of a path is told to a client whose request could not be parsed.
    private static let pathBytesMax = 1_024

    private let bytes: ByteBuffer

    init(_ bytes: ByteBuffer) {
        self.bytes = bytes
    }

    // MARK: Method

    /// The bytes as the parser is to see them.
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

    /// Most requests: four bytes tell.
    private var isCommon: Bool {
        switch bytes.getInteger(at: bytes.readerIndex, as: UInt32.self) {
        case 0x4745_5420, 0x504F_5354, 0x5055_5420, 0x4445_4C45: true  // "GET ", "POST", "PUT ", "DELE"
        default: false
        }
    }

    /// RFC 9110, 5.6.2.
    private static func isTokenCharacter(_ byte: UInt8) -> Bool {
        byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26 || "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }

    // MARK: Path

    /// The path, as far as the line can be read; empty where it cannot.
    var path: String {
        let line = bytes.readableBytesView.prefix { $0 != 0x0D && $0 != 0x0A }
        let words = line.split(separator: UInt8(ascii: " "), maxSplits: 2)
        guard words.count > 1, words[1].first == UInt8(ascii: "/") else { return "" }
        let path = words[1].prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }.prefix(Self.pathBytesMax)
        return path.allSatisfy { $0 > 0x20 && $0 < 0x7F } ? String(decoding: path, as: UTF8.self) : ""
    }
}

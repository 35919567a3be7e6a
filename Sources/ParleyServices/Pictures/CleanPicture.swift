/// A picture without what it told beside its pixels: where and when it was taken, with what, by whom.
///
/// Nothing is decoded: the walkers copy the segments that a picture is shown with and leave out all others, so no
/// pixel changes and no bomb goes off here. How many pixels there would be is checked for those who do decode.
struct CleanPicture: Sendable, Equatable {
    /// The longest side in pixels.
    static let sideMax = 8_192
    /// How many pixels a picture can have.
    static let pixelsMax = 40_000_000

    let contentType: String
    let width: Int
    let height: Int
    let bytes: [UInt8]

    /// - Throws: ``PictureFault``.
    init(_ bytes: [UInt8]) throws(PictureFault) {
        switch ContentKind.type(of: Array(bytes.prefix(ContentKind.bytesMax))) {
        case "image/png": self = try PNGWalker.clean(bytes)
        case "image/jpeg": self = try JPEGWalker.clean(bytes)
        case "image/gif": self = try GIFWalker.clean(bytes)
        case "image/webp": self = try WebPWalker.clean(bytes)
        default: throw .unknown
        }
    }

    init(_ contentType: String, _ size: PictureSize, _ bytes: [UInt8]) {
        self.contentType = contentType
        self.bytes = bytes
        (width, height) = (size.width, size.height)
    }
}

/// Why bytes are no picture that is taken.
enum PictureFault: Error, Equatable {
    /// No PNG, JPEG, WebP or GIF.
    case unknown
    /// It begins like one and goes on as none.
    case broken
    case dimensions(width: Int, height: Int)
}

/// Sides in pixels, within the bounds.
struct PictureSize: Sendable, Equatable {
    let width: Int
    let height: Int

    init(_ width: Int, _ height: Int) throws(PictureFault) {
        guard width > 0, height > 0, width <= CleanPicture.sideMax, height <= CleanPicture.sideMax,
            width * height <= CleanPicture.pixelsMax
        else { throw .dimensions(width: width, height: height) }
        (self.width, self.height) = (width, height)
    }
}

/// Walks through the bytes of a picture; never past their end.
struct PictureBytes {
    private let bytes: ArraySlice<UInt8>
    private(set) var position: Int

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        position = bytes.startIndex
    }

    var isAtEnd: Bool { position == bytes.endIndex }
    var rest: ArraySlice<UInt8> { bytes[position...] }

    mutating func take(_ count: Int) throws(PictureFault) -> ArraySlice<UInt8> {
        guard count >= 0, count <= bytes.endIndex - position else { throw .broken }
        defer { position += count }
        return bytes[position..<position + count]
    }

    mutating func byte() throws(PictureFault) -> UInt8 { try take(1).first ?? 0 }

    mutating func bigEndian(_ count: Int) throws(PictureFault) -> Int {
        try take(count).reduce(0) { $0 << 8 | Int($1) }
    }

    mutating func littleEndian(_ count: Int) throws(PictureFault) -> Int {
        try take(count).reversed().reduce(0) { $0 << 8 | Int($1) }
    }
}

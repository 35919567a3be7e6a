public import SpecCore

/// A picture of 2 by 3 pixels: as a camera would send it, as it is stored, and with sides too large for any memory.
public struct SamplePicture: Sendable, CustomStringConvertible {
    public let type: String
    public let withMetadata: [UInt8]
    public let clean: [UInt8]
    public let bomb: [UInt8]
    public let bombError: PictureError

    public var description: String { type }

    public static let all = [png, jpeg, gif, webp]

    private static let secret = Array("GPS 52.5N 13.4E, Ada's camera".utf8)

    private static func bigEndian(_ value: Int, _ count: Int) -> [UInt8] {
        (0..<count).reversed().map { UInt8(value >> ($0 * 8) & 0xFF) }
    }

    private static func littleEndian(_ value: Int, _ count: Int) -> [UInt8] { bigEndian(value, count).reversed() }

    // MARK: PNG

    private static func chunk(_ name: String, _ data: [UInt8]) -> [UInt8] {
        bigEndian(data.count, 4) + Array(name.utf8) + data + [1, 2, 3, 4]
    }

    private static func png(_ width: Int, _ height: Int, _ extra: [UInt8]) -> [UInt8] {
        [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
            + chunk("IHDR", bigEndian(width, 4) + bigEndian(height, 4) + [8, 2, 0, 0, 0]) + extra
            + chunk("IDAT", [9, 8, 7, 6]) + chunk("IEND", [])
    }

    public static let png = SamplePicture(
        type: "image/png",
        withMetadata: png(2, 3, chunk("eXIf", secret) + chunk("tEXt", secret) + chunk("iTXt", secret)) + secret,
        clean: png(2, 3, []), bomb: png(100_000, 100_000, []),
        bombError: .dimensions(width: 100_000, height: 100_000))

    // MARK: JPEG

    private static func segment(_ marker: UInt8, _ data: [UInt8]) -> [UInt8] {
        [0xFF, marker] + bigEndian(data.count + 2, 2) + data
    }

    private static func jpeg(_ width: Int, _ height: Int, _ extra: [UInt8]) -> [UInt8] {
        [0xFF, 0xD8] + extra + segment(0xDB, [0] + [UInt8](repeating: 1, count: 64))
            + segment(0xC0, [8] + bigEndian(height, 2) + bigEndian(width, 2) + [1, 1, 0x11, 0])
            + segment(0xDA, [1, 1, 0, 0, 63, 0]) + [0x12, 0xFF, 0x00, 0x34, 0xFF, 0xD0, 0x56, 0xFF, 0xD9]
    }

    /// Little-endian EXIF: an orientation of 90 degrees, and a GPS directory after it.
    private static let exif: [UInt8] =
        Array("Exif\0\0II".utf8) + littleEndian(42, 2) + littleEndian(8, 4) + littleEndian(1, 2)
        + littleEndian(0x0112, 2) + littleEndian(3, 2) + littleEndian(1, 4) + littleEndian(6, 4) + littleEndian(0, 4)
        + secret

    private static let orientation: [UInt8] =
        Array("Exif\0\0MM".utf8) + bigEndian(42, 2) + bigEndian(8, 4) + bigEndian(1, 2) + bigEndian(0x0112, 2)
        + bigEndian(3, 2) + bigEndian(1, 4) + bigEndian(6, 2) + bigEndian(0, 2) + bigEndian(0, 4)

    private static let jfif = segment(0xE0, Array("JFIF\0".utf8) + [1, 2, 0, 0, 1, 0, 1, 0, 0])
    private static let profile = segment(0xE2, Array("ICC_PROFILE\0".utf8) + [1, 1, 5, 5])

    public static let jpeg = SamplePicture(
        type: "image/jpeg",
        withMetadata: jpeg(
            2, 3,
            segment(0xE0, Array("JFIF\0".utf8) + [1, 2, 0, 0, 1, 0, 1, 1, 1, 9, 9, 9]) + segment(0xE1, exif)
                + segment(0xE1, Array("http://ns.adobe.com/xap/1.0/\0xmp".utf8) + secret) + profile
                + segment(0xE2, Array("MPF\0".utf8) + secret) + segment(0xED, secret) + segment(0xFE, secret))
            + [0xFF, 0xD8] + secret,
        clean: jpeg(2, 3, jfif + segment(0xE1, orientation) + profile), bomb: jpeg(65_535, 65_535, []),
        bombError: .dimensions(width: 65_535, height: 65_535))

    // MARK: GIF

    private static func gif(_ width: Int, _ height: Int, _ extra: [UInt8]) -> [UInt8] {
        Array("GIF89a".utf8) + littleEndian(width, 2) + littleEndian(height, 2) + [0x80, 0, 0]
            + [UInt8](repeating: 5, count: 6) + [0x21, 0xFF, 11] + Array("NETSCAPE2.0".utf8) + [3, 1, 0, 0, 0] + extra
            + [0x21, 0xF9, 4, 0, 10, 0, 0, 0] + [0x2C] + littleEndian(0, 4) + littleEndian(2, 2) + littleEndian(3, 2)
            + [0, 2, 2, 0x4C, 0x01, 0] + [0x3B]
    }

    public static let gif = SamplePicture(
        type: "image/gif",
        withMetadata: gif(
            2, 3,
            [0x21, 0xFE, UInt8(secret.count)] + secret + [0, 0x21, 0xFF, 11] + Array("XMP DataXMP".utf8)
                + [UInt8(secret.count)] + secret + [0]) + secret,
        clean: gif(2, 3, []), bomb: gif(60_000, 60_000, []), bombError: .dimensions(width: 60_000, height: 60_000))

    // MARK: WebP

    private static func riff(_ name: String, _ data: [UInt8]) -> [UInt8] {
        Array(name.utf8) + littleEndian(data.count, 4) + data + (data.count % 2 == 1 ? [0] : [])
    }

    private static func webp(_ width: Int, _ height: Int, flags: UInt8, _ extra: [UInt8]) -> [UInt8] {
        let header = riff("VP8X", [flags, 0, 0, 0] + littleEndian(width - 1, 3) + littleEndian(height - 1, 3))
        let pixels = riff("VP8L", [0x2F] + littleEndian(1 | 2 << 14, 4) + [7, 7])
        let body = Array("WEBP".utf8) + header + pixels + extra
        return Array("RIFF".utf8) + littleEndian(body.count, 4) + body
    }

    public static let webp = SamplePicture(
        type: "image/webp",
        withMetadata: webp(2, 3, flags: 0x0C, riff("EXIF", secret) + riff("XMP ", secret) + riff("ABCD", secret))
            + secret,
        clean: webp(2, 3, flags: 0, []), bomb: webp(16_000_000, 16_000_000, flags: 0, []),
        bombError: .dimensions(width: 16_000_000, height: 16_000_000))
}

/// Pictures of 2 by 3 pixels with something wrong, or with an orientation.
extension SamplePicture {
    /// A picture, and what is left of it.
    public struct Cleaned: Sendable {
        public let name: String
        public let bytes: [UInt8]
        public let clean: [UInt8]
    }

    /// A picture that is refused.
    public struct Refused: Sendable {
        public let name: String
        public let bytes: [UInt8]
        public let error: PictureError

        init(_ name: String, _ bytes: [UInt8], _ error: PictureError = .malformed) {
            (self.name, self.bytes, self.error) = (name, bytes, error)
        }
    }

    private static func joined(_ parts: [UInt8]...) -> [UInt8] { parts.flatMap(\.self) }

    /// TIFF data with an orientation as its only entry.
    private static let turned: [UInt8] = joined(
        Array("MM".utf8), bigEndian(42, 2), bigEndian(8, 4), bigEndian(1, 2), bigEndian(0x0112, 2), bigEndian(3, 2),
        bigEndian(1, 4), bigEndian(6, 2), bigEndian(0, 2), bigEndian(0, 4))
    private static let turnedChecksum: [UInt8] = [0xD6, 0x67, 0x4B, 0x69]

    // MARK: Parts

    private static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    private static let data = chunk("IDAT", [9, 8, 7, 6])

    private static func header(_ width: Int, _ height: Int) -> [UInt8] {
        chunk("IHDR", joined(bigEndian(width, 4), bigEndian(height, 4), [8, 2, 0, 0, 0]))
    }

    private static func frame(_ width: Int, _ height: Int, left: Int = 0) -> [UInt8] {
        let sizes = joined(bigEndian(0, 4), bigEndian(width, 4), bigEndian(height, 4), bigEndian(left, 4))
        return chunk("fcTL", joined(sizes, bigEndian(0, 4), [0, 1, 0, 1, 0, 0]))
    }

    private static func png(_ chunks: [UInt8], end: [UInt8] = []) -> [UInt8] {
        joined(signature, header(2, 3), chunks, data, chunk("IEND", end))
    }

    private static func gif(left: Int, _ extra: [UInt8]) -> [UInt8] {
        let start = joined(Array("GIF89a".utf8), littleEndian(2, 2), littleEndian(3, 2), [0, 0, 0], extra, [0x2C])
        let image = joined(littleEndian(left, 2), littleEndian(0, 2), littleEndian(2, 2), littleEndian(3, 2))
        return joined(start, image, [0, 2, 2, 0x4C, 0x01, 0, 0x3B])
    }

    private static func webp(_ chunks: [UInt8]) -> [UInt8] {
        joined(Array("RIFF".utf8), littleEndian(chunks.count + 4, 4), Array("WEBP".utf8), chunks)
    }

    private static func extended(_ width: Int, _ height: Int, flags: UInt8 = 0) -> [UInt8] {
        riff("VP8X", joined([flags, 0, 0, 0], littleEndian(width - 1, 3), littleEndian(height - 1, 3)))
    }

    private static let pixels = riff("VP8L", joined([0x2F], littleEndian(1 | 2 << 14, 4), [7, 7]))

    private static let frameHeader: [UInt8] = [8, 0, 3, 0, 2, 1, 1, 0x11, 0]

    private static func jpeg(_ segments: [UInt8], frame: [UInt8] = frameHeader) -> [UInt8] {
        let scan = joined(segment(0xDA, [1, 1, 0, 0, 63, 0]), [0x12, 0xFF, 0xD9])
        return joined([0xFF, 0xD8], segments, segment(0xC0, frame), scan)
    }

    // MARK: Pictures

    /// Pictures that carry other bytes, or other dimensions than they say.
    public static let refused: [Refused] = {
        let zeros = [UInt8](repeating: 0, count: 20)
        let wide = joined(littleEndian(0, 6), littleEndian(8_192, 3), littleEndian(2, 3), littleEndian(0, 4))
        return [
            Refused("a second header", png(header(8_000, 5_000))),
            Refused("bytes in IEND", png([], end: secret)),
            Refused("bytes in pHYs", png(chunk("pHYs", secret))),
            Refused("bytes in gAMA", png(chunk("gAMA", secret))),
            Refused("a frame beyond the picture", png(frame(2, 3, left: 1))),
            Refused("a frame larger than the picture", png(frame(3, 3))),
            Refused("a short frame", png(chunk("fcTL", [0, 0]))),
            Refused("a huge frame", png(frame(100_000, 3)), .dimensions(width: 100_000, height: 3)),
            Refused("quantization tables", jpeg(segment(0xDB, [0] + [UInt8](repeating: 1, count: 64) + [0, 1]))),
            Refused("Huffman tables", jpeg(segment(0xC4, [0] + zeros.prefix(16) + [1, 2]))),
            Refused("bytes in a restart interval", jpeg(segment(0xDD, secret))),
            Refused("bytes behind the frame header", jpeg([], frame: frameHeader + secret)),
            Refused("a second frame header", jpeg(segment(0xC0, frameHeader))),
            Refused("a second extended header", webp(extended(2, 3) + extended(8_000, 5_000) + pixels)),
            Refused("an extended header behind pixels", webp(pixels + extended(2, 3))),
            Refused("a long extended header", webp(riff("VP8X", zeros) + pixels)),
            Refused("bytes in an animation", webp(extended(2, 3, flags: 2) + riff("ANIM", secret) + pixels)),
            Refused(
                "a huge frame of a WebP", webp(extended(2, 3, flags: 2) + riff("ANMF", wide)),
                .dimensions(width: 8_193, height: 3)),
            Refused("bytes in a delay", gif(left: 0, [0x21, 0xF9, 5, 1, 2, 3, 4, 5, 0])),
            Refused("a far image", gif(left: 9_000, []), .dimensions(width: 9_002, height: 3)),
        ]
    }()

    private static let unknownMarkers: [UInt8] = [0x02, 0x4F, 0xBF, 0xC8, 0xDC, 0xDE, 0xDF, 0xF0, 0xFD]

    /// Pictures with segments that no picture needs.
    public static let withUnknown: [Cleaned] = {
        let adobe: [UInt8] = Array("Adobe".utf8) + [0, 100, 0, 0, 0, 0, 1]
        let markers = unknownMarkers.map { marker in
            Cleaned(name: "JPEG \(marker)", bytes: jpeg(segment(marker, secret)), clean: jpeg([]))
        }
        return markers + [
            Cleaned(name: "Adobe", bytes: jpeg(segment(0xEE, adobe + secret)), clean: jpeg(segment(0xEE, adobe))),
            Cleaned(name: "PNG", bytes: png(chunk("prVt", secret)), clean: png([])),
        ]
    }()

    /// Pictures that say how they are turned.
    public static let oriented: [Cleaned] = {
        let end = chunk("IEND", [])
        let exif = joined(bigEndian(turned.count, 4), Array("eXIf".utf8), turned, turnedChecksum)
        let tagged = riff("EXIF", turned + secret)
        let prefixed = riff("EXIF", Array("Exif\0\0".utf8) + turned + secret)
        let clean = webp(joined(extended(2, 3, flags: 0x08), pixels, riff("EXIF", turned)))
        return [
            Cleaned(
                name: "PNG", bytes: joined(signature, header(2, 3), data, chunk("eXIf", turned + secret), end),
                clean: joined(signature, header(2, 3), exif, data, end)),
            Cleaned(
                name: "WebP",
                bytes: webp(joined(extended(2, 3, flags: 0x0C), pixels, tagged, riff("XMP ", secret))), clean: clean),
            Cleaned(
                name: "WebP as a camera writes it",
                bytes: webp(joined(extended(2, 3, flags: 0x08), pixels, prefixed)), clean: clean),
        ]
    }()
}

import Testing

@testable import ParleyServices

/// A picture of 2 by 3 pixels: as a camera would send it, as it is kept, and with sides that no memory holds.
struct SamplePicture: Sendable, CustomTestStringConvertible {
    let type: String
    let withMetadata: [UInt8]
    let clean: [UInt8]
    let bomb: [UInt8]
    let bombFault: PictureFault

    var testDescription: String { type }

    static let all = [png, jpeg, gif, webp]

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

    static let png = SamplePicture(
        type: "image/png",
        withMetadata: png(2, 3, chunk("eXIf", secret) + chunk("tEXt", secret) + chunk("iTXt", secret)) + secret,
        clean: png(2, 3, []), bomb: png(100_000, 100_000, []),
        bombFault: .dimensions(width: 100_000, height: 100_000))

    // MARK: JPEG

    private static func segment(_ marker: UInt8, _ data: [UInt8]) -> [UInt8] {
        [0xFF, marker] + bigEndian(data.count + 2, 2) + data
    }

    private static func jpeg(_ width: Int, _ height: Int, _ extra: [UInt8]) -> [UInt8] {
        [0xFF, 0xD8] + extra + segment(0xDB, [0] + [UInt8](repeating: 1, count: 64))
            + segment(0xC0, [8] + bigEndian(height, 2) + bigEndian(width, 2) + [1, 1, 0x11, 0])
            + segment(0xDA, [1, 1, 0, 0, 63, 0]) + [0x12, 0xFF, 0x00, 0x34, 0xFF, 0xD0, 0x56, 0xFF, 0xD9]
    }

    /// Little-endian EXIF: turned by 90 degrees, and a GPS directory somewhere behind.
    private static let exif: [UInt8] =
        Array("Exif\0\0II".utf8) + littleEndian(42, 2) + littleEndian(8, 4) + littleEndian(1, 2)
        + littleEndian(0x0112, 2) + littleEndian(3, 2) + littleEndian(1, 4) + littleEndian(6, 4) + littleEndian(0, 4)
        + secret

    private static let orientation: [UInt8] =
        Array("Exif\0\0MM".utf8) + bigEndian(42, 2) + bigEndian(8, 4) + bigEndian(1, 2) + bigEndian(0x0112, 2)
        + bigEndian(3, 2) + bigEndian(1, 4) + bigEndian(6, 2) + bigEndian(0, 2) + bigEndian(0, 4)

    private static let jfif = segment(0xE0, Array("JFIF\0".utf8) + [1, 2, 0, 0, 1, 0, 1, 0, 0])
    private static let profile = segment(0xE2, Array("ICC_PROFILE\0".utf8) + [1, 1, 5, 5])

    static let jpeg = SamplePicture(
        type: "image/jpeg",
        withMetadata: jpeg(
            2, 3,
            segment(0xE0, Array("JFIF\0".utf8) + [1, 2, 0, 0, 1, 0, 1, 1, 1, 9, 9, 9]) + segment(0xE1, exif)
                + segment(0xE1, Array("http://ns.adobe.com/xap/1.0/\0xmp".utf8) + secret) + profile
                + segment(0xE2, Array("MPF\0".utf8) + secret) + segment(0xED, secret) + segment(0xFE, secret))
            + [0xFF, 0xD8] + secret,
        clean: jpeg(2, 3, jfif + segment(0xE1, orientation) + profile), bomb: jpeg(65_535, 65_535, []),
        bombFault: .dimensions(width: 65_535, height: 65_535))

    // MARK: GIF

    private static func gif(_ width: Int, _ height: Int, _ extra: [UInt8]) -> [UInt8] {
        Array("GIF89a".utf8) + littleEndian(width, 2) + littleEndian(height, 2) + [0x80, 0, 0]
            + [UInt8](repeating: 5, count: 6) + [0x21, 0xFF, 11] + Array("NETSCAPE2.0".utf8) + [3, 1, 0, 0, 0] + extra
            + [0x21, 0xF9, 4, 0, 10, 0, 0, 0] + [0x2C] + littleEndian(0, 4) + littleEndian(2, 2) + littleEndian(3, 2)
            + [0, 2, 2, 0x4C, 0x01, 0] + [0x3B]
    }

    static let gif = SamplePicture(
        type: "image/gif",
        withMetadata: gif(
            2, 3,
            [0x21, 0xFE, UInt8(secret.count)] + secret + [0, 0x21, 0xFF, 11] + Array("XMP DataXMP".utf8)
                + [UInt8(secret.count)] + secret + [0]) + secret,
        clean: gif(2, 3, []), bomb: gif(60_000, 60_000, []), bombFault: .dimensions(width: 60_000, height: 60_000))

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

    static let webp = SamplePicture(
        type: "image/webp",
        withMetadata: webp(2, 3, flags: 0x0C, riff("EXIF", secret) + riff("XMP ", secret) + riff("ABCD", secret))
            + secret,
        clean: webp(2, 3, flags: 0, []), bomb: webp(16_000_000, 16_000_000, flags: 0, []),
        bombFault: .dimensions(width: 16_000_000, height: 16_000_000))
}

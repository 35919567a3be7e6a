import SpecCore

/// PNG and APNG (W3C PNG, third edition): chunks of a length, a name, data and a checksum.
struct PNGWalker {
    /// Chunks for pixels, colours and animation, and the lengths they may have; texts and times are left out.
    private static let kept: [String: @Sendable (Int) -> Bool] = [
        "PLTE": { $0 % 3 == 0 && $0 <= 768 }, "IDAT": { _ in true }, "IEND": { $0 == 0 }, "tRNS": { $0 <= 256 },
        "cHRM": { $0 == 32 }, "gAMA": { $0 == 4 }, "iCCP": { _ in true }, "sBIT": { $0 <= 4 }, "sRGB": { $0 == 1 },
        "cICP": { $0 == 4 }, "bKGD": { $0 <= 6 }, "pHYs": { $0 == 9 }, "acTL": { $0 == 8 }, "fcTL": { $0 == 26 },
        "fdAT": { $0 >= 4 },
    ]

    private let bytes: [UInt8]
    private let bounds: PictureBounds
    private var input: PictureBytes
    private var output: [UInt8] = []
    private var orientation: UInt8?
    private var hasPixels = false

    static func clean(_ bytes: [UInt8], _ bounds: PictureBounds) throws(PictureError) -> Picture {
        var walker = PNGWalker(bytes, bounds)
        return try walker.walk()
    }

    private init(_ bytes: [UInt8], _ bounds: PictureBounds) {
        self.bytes = bytes
        self.bounds = bounds
        input = PictureBytes(bytes[...])
    }

    private mutating func walk() throws(PictureError) -> Picture {
        _ = try input.take(8)
        let header = try chunk()
        guard header.name == "IHDR", header.data.count == 13 else { throw .malformed }
        let size = try size(header.data, at: 0)
        while true {
            let chunk = try chunk()
            try take(chunk, in: size)
            if chunk.name == "IEND" { break }
        }
        guard hasPixels else { throw .malformed }
        let start = Array(bytes[..<header.range.upperBound])
        return Picture("image/png", size, start + orientationChunk + output)
    }

    private mutating func chunk() throws(PictureError) -> (
        name: String, data: ArraySlice<UInt8>, range: Range<Int>
    ) {
        let start = input.position
        let length = try input.bigEndian(4)
        let name = String(decoding: try input.take(4), as: UTF8.self)
        let data = try input.take(length)
        _ = try input.take(4)
        return (name, data, start..<input.position)
    }

    private mutating func take(
        _ chunk: (name: String, data: ArraySlice<UInt8>, range: Range<Int>), in size: PictureSize
    ) throws(PictureError) {
        switch chunk.name {
        // Another header could have other dimensions.
        case "IHDR": throw .malformed
        case "eXIf": orientation = orientation ?? ExifOrientation.read(chunk.data)
        case "fcTL": try checkFrame(chunk.data, in: size)
        case "IDAT": hasPixels = true
        default: break
        }
        guard let isWhole = Self.kept[chunk.name] else { return }
        guard isWhole(chunk.data.count) else { throw .malformed }
        output += bytes[chunk.range]
    }

    /// Checks that a frame of an animation is within the picture.
    private func checkFrame(_ data: ArraySlice<UInt8>, in size: PictureSize) throws(PictureError) {
        let frame = try self.size(data, at: 4)
        var place = PictureBytes(data.dropFirst(12))
        let left = try place.bigEndian(4)
        let top = try place.bigEndian(4)
        guard left + frame.width <= size.width, top + frame.height <= size.height else { throw .malformed }
    }

    private func size(_ data: ArraySlice<UInt8>, at offset: Int) throws(PictureError) -> PictureSize {
        var data = PictureBytes(data.dropFirst(offset))
        let width = try data.bigEndian(4)
        return try PictureSize(width, try data.bigEndian(4), bounds)
    }

    private var orientationChunk: [UInt8] {
        guard let orientation else { return [] }
        let data = ExifOrientation.data(orientation)
        let content = Array("eXIf".utf8) + data
        return Self.bigEndian(UInt32(data.count)) + content + Self.bigEndian(CRC32.of(content))
    }

    private static func bigEndian(_ value: UInt32) -> [UInt8] { (0..<4).map { UInt8(value >> (24 - 8 * $0) & 0xFF) } }
}

/// The checksum of a PNG's chunk (ISO 3309).
enum CRC32 {
    static func of(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(~0) { sum, byte in
            (0..<8).reduce(sum ^ UInt32(byte)) { rest, _ in rest >> 1 ^ (rest & 1 == 0 ? 0 : 0xEDB8_8320) }
        }
    }
}

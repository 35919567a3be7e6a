import SpecCore

/// WebP (RFC 9649): chunks of a name, a length and data in a RIFF file.
struct WebPWalker {
    /// Chunks that are kept; all but the frames of an animation occur once.
    private static let kept: Set = ["VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF", "ICCP"]
    /// Chunks allowed in a frame of an animation.
    private static let keptInFrame: Set = ["VP8 ", "VP8L", "ALPH"]
    private static let exifFlag: UInt8 = 0x08

    private let bounds: PictureBounds
    private var output: [UInt8] = []
    private var seen: Set<String> = []
    private var size: PictureSize?
    private var orientation: UInt8?

    static func clean(_ bytes: [UInt8], _ bounds: PictureBounds) throws(PictureError) -> Picture {
        var input = PictureBytes(bytes[...])
        _ = try input.take(4)
        let length = try input.littleEndian(4)
        var body = PictureBytes(try input.take(length))
        _ = try body.take(4)
        var walker = WebPWalker(bounds)
        while !body.isAtEnd { try walker.take(chunk(&body)) }
        guard let size = walker.size, !walker.seen.isDisjoint(with: ["VP8 ", "VP8L", "ANMF"]) else { throw .malformed }
        let output = walker.withOrientation
        let riff = Array("RIFF".utf8) + littleEndian(output.count + 4) + Array("WEBP".utf8)
        return Picture("image/webp", size, riff + output)
    }

    private init(_ bounds: PictureBounds) {
        self.bounds = bounds
    }

    private mutating func take(_ chunk: (name: String, data: ArraySlice<UInt8>)) throws(PictureError) {
        let (name, data) = chunk
        if name == "EXIF" { orientation = orientation ?? ExifOrientation.read(data) }
        guard Self.kept.contains(name) else { return }
        // Another header could have other dimensions; the header comes first.
        guard seen.insert(name).inserted || name == "ANMF" else { throw .malformed }
        guard name != "VP8X" || seen.count == 1 else { throw .malformed }
        if let found = try Self.size(name, data, bounds) { size = size ?? found }
        Self.append(name, try Self.cleaned(name, data, bounds), to: &output)
    }

    /// The chunks, with the orientation behind the others if there is a header that can announce it.
    private var withOrientation: [UInt8] {
        guard let orientation, seen.contains("VP8X") else { return output }
        var output = output
        // The flags follow the name and the length of the first chunk.
        output[8] |= Self.exifFlag
        Self.append("EXIF", ExifOrientation.data(orientation)[...], to: &output)
        return output
    }

    private static func chunk(_ bytes: inout PictureBytes) throws(PictureError) -> (
        name: String, data: ArraySlice<UInt8>
    ) {
        let name = String(decoding: try bytes.take(4), as: UTF8.self)
        let length = try bytes.littleEndian(4)
        let data = try bytes.take(length)
        // Chunks begin at even offsets; some writers omit the padding after the last one.
        if length % 2 == 1, !bytes.isAtEnd { _ = try bytes.take(1) }
        return (name, data)
    }

    private static func append(_ name: String, _ data: ArraySlice<UInt8>, to output: inout [UInt8]) {
        output += name.utf8
        output += littleEndian(data.count)
        output += data
        if data.count % 2 == 1 { output.append(0) }
    }

    private static func littleEndian(_ count: Int) -> [UInt8] { (0..<4).map { UInt8(count >> ($0 * 8) & 0xFF) } }

    /// Returns a chunk's data without metadata: a header without the EXIF and XMP flags, a frame with its images only.
    private static func cleaned(
        _ name: String, _ data: ArraySlice<UInt8>, _ bounds: PictureBounds
    ) throws(PictureError) -> ArraySlice<UInt8> {
        switch name {
        case "VP8X":
            guard let flags = data.first, data.count == 10 else { throw .malformed }
            // Profile, alpha and animation.
            return [flags & 0x32, 0, 0, 0] + data.dropFirst(4)
        case "ANIM":
            guard data.count == 6 else { throw .malformed }
            return data
        case "ANMF":
            var frame = PictureBytes(data)
            var output = Array(try frame.take(16))
            var header = PictureBytes(output[6...])
            let width = try header.littleEndian(3) + 1
            _ = try PictureSize(width, try header.littleEndian(3) + 1, bounds)
            while !frame.isAtEnd {
                let (name, data) = try chunk(&frame)
                _ = try size(name, data, bounds)
                if keptInFrame.contains(name) { append(name, data, to: &output) }
            }
            return output[...]
        default: return data
        }
    }

    private static func size(
        _ name: String, _ data: ArraySlice<UInt8>, _ bounds: PictureBounds
    ) throws(PictureError) -> PictureSize? {
        var bytes = PictureBytes(data)
        switch name {
        case "VP8X":
            _ = try bytes.take(4)
            let width = try bytes.littleEndian(3) + 1
            return try PictureSize(width, try bytes.littleEndian(3) + 1, bounds)
        case "VP8 ":
            _ = try bytes.take(3)
            guard try bytes.take(3).elementsEqual([0x9D, 0x01, 0x2A]) else { throw .malformed }
            let width = try bytes.littleEndian(2) & 0x3FFF
            return try PictureSize(width, try bytes.littleEndian(2) & 0x3FFF, bounds)
        case "VP8L":
            guard try bytes.byte() == 0x2F else { throw .malformed }
            let bits = try bytes.littleEndian(4)
            return try PictureSize((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1, bounds)
        default: return nil
        }
    }
}

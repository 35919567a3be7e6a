/// WebP (RFC 9649): chunks of a name, a length and data in a RIFF file.
enum WebPWalker {
    private static let kept: Set = ["VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF", "ICCP"]
    /// What may stand in a frame of an animation.
    private static let keptInFrame: Set = ["VP8 ", "VP8L", "ALPH"]

    static func clean(_ bytes: [UInt8]) throws(PictureFault) -> CleanPicture {
        var input = PictureBytes(bytes[...])
        _ = try input.take(4)
        let length = try input.littleEndian(4)
        var body = PictureBytes(try input.take(length))
        _ = try body.take(4)
        var size: PictureSize?
        var output: [UInt8] = []
        var hasPixels = false
        while !body.isAtEnd {
            let (name, data) = try chunk(&body)
            guard kept.contains(name) else { continue }
            hasPixels = hasPixels || ["VP8 ", "VP8L", "ANMF"].contains(name)
            if let found = try Self.size(name, data) { size = size ?? found }
            append(name, try cleaned(name, data), to: &output)
        }
        guard let size, hasPixels else { throw .broken }
        let riff = Array("RIFF".utf8) + littleEndian(output.count + 4) + Array("WEBP".utf8)
        return CleanPicture("image/webp", size, riff + output)
    }

    private static func chunk(_ bytes: inout PictureBytes) throws(PictureFault) -> (String, ArraySlice<UInt8>) {
        let name = String(decoding: try bytes.take(4), as: UTF8.self)
        let length = try bytes.littleEndian(4)
        let data = try bytes.take(length)
        // Chunks begin at even places; some writers forget that behind the last one.
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

    /// The header no longer says that EXIF and XMP follow; a frame is a picture of its own.
    private static func cleaned(
        _ name: String, _ data: ArraySlice<UInt8>
    ) throws(PictureFault) -> ArraySlice<UInt8> {
        switch name {
        case "VP8X":
            guard let flags = data.first else { throw .broken }
            return [flags & ~0x0C] + data.dropFirst()
        case "ANMF":
            var frame = PictureBytes(data)
            var output = Array(try frame.take(16))
            while !frame.isAtEnd {
                let (name, data) = try chunk(&frame)
                _ = try size(name, data)
                if keptInFrame.contains(name) { append(name, data, to: &output) }
            }
            return output[...]
        default: return data
        }
    }

    private static func size(_ name: String, _ data: ArraySlice<UInt8>) throws(PictureFault) -> PictureSize? {
        var bytes = PictureBytes(data)
        switch name {
        case "VP8X":
            _ = try bytes.take(4)
            let width = try bytes.littleEndian(3) + 1
            return try PictureSize(width, try bytes.littleEndian(3) + 1)
        case "VP8 ":
            _ = try bytes.take(3)
            guard try bytes.take(3).elementsEqual([0x9D, 0x01, 0x2A]) else { throw .broken }
            let width = try bytes.littleEndian(2) & 0x3FFF
            return try PictureSize(width, try bytes.littleEndian(2) & 0x3FFF)
        case "VP8L":
            guard try bytes.byte() == 0x2F else { throw .broken }
            let bits = try bytes.littleEndian(4)
            return try PictureSize((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
        default: return nil
        }
    }
}

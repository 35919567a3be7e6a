/// PNG and APNG (W3C PNG, third edition): chunks of a length, a name, data and a checksum.
enum PNGWalker {
    /// What pixels, colours and animation need; texts, times and EXIF are not among them.
    private static let kept: Set = [
        "IHDR", "PLTE", "IDAT", "IEND", "tRNS", "cHRM", "gAMA", "iCCP", "sBIT", "sRGB", "cICP", "bKGD", "pHYs", "acTL",
        "fcTL", "fdAT",
    ]

    static func clean(_ bytes: [UInt8]) throws(PictureFault) -> CleanPicture {
        var input = PictureBytes(bytes[...])
        var output = Array(try input.take(8))
        var size: PictureSize?
        var hasPixels = false
        while true {
            let start = input.position
            let length = try input.bigEndian(4)
            let name = String(decoding: try input.take(4), as: UTF8.self)
            let data = try input.take(length)
            _ = try input.take(4)
            if size == nil {
                guard name == "IHDR", length == 13 else { throw .broken }
                size = try Self.size(data)
            }
            hasPixels = hasPixels || name == "IDAT"
            if kept.contains(name) { output += bytes[start..<input.position] }
            if name == "IEND" { break }
        }
        guard let size, hasPixels else { throw .broken }
        return CleanPicture("image/png", size, output)
    }

    private static func size(_ header: ArraySlice<UInt8>) throws(PictureFault) -> PictureSize {
        var header = PictureBytes(header)
        let width = try header.bigEndian(4)
        return try PictureSize(width, try header.bigEndian(4))
    }
}

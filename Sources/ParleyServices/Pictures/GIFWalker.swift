/// GIF87a and GIF89a: images and extensions, each in blocks of at most 255 bytes.
struct GIFWalker {
    private let bytes: [UInt8]
    private var input: PictureBytes
    private var output: [UInt8] = []
    private var hasImage = false

    static func clean(_ bytes: [UInt8]) throws(PictureFault) -> CleanPicture {
        var walker = GIFWalker(bytes)
        let size = try walker.walk()
        guard walker.hasImage else { throw .broken }
        return CleanPicture("image/gif", size, walker.output)
    }

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
        input = PictureBytes(bytes[...])
    }

    private mutating func walk() throws(PictureFault) -> PictureSize {
        _ = try input.take(6)
        let width = try input.littleEndian(2)
        let size = try PictureSize(width, try input.littleEndian(2))
        let flags = try input.byte()
        _ = try input.take(2)
        _ = try input.take(Self.colourBytes(flags))
        output += bytes[..<input.position]
        while true {
            let start = input.position
            switch try input.byte() {
            case 0x2C:
                try passImage()
                output += bytes[start..<input.position]
                hasImage = true
            case 0x21: if try passExtension() { output += bytes[start..<input.position] }
            case 0x3B:
                output.append(0x3B)
                return size
            default: throw .broken
            }
        }
    }

    private static func colourBytes(_ flags: UInt8) -> Int { flags & 0x80 == 0 ? 0 : 3 << (Int(flags & 7) + 1) }

    private mutating func passImage() throws(PictureFault) {
        _ = try input.take(4)
        let width = try input.littleEndian(2)
        _ = try PictureSize(width, try input.littleEndian(2))
        let flags = try input.byte()
        // The colours, and how the pixels are packed.
        _ = try input.take(Self.colourBytes(flags) + 1)
        try passBlocks()
    }

    private mutating func passBlocks() throws(PictureFault) {
        while case let count = try input.byte(), count > 0 { _ = try input.take(Int(count)) }
    }

    /// Whether the animation needs it: times of frames and how often they repeat; comments and XMP are left out.
    private mutating func passExtension() throws(PictureFault) -> Bool {
        let label = try input.byte()
        let isLoop =
            label == 0xFF
            && ["NETSCAPE2.0", "ANIMEXTS1.0"].contains { input.rest.dropFirst().starts(with: $0.utf8) }
        try passBlocks()
        return label == 0xF9 || isLoop
    }
}

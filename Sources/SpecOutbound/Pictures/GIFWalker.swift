import SpecCore

/// GIF87a and GIF89a: images and extensions, each in blocks of at most 255 bytes.
struct GIFWalker {
    private let bytes: [UInt8]
    private let bounds: PictureBounds
    private var input: PictureBytes
    private var output: [UInt8] = []
    private var hasImage = false

    static func clean(_ bytes: [UInt8], _ bounds: PictureBounds) throws(PictureError) -> Picture {
        var walker = GIFWalker(bytes, bounds)
        let size = try walker.walk()
        guard walker.hasImage else { throw .malformed }
        return Picture("image/gif", size, walker.output)
    }

    private init(_ bytes: [UInt8], _ bounds: PictureBounds) {
        self.bytes = bytes
        self.bounds = bounds
        input = PictureBytes(bytes[...])
    }

    private mutating func walk() throws(PictureError) -> PictureSize {
        _ = try input.take(6)
        let width = try input.littleEndian(2)
        let size = try PictureSize(width, try input.littleEndian(2), bounds)
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
            case 0x21: output += try keptExtension()
            case 0x3B:
                output.append(0x3B)
                return size
            default: throw .malformed
            }
        }
    }

    private static func colourBytes(_ flags: UInt8) -> Int { flags & 0x80 == 0 ? 0 : 3 << (Int(flags & 7) + 1) }

    private mutating func passImage() throws(PictureError) {
        let left = try input.littleEndian(2)
        let top = try input.littleEndian(2)
        // Some viewers enlarge the picture for an image that reaches beyond it.
        let right = left + (try input.littleEndian(2))
        _ = try PictureSize(right, top + (try input.littleEndian(2)), bounds)
        let flags = try input.byte()
        // The colours and the packing of the pixels.
        _ = try input.take(Self.colourBytes(flags) + 1)
        try passBlocks()
    }

    private mutating func passBlocks() throws(PictureError) {
        while case let count = try input.byte(), count > 0 { _ = try input.take(Int(count)) }
    }

    /// Returns an extension that the animation needs: a frame's delay, or the loop count; others are left out.
    private mutating func keptExtension() throws(PictureError) -> [UInt8] {
        let label = try input.byte()
        let blocks = try blocks()
        guard let first = blocks.first else { return [] }
        switch label {
        case 0xF9:
            guard first.count == 4, blocks.count == 1 else { throw .malformed }
            return [0x21, label, 4] + first + [0]
        case 0xFF where ["NETSCAPE2.0", "ANIMEXTS1.0"].contains { first.elementsEqual($0.utf8) }:
            let loop = blocks.dropFirst().first { $0.count == 3 && $0.first == 1 }
            return loop.map { [0x21, label, 11] + first + [3] + $0 + [0] } ?? []
        default: return []
        }
    }

    private mutating func blocks() throws(PictureError) -> [ArraySlice<UInt8>] {
        var blocks: [ArraySlice<UInt8>] = []
        while case let count = try input.byte(), count > 0 { blocks.append(try input.take(Int(count))) }
        return blocks
    }
}

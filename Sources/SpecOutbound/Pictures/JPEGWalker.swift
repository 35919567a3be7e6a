import SpecCore

/// JPEG (ITU-T T.81, annex B): segments behind markers, and scans of entropy-coded bytes.
struct JPEGWalker {
    private let bounds: PictureBounds
    private var input: PictureBytes
    /// The JFIF segment; written first, wherever it stood.
    private var jfif: [UInt8] = []
    private var output: [UInt8] = []
    private var size: PictureSize?
    private var orientation: UInt8?
    private var hasScan = false

    static func clean(_ bytes: [UInt8], _ bounds: PictureBounds) throws(PictureError) -> Picture {
        var walker = JPEGWalker(input: PictureBytes(bytes[...]), bounds)
        try walker.walk()
        guard let size = walker.size, walker.hasScan else { throw .malformed }
        // Data after the end of the image is left out: films, second pictures, maps.
        return Picture("image/jpeg", size, [0xFF, 0xD8] + walker.jfif + walker.orientationSegment + walker.output)
    }

    private init(input: PictureBytes, _ bounds: PictureBounds) {
        self.input = input
        self.bounds = bounds
    }

    private mutating func walk() throws(PictureError) {
        _ = try input.take(2)
        while true {
            let marker = try self.marker()
            if marker == 0xD9 { break }
            // Markers without length; they are not allowed outside of a scan.
            guard marker != 0x01, !(0xD0...0xD8).contains(marker) else { throw .malformed }
            let length = try input.bigEndian(2)
            let data = try input.take(length - 2)
            try take(marker, data)
        }
        output += [0xFF, 0xD9]
    }

    private mutating func marker() throws(PictureError) -> UInt8 {
        guard try input.byte() == 0xFF else { throw .malformed }
        var code = try input.byte()
        while code == 0xFF { code = try input.byte() }
        guard code != 0 else { throw .malformed }
        return code
    }

    /// Keeps the segments that pixels and colours need, as far as their own rules of length go; all others are left out.
    private mutating func take(_ marker: UInt8, _ data: ArraySlice<UInt8>) throws(PictureError) {
        switch marker {
        case 0xC0...0xCF where ![0xC4, 0xC8, 0xCC].contains(marker): try takeFrame(marker, data)
        case 0xC4: try keep(marker, data, if: JPEGTables.areHuffman(data))
        case 0xCC: try keep(marker, data, if: data.count % 2 == 0)
        case 0xDA: try takeScan(marker, data)
        case 0xDB: try keep(marker, data, if: JPEGTables.areQuantization(data))
        case 0xDD: try keep(marker, data, if: data.count == 2)
        case 0xE0:
            // The thumbnail after the densities is left out.
            if data.starts(with: "JFIF\0".utf8), data.count >= 14 {
                jfif = Self.segment(marker, data.prefix(12) + [0, 0])
            }
        case 0xE1: orientation = orientation ?? ExifOrientation.read(segment: data)
        case 0xE2: if data.starts(with: "ICC_PROFILE\0".utf8) { output += Self.segment(marker, data) }
        case 0xEE:
            if data.starts(with: "Adobe".utf8), data.count >= 12 { output += Self.segment(marker, data.prefix(12)) }
        default: break
        }
    }

    /// Keeps the header of the frame: its only one, as further ones could have other dimensions.
    private mutating func takeFrame(_ marker: UInt8, _ data: ArraySlice<UInt8>) throws(PictureError) {
        guard size == nil else { throw .malformed }
        var frame = PictureBytes(data.dropFirst())
        let height = try frame.bigEndian(2)
        size = try PictureSize(try frame.bigEndian(2), height, bounds)
        let components = try frame.byte()
        try keep(marker, data, if: data.count == 6 + 3 * Int(components))
    }

    private mutating func takeScan(_ marker: UInt8, _ data: ArraySlice<UInt8>) throws(PictureError) {
        let components = Int(data.first ?? 0)
        try keep(marker, data, if: size != nil && data.count == 4 + 2 * components)
        hasScan = true
        try copyScan()
    }

    private mutating func keep(
        _ marker: UInt8, _ data: ArraySlice<UInt8>, if isWhole: Bool
    ) throws(PictureError) {
        guard isWhole else { throw .malformed }
        output += Self.segment(marker, data)
    }

    private static func segment(_ marker: UInt8, _ data: ArraySlice<UInt8>) -> [UInt8] {
        [0xFF, marker, UInt8((data.count + 2) >> 8), UInt8((data.count + 2) & 0xFF)] + data
    }

    /// Copies up to the next marker that does not belong to the scan.
    private mutating func copyScan() throws(PictureError) {
        let rest = input.rest
        var index = rest.startIndex
        while index + 1 < rest.endIndex {
            if rest[index] == 0xFF, rest[index + 1] != 0, !(0xD0...0xD7).contains(rest[index + 1]) { break }
            index += 1
        }
        guard index + 1 < rest.endIndex else { throw .malformed }
        output += try input.take(index - rest.startIndex)
    }

    private var orientationSegment: [UInt8] {
        orientation.map { Self.segment(0xE1, ExifOrientation.segment($0)[...]) } ?? []
    }
}

/// Lengths of the tables of a JPEG (ITU-T T.81, B.2.4).
enum JPEGTables {
    /// Returns true if the data is quantization tables and nothing else.
    static func areQuantization(_ data: ArraySlice<UInt8>) -> Bool {
        var rest = data
        while let first = rest.first {
            let count = first >> 4 == 0 ? 65 : 129
            guard rest.count >= count else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    /// Returns true if the data is Huffman tables and nothing else.
    static func areHuffman(_ data: ArraySlice<UInt8>) -> Bool {
        var rest = data
        while !rest.isEmpty {
            let count = 17 + rest.dropFirst().prefix(16).reduce(0) { $0 + Int($1) }
            guard rest.count >= count else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }
}

/// JPEG (ITU-T T.81, annex B): segments behind markers, and scans of entropy-coded bytes.
struct JPEGWalker {
    private var input: PictureBytes
    /// Comes first, whatever stood before it.
    private var jfif: [UInt8] = []
    private var output: [UInt8] = []
    private var size: PictureSize?
    /// Which side is up; without it a photo would lie on its side.
    private var orientation: UInt8?
    private var hasScan = false

    static func clean(_ bytes: [UInt8]) throws(PictureFault) -> CleanPicture {
        var walker = JPEGWalker(input: PictureBytes(bytes[...]))
        try walker.walk()
        guard let size = walker.size, walker.hasScan else { throw .broken }
        // What follows the end of the image is left out: films, second pictures, maps.
        return CleanPicture("image/jpeg", size, [0xFF, 0xD8] + walker.jfif + walker.orientationSegment + walker.output)
    }

    private init(input: PictureBytes) {
        self.input = input
    }

    private mutating func walk() throws(PictureFault) {
        _ = try input.take(2)
        while true {
            let marker = try self.marker()
            if marker == 0xD9 { break }
            // Without length: none of them stands outside of a scan.
            guard marker != 0x01, !(0xD0...0xD8).contains(marker) else { throw .broken }
            let length = try input.bigEndian(2)
            let data = try input.take(length - 2)
            try take(marker, data)
        }
        output += [0xFF, 0xD9]
    }

    private mutating func marker() throws(PictureFault) -> UInt8 {
        guard try input.byte() == 0xFF else { throw .broken }
        var code = try input.byte()
        while code == 0xFF { code = try input.byte() }
        guard code != 0 else { throw .broken }
        return code
    }

    private mutating func take(_ marker: UInt8, _ data: ArraySlice<UInt8>) throws(PictureFault) {
        switch marker {
        case 0xC0...0xCF where ![0xC4, 0xC8, 0xCC].contains(marker):
            var frame = PictureBytes(data.dropFirst())
            let height = try frame.bigEndian(2)
            size = try PictureSize(try frame.bigEndian(2), height)
            keep(marker, data)
        case 0xDA:
            hasScan = true
            keep(marker, data)
            try copyScan()
        case 0xE0:
            // The thumbnail behind the densities is left out.
            if data.starts(with: "JFIF\0".utf8), data.count >= 14 {
                jfif = Self.segment(marker, data.prefix(12) + [0, 0])
            }
        case 0xE1: orientation = orientation ?? ExifOrientation.read(data)
        case 0xE2: if data.starts(with: "ICC_PROFILE\0".utf8) { keep(marker, data) }
        case 0xEE: if data.starts(with: "Adobe".utf8) { keep(marker, data) }
        case 0xE3...0xEF, 0xFE, 0xF0...0xFD: break
        default: keep(marker, data)
        }
    }

    private mutating func keep(_ marker: UInt8, _ data: ArraySlice<UInt8>) {
        output += Self.segment(marker, data)
    }

    private static func segment(_ marker: UInt8, _ data: ArraySlice<UInt8>) -> [UInt8] {
        [0xFF, marker, UInt8((data.count + 2) >> 8), UInt8((data.count + 2) & 0xFF)] + data
    }

    /// Up to the next marker that is none of the scan's own.
    private mutating func copyScan() throws(PictureFault) {
        let rest = input.rest
        var index = rest.startIndex
        while index + 1 < rest.endIndex {
            if rest[index] == 0xFF, rest[index + 1] != 0, !(0xD0...0xD7).contains(rest[index + 1]) { break }
            index += 1
        }
        guard index + 1 < rest.endIndex else { throw .broken }
        output += try input.take(index - rest.startIndex)
    }

    /// EXIF with one entry.
    private var orientationSegment: [UInt8] {
        guard let orientation, orientation > 1 else { return [] }
        let tiff: [UInt8] =
            Array("MM".utf8) + [
                0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0,
            ]
        return Self.segment(0xE1, (Array("Exif\0\0".utf8) + tiff)[...])
    }
}

/// The one thing that is kept of EXIF (CIPA DC-008, tag 0x0112).
enum ExifOrientation {
    /// 1 to 8; nil where it is not told.
    static func read(_ segment: ArraySlice<UInt8>) -> UInt8? {
        guard segment.starts(with: "Exif\0\0".utf8) else { return nil }
        let tiff = segment.dropFirst(6)
        let isLittle = tiff.starts(with: "II".utf8)
        guard isLittle || tiff.starts(with: "MM".utf8) else { return nil }
        return try? entry(in: tiff, isLittle)
    }

    private static func entry(in tiff: ArraySlice<UInt8>, _ isLittle: Bool) throws(PictureFault) -> UInt8? {
        func number(_ bytes: inout PictureBytes, _ count: Int) throws(PictureFault) -> Int {
            isLittle ? try bytes.littleEndian(count) : try bytes.bigEndian(count)
        }
        var header = PictureBytes(tiff.dropFirst(4))
        var list = PictureBytes(tiff.dropFirst(try number(&header, 4)))
        for _ in 0..<(try number(&list, 2)) {
            let tag = try number(&list, 2)
            let type = try number(&list, 2)
            _ = try list.take(4)
            let value = try number(&list, 2)
            _ = try list.take(2)
            if tag == 0x0112, type == 3, (1...8).contains(value) { return UInt8(value) }
        }
        return nil
    }
}

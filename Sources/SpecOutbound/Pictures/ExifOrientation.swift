import SpecCore

/// The orientation of a picture, the only EXIF entry that is kept (CIPA DC-008, tag 0x0112): without it a photo could be
/// shown on its side.
enum ExifOrientation {
    private static let prefix = Array("Exif\0\0".utf8)

    /// Returns the orientation in the EXIF segment of a JPEG, 2 to 8, or nil if there is none or it is the usual one.
    static func read(segment: ArraySlice<UInt8>) -> UInt8? {
        segment.starts(with: prefix) ? read(segment.dropFirst(prefix.count)) : nil
    }

    /// Returns the orientation in EXIF data; some writers of PNG and WebP begin it like a segment of a JPEG.
    static func read(_ data: ArraySlice<UInt8>) -> UInt8? {
        let tiff = data.starts(with: prefix) ? data.dropFirst(prefix.count) : data
        let isLittle = tiff.starts(with: "II".utf8)
        guard isLittle || tiff.starts(with: "MM".utf8) else { return nil }
        return try? entry(in: tiff, isLittle)
    }

    private static func entry(in tiff: ArraySlice<UInt8>, _ isLittle: Bool) throws(PictureError) -> UInt8? {
        func number(_ bytes: inout PictureBytes, _ count: Int) throws(PictureError) -> Int {
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
            if tag == 0x0112, type == 3, (2...8).contains(value) { return UInt8(value) }
        }
        return nil
    }

    /// Returns EXIF data with the orientation as its only entry.
    static func data(_ orientation: UInt8) -> [UInt8] {
        Array("MM".utf8) + [
            0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0,
        ]
    }

    /// Returns the data of an EXIF segment of a JPEG.
    static func segment(_ orientation: UInt8) -> [UInt8] { prefix + data(orientation) }
}

/// Detects the media type of a file by its first bytes, never by its name. Excludes types that a browser would execute.
enum FileSignatures {
    /// Number of bytes examined.
    static let bytesMax = 64
    static let unknown = "application/octet-stream"

    private struct Signature {
        let type: String
        /// Magic bytes and their offsets.
        let marks: [(at: Int, bytes: [UInt8])]

        init(_ type: String, _ marks: (Int, [UInt8])...) {
            self.type = type
            self.marks = marks.map { (at: $0.0, bytes: $0.1) }
        }

        func fits(_ start: [UInt8]) -> Bool { marks.allSatisfy { start.dropFirst($0.at).starts(with: $0.bytes) } }
    }

    private static func text(_ text: String) -> [UInt8] { Array(text.utf8) }

    private static let signatures: [Signature] = [
        Signature("image/png", (0, [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])),
        Signature("image/jpeg", (0, [0xFF, 0xD8, 0xFF])),
        Signature("image/gif", (0, text("GIF87a"))),
        Signature("image/gif", (0, text("GIF89a"))),
        Signature("image/webp", (0, text("RIFF")), (8, text("WEBP"))),
        Signature("image/bmp", (0, text("BM")), (6, [0, 0, 0, 0])),
        Signature("image/avif", (4, text("ftypavif"))),
        Signature("image/heic", (4, text("ftypheic"))),
        Signature("image/heif", (4, text("ftypmif1"))),
        Signature("audio/mp4", (4, text("ftypM4A "))),
        Signature("video/quicktime", (4, text("ftypqt  "))),
        Signature("video/3gpp", (4, text("ftyp3g"))),
        Signature("video/mp4", (4, text("ftyp"))),
        Signature("video/x-msvideo", (0, text("RIFF")), (8, text("AVI "))),
        Signature("audio/wav", (0, text("RIFF")), (8, text("WAVE"))),
        Signature("audio/aiff", (0, text("FORM")), (8, text("AIFF"))),
        Signature("audio/ogg", (0, text("OggS")), (28, text("OpusHead"))),
        Signature("audio/ogg", (0, text("OggS")), (28, [0x01] + text("vorbis"))),
        Signature("video/ogg", (0, text("OggS")), (28, [0x80] + text("theora"))),
        Signature("audio/flac", (0, text("fLaC"))),
        Signature("audio/mpeg", (0, text("ID3"))),
        Signature("audio/mpeg", (0, [0xFF, 0xFB])),
        Signature("audio/mpeg", (0, [0xFF, 0xF3])),
        Signature("audio/mpeg", (0, [0xFF, 0xF2])),
        Signature("audio/aac", (0, [0xFF, 0xF1])),
        Signature("audio/aac", (0, [0xFF, 0xF9])),
        Signature("audio/amr", (0, text("#!AMR"))),
        Signature("application/pdf", (0, text("%PDF-"))),
        Signature("application/zip", (0, [0x50, 0x4B, 0x03, 0x04])),
        Signature("application/gzip", (0, [0x1F, 0x8B, 0x08])),
    ]

    static func type(of start: [UInt8]) -> String {
        if let found = signatures.first(where: { $0.fits(start) }) { return found.type }
        return matroska(start) ?? unknown
    }

    /// Returns the type of a Matroska or WebM file. Both begin alike; the document type follows within the first bytes.
    private static func matroska(_ start: [UInt8]) -> String? {
        guard start.starts(with: [0x1A, 0x45, 0xDF, 0xA3]) else { return nil }
        let name = text("webm")
        let isWebM = start.indices.contains { start[$0...].starts(with: name) }
        return isWebM ? "video/webm" : "video/x-matroska"
    }
}

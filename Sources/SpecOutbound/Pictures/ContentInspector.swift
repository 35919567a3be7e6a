public import SpecCore

/// Detects media types by magic bytes, and cleans PNG, JPEG, GIF and WebP pictures.
///
/// Nothing is decoded: the walkers copy the segments needed for display and leave out all others, so no pixel changes
/// and a decompression bomb has no effect here.
public struct ContentInspector: FileInspector {
    public init() {}

    public var startBytesMax: Int { FileSignatures.bytesMax }

    public func contentType(ofStart start: [UInt8]) -> String { FileSignatures.type(of: start) }

    public func picture(_ bytes: [UInt8], within bounds: PictureBounds) throws(PictureError) -> Picture {
        switch FileSignatures.type(of: Array(bytes.prefix(FileSignatures.bytesMax))) {
        case "image/png": try PNGWalker.clean(bytes, bounds)
        case "image/jpeg": try JPEGWalker.clean(bytes, bounds)
        case "image/gif": try GIFWalker.clean(bytes, bounds)
        case "image/webp": try WebPWalker.clean(bytes, bounds)
        default: throw .unsupported
        }
    }
}

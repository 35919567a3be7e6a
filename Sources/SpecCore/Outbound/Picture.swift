/// A picture without metadata such as place, time, camera and author.
public struct Picture: Sendable, Equatable {
    public let contentType: String
    /// The width in pixels.
    public let width: Int
    /// The height in pixels.
    public let height: Int
    /// The file.
    public let bytes: [UInt8]

    public init(contentType: String, width: Int, height: Int, bytes: [UInt8]) {
        self.contentType = contentType
        self.width = width
        self.height = height
        self.bytes = bytes
    }
}

/// The largest accepted picture; bounds the memory of the clients that decode it.
public struct PictureBounds: Sendable, Equatable {
    /// Maximum length of a side in pixels.
    public let sideMax: Int
    /// Maximum number of pixels.
    public let pixelsMax: Int

    public init(sideMax: Int, pixelsMax: Int) {
        self.sideMax = sideMax
        self.pixelsMax = pixelsMax
    }

    /// True if a picture of this size is within the bounds.
    public func contain(width: Int, height: Int) -> Bool {
        width > 0 && height > 0 && width <= sideMax && height <= sideMax && width * height <= pixelsMax
    }
}

/// Reason for rejecting a picture.
public enum PictureError: Error, Sendable, Equatable {
    /// Not a picture of a supported format.
    case unsupported
    /// Begins like a picture of a supported format, but is malformed.
    case malformed
    /// Not within the bounds; width and height in pixels.
    case dimensions(width: Int, height: Int)
}

/// Examines files that clients upload, by their content and never by their name. Implemented in SpecOutbound.
public protocol FileInspector: Sendable {
    /// The number of bytes at the start of a file that ``contentType(ofStart:)`` examines.
    var startBytesMax: Int { get }

    /// Returns the media type of a file, or `application/octet-stream`; never a type that a browser would execute.
    func contentType(ofStart start: [UInt8]) -> String

    /// Removes the metadata of a picture; its pixels stay as they are.
    /// - Throws: ``PictureError`` if it is not a picture, is malformed or exceeds the bounds.
    func picture(_ bytes: [UInt8], within bounds: PictureBounds) throws(PictureError) -> Picture
}

/// The bounds of a multipart form. A form that exceeds one is rejected.
public struct MultipartBounds: Sendable {
    /// The maximum number of parts.
    public var partsMax = 100
    /// The maximum length of the head of a part.
    public var headBytesMax = 8_192
    /// The maximum length of a part that is not a file.
    public var fieldBytesMax = 65_536
    /// The maximum length of the preamble before the first boundary; it is ignored.
    public var preambleBytesMax = 1_024
    /// The maximum number of spaces after a boundary on its line.
    static let paddingBytesMax = 64

    public init() {}
}

/// An error of a body that is not a valid multipart form.
public struct MultipartFault: Error, Equatable, CustomStringConvertible {
    /// The message: what was found and what is expected.
    public let description: String

    init(_ description: String) {
        self.description = description
    }
}

public import NIOCore

/// A file of a form, read as it arrives, with back-pressure: the sender waits until the next bytes are requested.
public struct FilePart: Sendable {
    /// The client's name for the file; never use it as a path.
    public let fileName: String?
    /// The media type declared by the client, not verified.
    public let contentType: String?
    private let source: FormSource

    init(_ head: PartHead, _ source: FormSource) {
        fileName = head.fileName
        contentType = head.contentType
        self.source = source
    }

    /// The next bytes, or nil at the end, when the form is known to be complete.
    /// - Throws: ``Problem`` 413 if the file is longer than the spec allows, 400 if the form is malformed or
    ///   incomplete.
    public func next() async throws -> ByteBuffer? { try await source.fileBytes() }

    /// The length before the file is read: what the body's declared length leaves for it, at most the maximum of the
    /// spec. Nil if neither is known. A client that ends its form in an unusual way may send a few bytes more.
    public var expectedBytesMax: Int? { get async { await source.fileBytesMax } }

    /// True if the whole file was read.
    public var isAtEnd: Bool { get async { await source.isAtEnd } }
}

/// The constraints of the spec on the file of a form.
public struct FileRule: Sendable {
    let name: StaticString
    /// The minimum length in bytes.
    let minimum: Int
    let maximum: Int?

    public init(_ name: StaticString, minimum: Int = 0, maximum: Int? = nil) {
        self.name = name
        self.minimum = minimum
        self.maximum = maximum
    }
}

public import NIOCore

/// A file of a form, read as it arrives: the sender is held back until the next bytes are asked for.
public struct FilePart: Sendable {
    /// What the client calls the file; never a path to use.
    public let fileName: String?
    /// What the client takes the content for; nobody has looked yet.
    public let contentType: String?
    private let source: FormSource

    init(_ head: PartHead, _ source: FormSource) {
        fileName = head.fileName
        contentType = head.contentType
        self.source = source
    }

    /// The next bytes; nil at the end, when the form is known to be whole.
    /// - Throws: ``Problem`` 413 when the file is longer than the spec allows, 400 when the form is broken or ends early.
    public func next() async throws -> ByteBuffer? { try await source.fileBytes() }

    /// Whether everything was read.
    public var isAtEnd: Bool { get async { await source.isAtEnd } }
}

/// What the spec says about the file of a form.
public struct FileRule: Sendable {
    let name: StaticString
    /// In bytes.
    let minimum: Int
    let maximum: Int?

    public init(_ name: StaticString, minimum: Int = 0, maximum: Int? = nil) {
        self.name = name
        self.minimum = minimum
        self.maximum = maximum
    }
}

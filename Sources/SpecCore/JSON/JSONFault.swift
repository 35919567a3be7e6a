/// An error of bytes that are not valid JSON (RFC 8259), or are JSON that this server rejects; always a 400.
public struct JSONFault: Error, Sendable, Equatable {
    /// The offset of the offending byte.
    public let offset: Int
    public let message: String

    public init(_ message: String, at offset: Int) {
        self.message = message
        self.offset = offset
    }
}

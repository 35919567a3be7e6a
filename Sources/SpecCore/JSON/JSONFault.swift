/// Why bytes are no JSON (RFC 8259), or JSON that this server never takes; always a 400.
public struct JSONFault: Error, Sendable, Equatable {
    /// The offset of the byte that cannot be.
    public let offset: Int
    public let message: String

    public init(_ message: String, at offset: Int) {
        self.message = message
        self.offset = offset
    }
}

public import NIOCore

/// A request's body, read as it arrives; the sender is held back until the next piece is asked for.
public protocol BodyStream: Sendable {
    /// The next piece, or nil at the end.
    /// - Throws: ``Problem`` 400 when the body ends before its declared length, 408 when it is too slow.
    func next() async throws -> ByteBuffer?

    /// The whole body.
    /// - Throws: ``Problem`` 413 when it is longer than `bytesMax`, before more than that is kept.
    func collect(upTo bytesMax: Int) async throws -> ByteBuffer
}

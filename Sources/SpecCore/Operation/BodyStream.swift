public import NIOCore

/// A request body, read as it arrives, with back-pressure: the sender waits until the next piece is requested.
public protocol BodyStream: Sendable {
    /// The length that the sender declared; 0 if there is no body, nil if the length is known only at the end.
    var declaredLength: Int? { get }

    /// The content coding of the bytes, such as `gzip`; nil if they are as the media type says.
    var contentCoding: String? { get }

    /// The next piece, or nil at the end.
    /// - Throws: ``Problem`` 400 if the body ends before its declared length, 408 if it arrives too slowly.
    func next() async throws -> ByteBuffer?

    /// The whole body.
    /// - Throws: ``Problem`` 413 if it is longer than `bytesMax`, before more than that is buffered.
    func collect(upTo bytesMax: Int) async throws -> ByteBuffer
}

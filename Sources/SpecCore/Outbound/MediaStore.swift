public import NIOCore

/// Keeps objects of bytes: uploaded files and pictures. Implemented in SpecOutbound.
public protocol MediaStore: Sendable {
    /// Begins an object that nobody sees until it is kept.
    func begin() async throws -> any MediaDraft

    /// Hands over a part of an object, piece by piece; each waits until `take` returns.
    /// - Throws: ``MediaStoreError/missing`` when there is no such object, or what `take` throws.
    func read(
        _ id: Identifier, _ range: Range<Int64>, _ take: @Sendable (ByteBuffer) async throws -> Void
    ) async throws

    /// Removes an object; nothing happens when there is none.
    func remove(_ id: Identifier) async throws
}

/// An object on its way into the store, until ``keep(as:)`` or ``discard()`` has ended it.
public protocol MediaDraft: Sendable {
    func write(_ bytes: ByteBuffer) async throws

    /// Makes it an object; it is on disk when this returns. When it throws, the draft is still to be discarded.
    func keep(as id: Identifier) async throws

    /// Removes what was written.
    func discard() async
}

/// What can go wrong in a media store.
public enum MediaStoreError: Error, Sendable, Equatable {
    case missing(Identifier)
    /// The call and the reason in the system's words.
    case failed(String)
}

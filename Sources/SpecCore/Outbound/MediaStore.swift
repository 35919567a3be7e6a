public import NIOCore

/// Stores binary objects: uploaded files and pictures. Implemented in SpecOutbound.
public protocol MediaStore: Sendable {
    /// Starts an upload; the object is not visible until ``MediaUpload/keep(as:)``.
    func begin() async throws -> any MediaUpload

    /// Passes a part of an object to `take`, piece by piece; each piece waits until `take` returns.
    /// - Throws: ``MediaStoreError/missing`` if there is no such object, or what `take` throws.
    func read(
        _ id: Identifier, _ range: Range<Int64>, _ take: @Sendable (ByteBuffer) async throws -> Void
    ) async throws

    /// Removes an object, if it exists.
    func remove(_ id: Identifier) async throws

    /// Checks that an object could be stored, for `/ready`.
    func check() async throws

    /// The bytes that are free in the store; nil if it has no such bound.
    func freeBytes() async throws -> Int64?
}

/// An upload in progress, until ``keep(as:)`` or ``discard()``.
public protocol MediaUpload: Sendable {
    func write(_ bytes: ByteBuffer) async throws

    /// Makes the upload an object; it is on disk when this returns. If it throws, the upload must still be discarded.
    func keep(as id: Identifier) async throws

    /// Removes the written bytes.
    func discard() async
}

/// An error of a media store.
public enum MediaStoreError: Error, Sendable, Equatable {
    case missing(Identifier)
    /// The failed call and the system's error message.
    case failed(String)
}

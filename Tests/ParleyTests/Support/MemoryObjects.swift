import NIOConcurrencyHelpers
import NIOCore
import SpecCore

/// A media store that remembers which objects were removed, and can fail to remove them.
final class MemoryObjects: MediaStore {
    private let state = NIOLockedValueBox<(removed: [Identifier], fails: Bool)>(([], false))

    var removed: [Identifier] { state.withLockedValue { $0.removed } }

    func fail(_ fails: Bool) { state.withLockedValue { $0.fails = fails } }

    func begin() async throws -> any MediaUpload { throw MediaStoreError.failed("no uploads") }

    func read(
        _ id: Identifier, _ range: Range<Int64>, _ take: @Sendable (ByteBuffer) async throws -> Void
    ) async throws {
        throw MediaStoreError.missing(id)
    }

    func remove(_ id: Identifier) async throws {
        try state.withLockedValue { state in
            if state.fails { throw MediaStoreError.failed("the folder is gone") }
            state.removed.append(id)
        }
    }

    func check() async throws {}

    func freeBytes() async throws -> Int64? { nil }
}

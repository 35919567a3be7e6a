import NIOConcurrencyHelpers
import ParleyContract
import SpecCore

/// The uploads in progress on this node: a few per user, within the quota and the free space from their first byte.
package final class Uploads: Sendable {
    /// Default storage quota of a user in bytes.
    package static let bytesPerUserMax: Int64 = 1 << 30
    /// Maximum number of uploads of a user at once.
    package static let perUserMax = 4
    /// Free bytes that uploads leave for the database: its log, and every message.
    package static let freeBytesMin: Int64 = 256 << 20
    /// Seconds after which a refused client tries again.
    private static let retrySeconds = 5

    /// An upload in progress, until ``Uploads/end(_:)``.
    struct Reservation: Sendable {
        fileprivate let user: Identifier
        fileprivate let bytes: Int64
    }

    private struct Share {
        var count = 0
        var bytes: Int64 = 0
    }

    let quota: Int64
    private let freeBytes: @Sendable () async throws -> Int64?
    private let shares = NIOLockedValueBox<[Identifier: Share]>([:])

    /// - Parameters:
    ///   - bytesPerUserMax: the quota.
    ///   - freeBytes: the free space of the media store; nil if it is unbounded.
    package init(
        bytesPerUserMax: Int64 = Uploads.bytesPerUserMax, freeBytes: @escaping @Sendable () async throws -> Int64?
    ) {
        quota = bytesPerUserMax
        self.freeBytes = freeBytes
    }

    /// Runs an upload with its bytes reserved, and gives them back at its end.
    ///
    /// - Parameters:
    ///   - file: its length, declared or the maximum, is what is reserved.
    ///   - stored: the bytes that count towards the quota already; nil for a file that does not count.
    /// - Throws: ``Problem`` 429, `media-quota-exceeded` or `storage-full`, or what `body` throws.
    func run<Result>(
        _ file: FilePart, of user: Identifier, stored: Int64?, _ body: () async throws -> Result
    ) async throws -> Result {
        let bytes = Int64(await file.expectedBytesMax ?? 0)
        let reservation = try begin(bytes, of: user, stored: stored)
        defer { end(reservation) }
        try await checkFreeSpace()
        return try await body()
    }

    private func begin(_ bytes: Int64, of user: Identifier, stored: Int64?) throws -> Reservation {
        try shares.withLockedValue { shares in
            var share = shares[user] ?? Share()
            guard share.count < Self.perUserMax else { throw Self.tooMany }
            if let stored, Self.sum(stored, share.bytes, bytes) > quota { throw quotaExceeded }
            share.count += 1
            share.bytes = Self.sum(share.bytes, bytes)
            shares[user] = share
            return Reservation(user: user, bytes: bytes)
        }
    }

    private func end(_ reservation: Reservation) {
        shares.withLockedValue { shares in
            guard var share = shares[reservation.user] else { return }
            share.count -= 1
            share.bytes -= reservation.bytes
            shares[reservation.user] = share.count > 0 ? share : nil
        }
    }

    /// Checks that the free space is enough for all uploads in progress, of all users.
    private func checkFreeSpace() async throws {
        guard let free = try await freeBytes() else { return }
        let reserved = shares.withLockedValue { $0.values.reduce(Int64(0)) { Self.sum($0, $1.bytes) } }
        guard Self.sum(reserved, Self.freeBytesMin) <= free else {
            throw Problem(.storageFull, "The server has no room for this file; try again later.")
        }
    }

    /// The sum, or the greatest number if it does not fit.
    private static func sum(_ numbers: Int64...) -> Int64 {
        numbers.reduce(0) { $0.saturatingAdding($1) }
    }

    private static var tooMany: Problem {
        Problem(
            .rateLimited, "You have \(perUserMax) uploads in progress; try again when one of them has ended.",
            retryAfterSeconds: retrySeconds)
    }

    var quotaExceeded: Problem {
        Problem(.mediaQuotaExceeded, "Your files would exceed the quota of \(quota) bytes.")
    }
}

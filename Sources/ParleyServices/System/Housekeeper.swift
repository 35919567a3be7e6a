package import Logging
import ParleyContract
import ServiceLifecycle
package import SpecCore

/// Removes expired rows and files, and updates copies, in bounded batches until the server stops.
package struct Housekeeper: Service {
    /// Resume points of the scans over tables without a time index.
    package struct ScanCursors: Sendable, Equatable {
        fileprivate static let start = Identifier(high: 0, low: 0)

        fileprivate var session = start
        fileprivate var log = start
        fileprivate var factor = start
        fileprivate var rename = start
        fileprivate var account = start
        fileprivate var upload = start
        fileprivate var removedFile = start
        /// Number of second factors in this scan so far whose encrypting secret is no longer configured.
        fileprivate var lostFactors = 0

        /// The beginning of all scans.
        package init() {}
    }

    private static let pauseSeconds = 60
    /// Number of rows that one transaction removes, or that one step of a scan reads.
    private static let batchMax: Int64 = 500
    /// Maximum number of transactions per kind and run; the rest waits for the next run.
    private static let batchesMax = 200

    private let store: any Store
    private let objects: any MediaStore
    private let secondFactor: SecondFactor
    private let logger: Logger
    private let now: @Sendable () -> Timestamp

    package init(
        store: any Store, objects: any MediaStore, secondFactor: SecondFactor, logger: Logger,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.store = store
        self.objects = objects
        self.secondFactor = secondFactor
        self.logger = logger
        self.now = now
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            var cursors = ScanCursors()
            while !Task.isCancelled {
                cursors = await run(from: cursors)
                try? await Task.sleep(for: .seconds(Self.pauseSeconds))
            }
        }
    }

    /// Runs each task once. A failing task does not prevent the others.
    ///
    /// - Returns: the resume points; a scan that has ended begins again.
    package func run(from cursors: ScanCursors) async -> ScanCursors {
        let time = now()
        await step { try await prune(TwoFactorQueries.pruneChallenges(now: time, limit: Self.batchMax)) }
        await step { try await prune(AccountsQueries.pruneTokens(now: time, limit: Self.batchMax)) }
        let events = EventPruner(store: store, batchMax: Self.batchMax, batchesMax: Self.batchesMax)
        var next = ScanCursors()
        next.session = await scan(from: cursors.session) { try await pruneSessions(after: $0, at: time) }
        next.log = await scan(from: cursors.log) { try await events.prune(logsAfter: $0, at: time) }
        let renames = RenameWriter(store: store, batchMax: Self.batchMax, batchesMax: Self.batchesMax)
        next.rename = await scan(from: cursors.rename) { try await renames.write(after: $0) }
        let accounts = UnverifiedAccounts(
            store: store, files: FileRemoval(store: store, objects: objects), batchMax: Self.batchMax, logger: logger)
        next.account = await scan(from: cursors.account) { try await accounts.remove(after: $0, at: time) }
        let files = files
        next.removedFile = await scan(from: cursors.removedFile) { try await files.removeLeftBytes(after: $0) }
        next.upload = await scan(from: cursors.upload) { try await files.removeUnsent(after: $0, at: time) }
        next.lostFactors = cursors.lostFactors
        next.factor = await scan(from: cursors.factor) { try await refreshFactors(behind: $0, &next.lostFactors) }
        return next
    }

    private var files: FileHousekeeping {
        FileHousekeeping(
            store: store, files: FileRemoval(store: store, objects: objects), batchMax: Self.batchMax, logger: logger)
    }

    private func step(_ body: () async throws -> Void) async {
        do {
            try await body()
        } catch {
            logger.error("expired rows could not be removed: \(error)")
        }
    }

    /// Runs the steps of a scan.
    ///
    /// - Parameter body: one step of the scan; returns nil at its end.
    private func scan(
        from place: Identifier, _ body: (Identifier) async throws -> Identifier?
    ) async -> Identifier {
        // A failed step is tried again the next time.
        var next = place
        await step { next = try await body(place) ?? ScanCursors.start }
        return next
    }

    private func prune(_ query: Query<Void>) async throws {
        for _ in 0..<Self.batchesMax {
            guard try await store.write({ try $0.execute(query) }) >= Self.batchMax else { return }
        }
    }

    private func refreshFactors(behind place: Identifier, _ lostCount: inout Int) async throws -> Identifier? {
        let step = try await secondFactor.secrets.refresh(behind: place, limit: Self.batchMax, in: store)
        lostCount += step.lostCount
        if step.place == nil, lostCount > 0 {
            logger.error(
                """
                the authenticator secrets of \(lostCount) accounts cannot be decrypted: the server secret that encrypted \
                them is no longer configured; add it again after the first of SEALING_SECRET, or of JWT_SECRET if that was used
                """)
            lostCount = 0
        }
        return step.place
    }

    private func pruneSessions(after place: Identifier, at time: Timestamp) async throws -> Identifier? {
        let rows = try await store.all(SessionsTable.page(id: place, limit: Self.batchMax))
        let over = rows.filter { $0.endedAt != nil || SessionExpiry.isOver($0, at: time) }
        if !over.isEmpty {
            try await store.write { for row in over { try $0.execute(SessionsTable.delete(id: row.id)) } }
        }
        return rows.count < Self.batchMax ? nil : rows.last?.id
    }
}

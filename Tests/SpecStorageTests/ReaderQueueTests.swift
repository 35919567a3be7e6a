import Dispatch
import SpecCore
import Testing

@testable import SpecStorage

/// The turns of reads among requesters.
@Suite(.timeLimit(.minutes(10))) struct ReaderQueueTests {
    private static let ada = Requester.user(Identifier(high: 0, low: 1))
    private static let bob = Requester.user(Identifier(high: 0, low: 2))
    private static let cat = Requester.address("192.0.2.1")

    /// Begins reads that have to wait, one after the other, and returns their names as they are admitted.
    private func wait(_ reads: [(String, Requester)], in queue: ReaderQueue) async -> AsyncStream<String> {
        let (names, name) = AsyncStream.makeStream(of: String.self)
        let before = queue.waitingCount
        for (index, read) in reads.enumerated() {
            Task {
                do {
                    try await queue.enter(read.1)
                    name.yield(read.0)
                } catch {
                    name.yield("\(read.0): \(error)")
                }
            }
            while queue.waitingCount < before + index + 1, !Task.isCancelled { await Task.yield() }
        }
        return names
    }

    @Test func takesTurnsAmongRequesters() async throws {
        let queue = ReaderQueue(connections: 2, waitingMax: 10)
        try await queue.enter(Self.ada)
        try await queue.enter(Self.bob)
        let waiting = [("a1", Self.ada), ("a2", Self.ada), ("b1", Self.bob), ("c1", Self.cat), ("a3", Self.ada)]
        let names = await wait(waiting, in: queue)
        var iterator = names.makeAsyncIterator()
        queue.leave(Self.bob)
        #expect(await iterator.next() == "b1", "the requester that waited longest has its share already")
        queue.leave(Self.bob)
        #expect(await iterator.next() == "c1")
        queue.leave(Self.cat)
        queue.leave(Self.ada)
        #expect(await iterator.next() == "a1")
        queue.leave(Self.ada)
        #expect(await iterator.next() == "a2")
        queue.leave(Self.ada)
        #expect(await iterator.next() == "a3")
    }

    @Test func holdsARequesterToHalfAlthoughConnectionsAreFree() async throws {
        let queue = ReaderQueue(connections: 4, waitingMax: 10)
        for _ in 0..<2 { try await queue.enter(Self.ada) }
        _ = await wait([("a", Self.ada)], in: queue)
        for _ in 0..<2 { try await queue.enter(Self.bob) }
        #expect(queue.waitingCount == 1)
    }

    @Test func rejectsWhatWaitsBeyondItsBoundAndOnceClosed() async throws {
        let queue = ReaderQueue(connections: 1, waitingMax: 1)
        try await queue.enter(Self.ada)
        var names = await wait([("a", Self.ada)], in: queue).makeAsyncIterator()
        await #expect(throws: StoreError.unavailable("more than 1 reads are waiting")) {
            try await queue.enter(Self.bob)
        }
        queue.close()
        #expect(await names.next() == "a: \(StoreError.closed)")
        await #expect(throws: StoreError.closed) { try await queue.enter(Self.bob) }
        #expect(!queue.waitUntilIdle(until: .now()))
        queue.leave(Self.ada)
        #expect(queue.waitUntilIdle(until: .distantFuture))
    }
}

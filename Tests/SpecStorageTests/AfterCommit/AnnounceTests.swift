import NIOConcurrencyHelpers
import SpecCore
import TestSupport
import Testing

@testable import SpecStorage

/// Announcements on the bus of a store.
@Suite(.timeLimit(.minutes(10))) struct AnnounceTests {
    @Test(arguments: Engine.allCases) func bringsAnnouncementsToTheirListeners(engine: Engine) async throws {
        try await TestStore.run(engine) { store in
            let (signals, heard) = AsyncStream.makeStream(of: BusSignal.self)
            store.listen(on: "news") { heard.yield($0) }
            var iterator = signals.makeAsyncIterator()
            while let signal = await iterator.next(), signal != .connected {}
            #expect(store.announce("unheard", on: "others"))
            for number in 0..<1_000 { #expect(store.announce("it's \"\(number)\" — ü", on: "news")) }
            for number in 0..<1_000 {
                let signal = await iterator.next()
                guard signal == .announcement("it's \"\(number)\" — ü") else {
                    Issue.record("heard \(String(describing: signal)) instead of \(number)")
                    break
                }
            }
        }
    }

    @Test func gathersAnnouncementsIntoFewStatements() async throws {
        try await TestStore.runPostgres { store, address in
            let other = try await PostgresStore.open(address, migrations: [TestStore.start], logger: TestStore.quiet)
            let (signals, heard) = AsyncStream.makeStream(of: BusSignal.self)
            other.listen(on: "news") { heard.yield($0) }
            var iterator = signals.makeAsyncIterator()
            while let signal = await iterator.next(), signal != .connected {}
            // Other tests write to the same server meanwhile, so the quietest of a few tries counts.
            var fewest = Int.max
            for _ in 0..<5 where fewest >= 2_000 {
                let before = try Self.commits(address)
                for number in 0..<4_000 { #expect(store.announce("\(number)", on: "news")) }
                for _ in 0..<4_000 { _ = await iterator.next() }
                fewest = min(fewest, try Self.commits(address) - before)
            }
            await other.close()
            #expect(fewest < 2_000, "a transaction per announcement would be 4,000")
        }
    }

    /// The number of the last transaction, which only those that write or notify have.
    private static func commits(_ address: PostgresAddress) throws -> Int {
        let rows = try PostgresConnection(plain: address).execute("SELECT pg_snapshot_xmax(pg_current_snapshot())")
        return Int(rows[0][0]) ?? 0
    }

    @Test func dropsWhatExceedsItsBound() async throws {
        let address = try PostgresAddress("postgres://parley@127.0.0.1:1/nothing")
        let announcer = PostgresAnnouncer(address: address, logger: TestStore.quiet)
        let taken = (0..<20_000).count { _ in announcer.announce("x", on: "news") }
        #expect(taken >= PostgresAnnouncer.waitingMax)
        #expect(taken < 20_000)
        await announcer.close()
        #expect(!announcer.announce("x", on: "news"))
    }

    @Test func deliversWhatAListenerAnnouncesAfterTheRest() {
        let bus = LocalBus()
        let heard = NIOLockedValueBox<[BusSignal]>([])
        bus.listen(on: "news") { signal in
            heard.withLockedValue { $0.append(signal) }
            if signal == .announcement("first") { bus.announce("answer", on: "news") }
        }
        bus.announce("first", on: "news")
        bus.announce("second", on: "news")
        #expect(
            heard.withLockedValue { $0 }
                == [.connected, .announcement("first"), .announcement("answer"), .announcement("second")])
    }
}

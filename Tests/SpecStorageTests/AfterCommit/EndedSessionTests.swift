import Dispatch
import NIOConcurrencyHelpers
import SpecCore
import TestSupport
import Testing

@testable import SpecStorage

/// Counts the runs of a change.
final class Runs: Sendable {
    private let box = NIOLockedValueBox(0)

    var count: Int { box.withLockedValue { $0 } }

    func add() { box.withLockedValue { $0 += 1 } }
}

/// Announcements of ended sessions.
@Suite(.timeLimit(.minutes(10))) struct EndedSessionTests {
    struct Stop: Error {}

    @Test(arguments: Engine.allCases) func areKnownWhenTheChangeReturns(engine: Engine) async throws {
        let publisher = RecordingPublisher()
        let sessions = (0..<3).map { _ in Identifier.make() }
        try await TestStore.run(engine, publisher: publisher) { store in
            try await store.write { try $0.announceEnd(of: Array(sessions[..<2])) }
            #expect(publisher.sessions == Array(sessions[..<2]))
            await #expect(throws: Stop.self) {
                try await store.write { transaction in
                    try transaction.announceEnd(of: [sessions[2]])
                    throw Stop()
                }
            }
            await #expect(throws: StoreError.self) {
                try await store.write { transaction in
                    try transaction.announceEnd(of: [sessions[2]])
                    try transaction.execute(Statements.orphan)
                }
            }
            try await store.write { try $0.announceEnd(of: []) }
            #expect(publisher.sessions == Array(sessions[..<2]))
        }
    }

    /// A node that stops at the worst moment: committed, and nothing done since.
    private final class StoppingPublisher: Publisher {
        let mayGoOn = DispatchSemaphore(value: 0)
        func publish(_ positions: [EventPosition]) {}
        func publish(ended sessions: [Identifier]) { mayGoOn.wait() }
    }

    @Test func reachOtherNodesAlthoughTheirNodeStopsAfterItsCommit() async throws {
        let publisher = StoppingPublisher()
        let sessions = (0..<3).map { _ in Identifier.make() }
        try await TestStore.runPostgres(publisher: publisher) { store, address in
            let other = try await PostgresStore.open(address, migrations: [TestStore.start], logger: TestStore.quiet)
            let (signals, heard) = AsyncStream.makeStream(of: BusSignal.self)
            other.listen(on: SessionEnd.channel) { heard.yield($0) }
            var iterator = signals.makeAsyncIterator()
            #expect(await iterator.next() == .disconnected)
            #expect(await iterator.next() == .connected)
            async let change: Void = store.write { try $0.announceEnd(of: sessions) }
            for session in sessions {
                guard case .announcement(let text)? = await iterator.next() else {
                    Issue.record("the other node did not hear of the session")
                    break
                }
                #expect(SessionEnd(text: text)?.session == session)
            }
            publisher.mayGoOn.signal()
            try await change
            await other.close()
        }
    }

    @Test func areNotReadFromOtherTexts() {
        #expect(SessionEnd(text: "") == nil)
        #expect(SessionEnd(text: "all") == nil)
    }
}

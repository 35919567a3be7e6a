import NIOConcurrencyHelpers
import ParleyContract
import SpecCore
import SpecStorage
import TestSupport
import Testing

/// Tests of sending mails from the outbox.
@Suite(.timeLimit(.minutes(10))) struct MailDispatcherTests {
    private func courier(_ store: any Store, _ sender: Sender, _ clock: TestClock) -> MailDispatcher {
        MailDispatcher(
            store: store, outbox: FrameworkTables.mailOutbox, sender: sender, logger: ProductStore.quiet,
            now: { clock.now })
    }

    private func add(_ count: Int, to store: any Store, at time: Timestamp) async throws -> Set<Identifier> {
        let rows = (0..<count).map { number in
            OutboxRow(
                id: .make(), recipient: "user\(number)@example.org", subject: "Hello", body: "text", createdAt: time,
                attempts: 0, nextAt: time)
        }
        try await store.write { for row in rows { try $0.execute(OutboxTable.insert(row)) } }
        return Set(rows.map(\.id))
    }

    private func left(_ store: any Store) async throws -> [OutboxRow] {
        try await store.all(OutboxTable.page(id: Identifier(high: 0, low: 0), limit: 100))
    }

    @Test(arguments: Engine.allCases) func sendsEachMailOnceFromSeveralNodes(engine: Engine) async throws {
        try await ProductStore.run(engine) { store in
            let (clock, sender) = (TestClock(), Sender())
            let ids = try await add(100, to: store, at: clock.now)
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<4 {
                    let node = courier(store, sender, clock)
                    group.addTask { for _ in 0..<40 { await node.deliverDue() } }
                }
            }
            #expect(sender.sent.count == 100)
            #expect(Set(sender.sent) == ids)
            #expect(try await left(store) == [])
        }
    }

    @Test(arguments: Engine.allCases) func leavesAMailToOthersWhenItsNodeDied(engine: Engine) async throws {
        try await ProductStore.run(engine) { store in
            let (clock, sender) = (TestClock(), Sender())
            _ = try await add(1, to: store, at: clock.now)
            let time = clock.now
            let claim = Query(
                "claim", FrameworkTables.mailOutbox.claim,
                [time.sqlValue, time.adding(seconds: 600).sqlValue, 16.sqlValue], read: { try $0.identifier(0) })
            #expect(try await store.write { try $0.all(claim) }.count == 1)
            await courier(store, sender, clock).deliverDue()
            #expect(sender.sent == [])
            clock.advance(seconds: 601)
            await courier(store, sender, clock).deliverDue()
            #expect(sender.sent.count == 1)
        }
    }

    @Test(arguments: Engine.allCases) func triesAgainEverLater(engine: Engine) async throws {
        try await ProductStore.run(engine) { store in
            let (clock, sender) = (TestClock(), Sender(failure: Sender.Trouble()))
            _ = try await add(1, to: store, at: clock.now)
            let node = courier(store, sender, clock)
            for (attempt, pause) in [1, 2, 4, 8].enumerated() {
                await node.deliverDue()
                #expect(sender.sent.count == attempt + 1)
                // Not a second early.
                clock.advance(seconds: Int64(pause) - 1)
                await node.deliverDue()
                #expect(sender.sent.count == attempt + 1)
                clock.advance(seconds: 1)
            }
            for _ in 0..<60 {
                await node.deliverDue()
                clock.advance(seconds: 3_600)
            }
            #expect(sender.sent.count == 48)
            #expect(try await left(store) == [])
        }
    }

    @Test(arguments: Engine.allCases) func givesUpWhatIsRefusedForGoodAtTheThirdTime(engine: Engine) async throws {
        try await ProductStore.run(engine) { store in
            let (clock, sender) = (TestClock(), Sender(failure: MailRejected("550 no such user")))
            _ = try await add(1, to: store, at: clock.now)
            for _ in 0..<5 {
                await courier(store, sender, clock).deliverDue()
                clock.advance(seconds: 60)
            }
            #expect(sender.sent.count == 3)
            #expect(try await left(store) == [])
        }
    }

    @Test(arguments: Engine.allCases) func sendsAtTheNextStartWhatTheStopCutOff(engine: Engine) async throws {
        try await ProductStore.run(engine) { store in
            let (clock, relay, sender) = (TestClock(), SlowRelay(), Sender())
            _ = try await add(1, to: store, at: clock.now)
            let node = MailDispatcher(
                store: store, outbox: FrameworkTables.mailOutbox, sender: relay, logger: ProductStore.quiet,
                now: { clock.now })
            let run = Task { await node.deliverDue() }
            for await _ in relay.begins { break }
            run.cancel()
            await run.value
            await courier(store, sender, clock).deliverDue()
            #expect(sender.sent.count == 1)
            #expect(try await left(store) == [])
        }
    }
}

/// A mail sender that takes a mail for as long as it is let.
private final class SlowRelay: MailSender {
    let begins: AsyncStream<Void>
    private let begin: AsyncStream<Void>.Continuation

    init() {
        (begins, begin) = AsyncStream.makeStream(of: Void.self)
    }

    func send(_ mail: Mail) async throws {
        begin.yield()
        try await Task.sleep(for: .seconds(3_600))
    }
}

/// A mail sender that records its mails and can reject them.
private final class Sender: MailSender {
    struct Trouble: Error {}

    private let state = NIOLockedValueBox<[Identifier]>([])
    private let failure: (any Error)?

    init(failure: (any Error)? = nil) {
        self.failure = failure
    }

    var sent: [Identifier] { state.withLockedValue { $0 } }

    func send(_ mail: Mail) async throws {
        state.withLockedValue { $0.append(mail.id) }
        if let failure { throw failure }
    }
}

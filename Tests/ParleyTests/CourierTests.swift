import ParleyContract
import ParleyServices
import SpecCore
import Synchronization
import TestSupport
import Testing

/// Mails on their way from the outbox.
@Suite struct CourierTests {
    private func courier(_ store: any Store, _ sender: Sender, _ clock: TestClock) -> Courier {
        Courier(
            store: store, sender: sender, logger: ProductStore.quiet,
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
            let claim = MailQueries.claim(now: time, until: time.adding(seconds: 600), limit: 16)
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
                // Not a second before its time.
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
            let (clock, sender) = (TestClock(), Sender(failure: MailRefused("550 no such user")))
            _ = try await add(1, to: store, at: clock.now)
            for _ in 0..<5 {
                await courier(store, sender, clock).deliverDue()
                clock.advance(seconds: 60)
            }
            #expect(sender.sent.count == 3)
            #expect(try await left(store) == [])
        }
    }
}

/// Writes down what it is given, and may refuse it.
private final class Sender: MailSender {
    struct Trouble: Error {}

    private let state = Mutex<[Identifier]>([])
    private let failure: (any Error)?

    init(failure: (any Error)? = nil) {
        self.failure = failure
    }

    var sent: [Identifier] { state.withLock { $0 } }

    func send(_ mail: Mail) async throws {
        state.withLock { $0.append(mail.id) }
        if let failure { throw failure }
    }
}

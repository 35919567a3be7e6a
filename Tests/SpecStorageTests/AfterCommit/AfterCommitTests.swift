import SpecCore
import TestSupport
import Testing

@testable import SpecStorage

/// Announcements of committed changes, on both engines.
@Suite(.timeLimit(.minutes(10))) struct AfterCommitTests {
    struct Stop: Error {}

    private static let users = (0..<10).map { _ in Identifier.make() }.sorted()
    private static let time = Timestamp(milliseconds: 1_790_000_000_123)
    private static let event = LoggedEvent(kind: "noted", at: time)

    /// Runs `body` with a store whose publisher looks at the database from outside.
    private static func runWatched(
        _ engine: Engine, _ body: (any Store, RecordingPublisher) async throws -> Void
    ) async throws {
        let publisher = RecordingPublisher()
        switch engine {
        case .sqlite:
            let folder = try TemporaryFolder()
            let path = folder.path + "/test.db"
            let store = try SQLiteStore(
                path: path, migrations: [TestStore.start], eventLog: EventStatements.log, publisher: publisher)
            publisher.watch(try OtherConnection.finder(path: path))
            try await body(store, publisher)
            try await store.close()
        case .postgres:
            try await TestStore.runPostgres(publisher: publisher) { store, address in
                publisher.watch(try OtherConnection.finder(address))
                try await body(store, publisher)
            }
        }
    }

    /// One change of many: some are refused before, some at the commit of their group.
    /// - Returns: false if it was refused.
    private static func change(_ number: Int, _ store: any Store) async -> Bool {
        let (one, two) = (users[number % 10], users[(number * 7 + 3) % 10])
        do {
            switch number % 6 {
            case 0: _ = try await store.write { try $0.emit(event, to: [two, one]) }
            case 1: _ = try await store.run(EventStatements.add(number, "\(number)", for: one))
            case 2: _ = try await store.run(EventStatements.add(number, nil, for: one))
            case 3: _ = try await store.run(EventStatements.add(number, "taken", for: one))
            case 4:
                try await store.write { transaction in
                    try transaction.emit(event, to: [one, two])
                    throw Stop()
                }
            default:
                try await store.write { transaction in
                    try transaction.emit(event, to: [one])
                    try transaction.execute(Statements.orphan)
                }
            }
            return true
        } catch {
            return false
        }
    }

    @Test(arguments: Engine.allCases) func announcesEveryCommittedEventOnce(engine: Engine) async throws {
        try await Self.runWatched(engine) { store, publisher in
            _ = try await store.write { try $0.execute(Statements.insert(0, "taken")) }
            let kept = await withTaskGroup(of: Int.self) { group in
                for writer in 0..<200 {
                    group.addTask {
                        var count = 0
                        for round in 0..<3 where await Self.change(1 + round * 200 + writer, store) { count += 1 }
                        return count
                    }
                }
                return await group.reduce(0, +)
            }
            #expect(kept == 300, "half of the changes: emits, named writes and rejected named writes")
            let log = try await store.all(EventStatements.positions)
            #expect(publisher.positions == log)
            #expect(publisher.early == [])
            for user in Self.users {
                let seqs = log.filter { $0.user == user }.map(\.seq)
                #expect(seqs == (1...Int64(seqs.count)).map { $0 })
            }
        }
    }

    @Test(arguments: Engine.allCases) func writesWhatIsEmittedToEachUserOnce(engine: Engine) async throws {
        let publisher = RecordingPublisher()
        try await TestStore.run(engine, publisher: publisher) { store in
            let (ada, bob, subject) = (Self.users[0], Self.users[1], Identifier.make())
            let full = LoggedEvent(kind: "seen", at: Self.time, firstId: subject, secondId: ada, detail: "read")
            let positions = try await store.write { transaction in
                let first = try transaction.emit(Self.event, to: [bob, ada, bob])
                let second = try transaction.emit([bob: full, ada: Self.event])
                let none = try transaction.emit(Self.event, to: [])
                return first + second + none
            }
            let all = [(ada, 1), (bob, 1), (ada, 2), (bob, 2)].map { EventPosition(user: $0, seq: $1) }
            #expect(positions == all)
            #expect(publisher.positions == [all[0], all[2], all[1], all[3]])
            let noted = "noted 1790000000123 - - -"
            #expect(try await store.all(EventStatements.entries(ada)) == ["1 \(noted)", "2 \(noted)"])
            #expect(
                try await store.all(EventStatements.entries(bob))
                    == ["1 \(noted)", "2 seen 1790000000123 \(subject) \(ada) read"])
        }
    }

    @Test(arguments: Engine.allCases) func emitsOnlyInAChangeOfAStoreWithALog(engine: Engine) async throws {
        try await TestStore.run(engine) { store in
            await #expect(throws: StoreError.failed("a read cannot announce anything")) {
                try await store.read { try $0.emit(Self.event, to: [Self.users[0]]) }
            }
            await #expect(throws: StoreError.failed("a read cannot announce anything")) {
                try await store.read { try $0.announceEnd(of: [Self.users[0]]) }
            }
        }
        let folder = try TemporaryFolder()
        let store = try SQLiteStore(path: folder.path + "/test.db", migrations: [TestStore.start])
        let words = "no event log: name one in schema.yaml and open the store with it"
        await #expect(throws: StoreError.failed(words)) {
            try await store.write { try $0.emit(Self.event, to: [Self.users[0]]) }
        }
        try await store.close()
    }

    @Test func neverDeadlocksOverTheSameUsers() async throws {
        try await TestStore.runPostgres { store, _ in
            let runs = await withTaskGroup(of: Int.self) { group in
                for number in 0..<100 {
                    group.addTask {
                        let users = number % 2 == 0 ? Self.users : Self.users.reversed()
                        let counter = Runs()
                        try? await store.write { transaction in
                            counter.add()
                            try transaction.emit(Self.event, to: users)
                        }
                        return counter.count
                    }
                }
                return await group.reduce(0, +)
            }
            #expect(runs == 100, "no change ran again after a conflict")
            let log = try await store.all(EventStatements.positions)
            #expect(log.count == 1_000)
        }
    }
}

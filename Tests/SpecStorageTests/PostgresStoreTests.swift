import Dispatch
import Logging
import SpecCore
import SpecStorage
import Synchronization
import TestSupport
import Testing

/// Behaviour specific to PostgreSQL: shared connections, other nodes, other transactions.
@Suite(.timeLimit(.minutes(10))) struct PostgresStoreTests {
    /// Before anything is connected.
    @Test func needsAConnectionForEachPurpose() async throws {
        await #expect(throws: ConfigurationError("PostgresStore needs at least 5 connections, not 4")) {
            _ = try await PostgresStore.open(
                PostgresAddress("postgres://nowhere.invalid/none"), migrations: [], connections: 4,
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        }
    }

    @Test func answersTenThousandInterleavedQueriesEachToItsOwnCaller() async throws {
        try await TestStore.runPostgres { store, _ in
            let wrong = await withTaskGroup(of: Bool.self) { group in
                for number in 1...10_000 {
                    group.addTask { (try? await store.all(Statements.echo(number))) != [Int64(number)] }
                    // At most as many as the store lets wait.
                    if number > 4_000 { _ = await group.next() }
                }
                return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(wrong == 0)
        }
    }

    @Test func failsOnlyTheCallersOfStatementsThatFail() async throws {
        try await TestStore.runPostgres { store, _ in
            let answers = await withTaskGroup(of: String.self) { group in
                for number in 1...2_000 {
                    group.addTask {
                        do {
                            let isOdd = number % 2 == 1
                            let answer = try await store.first(Statements.echo(isOdd ? number : 0))
                            return answer == Int64(number) ? "right" : "wrong"
                        } catch { return "\(error)" }
                    }
                }
                return await group.reduce(into: [String: Int]()) { $0[$1, default: 0] += 1 }
            }
            #expect(answers == ["right": 1_000, #"failed("division by zero")"#: 1_000])
        }
    }

    @Test func tellsOnlyItsCallerThatAStatementCannotBePrepared() async throws {
        let broken = Query<Void>("broken", SQLText(sqlite: "", postgres: "SELECT nothing FROM nowhere"), [])
        try await TestStore.runPostgres { store, _ in
            for _ in 0..<2 {
                await #expect(throws: StoreError.failed(#"relation "nowhere" does not exist"#)) {
                    _ = try await store.all(broken)
                }
                await #expect(throws: StoreError.failed(#"relation "nowhere" does not exist"#)) {
                    _ = try await store.write { try $0.execute(broken) }
                }
            }
            let echoed = try await store.first(Statements.echo(3))
            #expect(echoed == 3)
        }
    }

    @Test func readsOnlyReadWhereReadingIsAsked() async throws {
        let writing = Query<Void>("writing", Statements.orphan.text, [])
        try await TestStore.runPostgres { store, _ in
            await #expect(throws: StoreError.failed("cannot execute INSERT in a read-only transaction")) {
                _ = try await store.all(writing)
            }
            await #expect(throws: StoreError.failed("cannot execute INSERT in a read-only transaction")) {
                _ = try await store.read { try $0.execute(writing) }
            }
        }
    }

    @Test func keepsNothingOfAChangeInWhichAFailureWasIgnored() async throws {
        try await TestStore.runPostgres { store, _ in
            await #expect(throws: StoreError.failed("division by zero")) {
                try await store.write { transaction in
                    try transaction.execute(Statements.insert(1, "one"))
                    _ = try? transaction.all(Statements.echo(0))
                }
            }
            let names = try await store.all(Statements.names)
            #expect(names == [])
        }
    }

    @Test func decidesAnewWhenAnotherChangeWasFaster() async throws {
        try await TestStore.runPostgres { store, _ in
            let answers = await withTaskGroup(of: String.self) { group in
                for _ in 0..<32 {
                    group.addTask {
                        let answer = try? await store.write { transaction in
                            if try transaction.first(Statements.find(1)) != nil { return "known" }
                            try transaction.execute(Statements.insert(1, "one"))
                            return "made"
                        }
                        return answer ?? "failed"
                    }
                }
                return await group.reduce(into: [String: Int]()) { $0[$1, default: 0] += 1 }
            }
            #expect(answers == ["made": 1, "known": 31])
        }
    }

    private final class Runs: Sendable {
        let count = Atomic(0)
    }

    @Test func runsChangesThatBlockEachOtherAgain() async throws {
        try await TestStore.runPostgres { store, _ in
            try await store.write { transaction in
                for id in 1...2 { try transaction.execute(Statements.insert(id, "\(id)")) }
            }
            let arrived = [1: DispatchSemaphore(value: 0), 2: DispatchSemaphore(value: 0)]
            let runs = Runs()
            @Sendable func change(_ from: Int, _ to: Int) async throws {
                try await store.write { transaction in
                    runs.count.add(1, ordering: .relaxed)
                    try transaction.execute(Statements.rename(from, "\(from) by \(from)"))
                    arrived[from]?.signal()
                    // Both have their first row by then; a retry does not have to wait.
                    _ = arrived[to]?.wait(timeout: .now() + 0.5)
                    try transaction.execute(Statements.rename(to, "\(to) by \(from)"))
                }
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (from, to) in [(1, 2), (2, 1)] { group.addTask { try await change(from, to) } }
                try await group.waitForAll()
            }
            // On a busy machine the retry may conflict again.
            #expect(runs.count.load(ordering: .relaxed) > 2)
            #expect(Set(try await store.all(Statements.names).map { $0.suffix(4) }).count == 1)
        }
    }

    @Test func turnsAwayChangesBeyondItsBound() async throws {
        try await TestStore.runPostgres { store, _ in
            let gate = DispatchSemaphore(value: 0)
            let answers = await withTaskGroup(of: String.self) { group in
                for number in 0..<1_200 {
                    group.addTask {
                        do {
                            try await store.write { _ in
                                gate.wait()
                                gate.signal()
                            }
                            return "done"
                        } catch {
                            // A rejected task releases the waiting ones.
                            gate.signal()
                            return number >= 0 ? "\(error)" : ""
                        }
                    }
                }
                return await group.reduce(into: [String: Int]()) { $0[$1, default: 0] += 1 }
            }
            #expect(answers[#"unavailable("more than 1024 changes are waiting")"#] ?? 0 > 0)
            #expect(answers["done"] ?? 0 >= 1_024)
            #expect(answers.values.reduce(0, +) == 1_200)
        }
    }

    // MARK: Opening

    @Test func boundsTheWaitForARowThatAFrozenNodeHolds() async throws {
        let hold = Query<Int64>(
            "hold", SQLText(sqlite: "", postgres: "SELECT id FROM counters WHERE id = 1 FOR UPDATE"), [],
            read: { try Int64.read($0, at: 0) })
        try await TestStore.runPostgres { store, address in
            for counter in 1...2 { _ = try await store.run(Statements.advance(counter, together: true)) }
            let frozen = try await PostgresStore.open(address, migrations: [TestStore.start], logger: TestStore.quiet)
            let (isHeld, mayEnd) = (AsyncStream.makeStream(of: Void.self), DispatchSemaphore(value: 0))
            async let end: Void? = try? frozen.write { transaction in
                _ = try transaction.all(hold)
                isHeld.continuation.yield()
                mayEnd.wait()
            }
            for await _ in isHeld.stream { break }
            let start = ContinuousClock.now
            let passed = await withTaskGroup(of: Duration?.self) { group in
                for number in 0..<60 {
                    group.addTask {
                        let write = Statements.advance(number % 2 + 1, together: true)
                        let answer = try? await store.first(write)
                        return number % 2 == 1 && answer != nil ? start.duration(to: .now) : nil
                    }
                }
                return await group.reduce(into: [Duration]()) { if let passed = $1 { $0.append(passed) } }
            }
            mayEnd.signal()
            _ = await end
            await frozen.close()
            #expect(passed.count == 30)
            #expect(passed.allSatisfy { $0 < .seconds(12) }, "a statement may take 15 s")
            _ = try await store.run(Statements.advance(1, together: true))
            for counter in 1...2 {
                let entries = try await store.all(Statements.entries(counter))
                #expect(entries == (1...Int64(entries.count)).map { $0 })
            }
        }
    }

    @Test func migratesOnceHoweverManyNodesStart() async throws {
        let address = try PostgresAddress(await PostgresServer.shared.value.makeDatabase())
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    let store = try await PostgresStore.open(
                        address, migrations: [TestStore.start], logger: TestStore.quiet)
                    #expect(try await store.all(Statements.names) == [])
                    await store.close()
                }
            }
            try await group.waitForAll()
        }
    }

    @Test func refusesEditedAndNewerMigrations() async throws {
        try await TestStore.runPostgres { _, address in
            func open(_ migrations: [Migration]) async throws {
                await (try PostgresStore.open(address, migrations: migrations, logger: TestStore.quiet)).close()
            }
            let second = Migration(name: "0002-more", sqlite: "", postgres: "CREATE TABLE u (id bigint)")
            try await open([TestStore.start, second])
            await #expect(throws: OpenError.newer("0002-more")) { try await open([TestStore.start]) }
            let edited = Migration(name: "0002-more", sqlite: "", postgres: "CREATE TABLE u (id text)")
            await #expect(throws: OpenError.edited("0002-more")) { try await open([TestStore.start, edited]) }
        }
    }

    @Test func keepsNothingOfAMigrationThatFails() async throws {
        let address = try PostgresAddress(await PostgresServer.shared.value.makeDatabase())
        func open(_ text: StaticString) async throws {
            let migration = Migration(name: "0001-start", sqlite: "", postgres: text)
            await (try PostgresStore.open(address, migrations: [migration], logger: TestStore.quiet)).close()
        }
        await #expect(throws: OpenError.unusable(address.description, #"relation "nowhere" does not exist"#)) {
            try await open("CREATE TABLE u (id bigint); INSERT INTO nowhere VALUES (1)")
        }
        try await open("CREATE TABLE u (id bigint)")
    }

    @Test func saysWhyItCannotOpen() async throws {
        let address = try PostgresAddress("postgres://parley:secret@127.0.0.1:1/nothing")
        #expect(address.description == "PostgreSQL at 127.0.0.1:1/nothing")
        await #expect {
            _ = try await PostgresStore.open(address, migrations: [], logger: TestStore.quiet)
        } throws: { error in
            "\(error)".contains("Connection refused") && !"\(error)".contains("secret")
        }
        #expect {
            _ = try PostgresAddress("postgres://host/db?sslmod=require")
        } throws: { error in
            "\(error)".contains("invalid URI query parameter: …;") && !"\(error)".contains("sslmod")
        }
    }

    // MARK: Other nodes

    private static func announce(_ text: String, on channel: String) -> Query<Void> {
        Query("announce", SQLText(sqlite: "", postgres: "SELECT pg_notify($1, $2)"), [.text(channel), .text(text)])
    }

    @Test func announcesToEveryNode() async throws {
        try await TestStore.runPostgres { store, address in
            let other = try await PostgresStore.open(address, migrations: [TestStore.start], logger: TestStore.quiet)
            let (signals, heard) = AsyncStream.makeStream(of: BusSignal.self)
            other.listen(on: "news") { heard.yield($0) }
            var iterator = signals.makeAsyncIterator()
            #expect(await iterator.next() == .disconnected)
            #expect(await iterator.next() == .connected)
            for (channel, text) in [("news", "it's \"quoted\" — ü"), ("others", "unheard"), ("news", "second")] {
                _ = try await store.write { try $0.execute(Self.announce(text, on: channel)) }
            }
            #expect(await iterator.next() == .announcement("it's \"quoted\" — ü"))
            #expect(await iterator.next() == .announcement("second"))
            await other.close()
            #expect(await iterator.next() == .disconnected)
        }
    }
}

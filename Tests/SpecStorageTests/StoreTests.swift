import SpecCore
import SpecStorage
import TestSupport
import Testing

/// The common behaviour of both engines: real files, a real server, real commits.
@Suite(.timeLimit(.minutes(10))) struct StoreTests {
    struct Stop: Error {}

    /// Runs `count` tasks and counts their results.
    private func tally(_ count: Int, _ say: @escaping @Sendable (Int) async throws -> String) async -> [String: Int] {
        await withTaskGroup(of: String.self) { group in
            for id in 1...count {
                group.addTask {
                    do { return try await say(id) } catch { return "\(error)" }
                }
            }
            return await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
        }
    }

    @Test(arguments: Engine.allCases) func readsWhatWasWritten(engine: Engine) async throws {
        try await TestStore.run(engine) { store in
            #expect(try await store.write { try $0.execute(Statements.insert(1, "one")) } == 1)
            #expect(try await store.write { try $0.execute(Statements.rename(9, "nobody")) } == 0)
            #expect(try await store.all(Statements.names) == ["one"])
            #expect(try await store.read { try $0.first(Statements.find(1)) } == "one")
            #expect(try await store.first(Statements.find(2)) == nil)
            try await store.check()
        }
    }

    @Test(arguments: Engine.allCases) func undoesOnlyTheChangeThatThrew(engine: Engine) async throws {
        try await TestStore.run(engine) { store in
            let outcomes = await tally(100) { id in
                try await store.write { transaction in
                    try transaction.execute(Statements.insert(id, "\(id)"))
                    if id % 2 == 0 { throw Stop() }
                }
                return "kept"
            }
            #expect(outcomes == ["kept": 50, "Stop()": 50])
            let names = try await store.all(Statements.names)
            #expect(names == (1...100).filter { $0 % 2 == 1 }.map { "\($0)" })
        }
    }

    @Test(arguments: Engine.allCases) func refusesOnlyTheChangeWhoseCommitFails(engine: Engine) async throws {
        try await TestStore.run(engine) { store in
            let answers = await tally(20) { id in
                do {
                    _ = try await store.write {
                        try $0.execute(id == 7 ? Statements.orphan : Statements.insert(id, "\(id)"))
                    }
                    return "kept"
                } catch StoreError.constraint(.foreignKey, _) {
                    return "refused"
                }
            }
            #expect(answers == ["kept": 19, "refused": 1])
            let names = try await store.all(Statements.names)
            #expect(names.count == 19)
        }
    }

    @Test(arguments: Engine.allCases) func namesTheConstraintThatWasBroken(engine: Engine) async throws {
        try await TestStore.run(engine) { store in
            _ = try await store.write { try $0.execute(Statements.insert(1, "one")) }
            let words =
                engine == .sqlite
                ? "UNIQUE constraint failed: t.name" : #"duplicate key value violates unique constraint "t_name_key""#
            await #expect(throws: StoreError.constraint(.unique, words)) {
                _ = try await store.write { try $0.execute(Statements.insert(2, "one")) }
            }
            await #expect(throws: StoreError.constraint(.unique, words)) {
                _ = try await store.run(Statements.add(2, "one"))
            }
            let wrong = Query<Int>("wrong", Statements.names.text, [], read: { try Int.read($0, at: 0) })
            await #expect(throws: StoreError.column("the column name does not hold an integer")) {
                _ = try await store.all(wrong)
            }
        }
    }

    @Test(arguments: Engine.allCases) func refusesAWordThatTheColumnsTypeDoesNotName(engine: Engine) async throws {
        let states = Query<OrderState>("states", Statements.names.text, [], read: { try OrderState.read($0, at: 0) })
        try await TestStore.run(engine) { store in
            _ = try await store.write { try $0.execute(Statements.insert(1, "sent")) }
            #expect(try await store.all(states) == [.sent])
            _ = try await store.write { try $0.execute(Statements.insert(2, "lost")) }
            await #expect(throws: StoreError.column("the column 1 holds 'lost', which is none of: new, sent")) {
                _ = try await store.all(states)
            }
        }
    }

    @Test(arguments: Engine.allCases) func bringsEveryKindOfValueBack(engine: Engine) async throws {
        let id = Identifier.make()
        let time = Timestamp(milliseconds: 1_790_000_000_123)
        let old = Timestamp(milliseconds: -1)
        let text = SQLText(
            sqlite: "SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10",
            postgres: """
                SELECT $1::text, $2::boolean, $3::bigint, $4::double precision, $5::text, $6::bytea, $7::uuid,
                    $8::timestamptz, $9::timestamptz, $10::bytea
                """)
        let row = Query<[String]>(
            "values", text,
            [
                .null, .bool(true), .integer(-5), .real(1.5), .text("aé€😀"), .bytes([1, 0, 255]), .identifier(id),
                .timestamp(time), .timestamp(old), .bytes([]),
            ],
            read: { row in
                [
                    "\(row.isNull(0))", "\(try row.bool(1))", "\(try row.integer(2))", "\(try row.real(3))",
                    try row.text(4), "\(try row.bytes(5))", "\(try row.identifier(6))", "\(try row.timestamp(7))",
                    "\(try row.timestamp(8))", "\(try row.bytes(9))",
                ]
            })
        try await TestStore.run(engine) { store in
            let rows = try await store.all(row)
            #expect(
                rows == [
                    [
                        "true", "true", "-5", "1.5", "aé€😀", "[1, 0, 255]", "\(id)", "2026-09-21T14:13:20.123Z",
                        "1969-12-31T23:59:59.999Z", "[]",
                    ]
                ])
        }
    }

    @Test(arguments: Engine.allCases) func comparesWithTheEndsOfTime(engine: Engine) async throws {
        let between = Query<Int64>(
            "between",
            SQLText(
                sqlite: "SELECT ?1 <= ?2 AND ?2 < ?3",
                postgres: """
                    SELECT CASE WHEN $1::timestamptz <= $2::timestamptz AND $2::timestamptz < $3::timestamptz
                        THEN 1::bigint ELSE 0 END
                    """),
            [
                .timestamp(Timestamp(milliseconds: .min)), .timestamp(.now()),
                .timestamp(Timestamp(milliseconds: .max)),
            ], read: { try Int64.read($0, at: 0) })
        try await TestStore.run(engine) { store in
            let answer = try await store.all(between)
            #expect(answer == [1])
        }
    }

    // MARK: Named writes

    @Test(arguments: Engine.allCases, [false, true])
    func countsWithoutGapsHoweverManyWriteAtOnce(engine: Engine, together: Bool) async throws {
        try await TestStore.run(engine) { store in
            let positions = try await withThrowingTaskGroup(of: Int64?.self) { group in
                for number in 0..<600 {
                    group.addTask { try await store.first(Statements.advance(number % 3, together: together)) ?? nil }
                }
                return try await group.reduce(into: [Int64]()) { if let seq = $1 { $0.append(seq) } }
            }
            #expect(positions.sorted() == (1...200).flatMap { [Int64($0), Int64($0), Int64($0)] })
            for counter in 0..<3 { #expect(try await store.all(Statements.entries(counter)) == Array(1...200)) }
        }
    }

    @Test(arguments: Engine.allCases, [false, true])
    func answersARefusalAsARow(engine: Engine, together: Bool) async throws {
        try await TestStore.run(engine) { store in
            let answers = await tally(30) { _ in
                let answer = try await store.first(Statements.advance(1, most: 10, together: together))
                return answer.map { $0 == nil ? "full" : "counted" } ?? "none"
            }
            #expect(answers == ["counted": 10, "full": 20])
            let entries = try await store.all(Statements.entries(1))
            #expect(entries == Array(1...10))
        }
    }

    @Test(arguments: Engine.allCases, [false, true])
    func failsOnlyTheNamedWritesThatBreakARule(engine: Engine, together: Bool) async throws {
        try await TestStore.run(engine) { store in
            let answers = await tally(200) { id in
                do {
                    _ = try await store.run(Statements.add(id, id % 2 == 0 ? "same" : "\(id)", together: together))
                    return "kept"
                } catch StoreError.constraint(.unique, _) {
                    return "refused"
                }
            }
            #expect(answers == ["kept": 101, "refused": 99])
            let names = try await store.all(Statements.names)
            #expect(names.count == 101)
        }
    }

    @Test(arguments: Engine.allCases) func givesEachOfManyWritesItsOwnRows(engine: Engine) async throws {
        try await TestStore.run(engine) { store in
            let answers = await tally(60) { number in
                let rows = try await store.run(Statements.repeated(number % 4, isOrdered: true))
                return "\(rows == Array(repeating: Int64(number % 4), count: number % 4))"
            }
            #expect(answers == ["true": 60])
        }
    }

    @Test(arguments: Engine.allCases) func takesNothingAsAValueOfManyWrites(engine: Engine) async throws {
        try await TestStore.run(engine) { store in
            _ = await tally(50) { id in
                _ = try await store.run(Statements.add(id, nil, together: true))
                return "kept"
            }
            let kept = try await store.all(Statements.nameless)
            #expect(kept == Array(1...50))
        }
    }

    @Test func refusesRowsThatAreNotInTheOrderOfTheirWrites() async throws {
        try await TestStore.run(.postgres) { store in
            let answers = await tally(60) { number in
                do {
                    let rows = try await store.run(Statements.repeated(number % 3 + 1, isOrdered: false))
                    return rows == Array(repeating: Int64(number % 3 + 1), count: number % 3 + 1)
                        ? "alone" : "another's"
                } catch StoreError.column(let reason) {
                    return reason
                }
            }
            let words = "the rows are not in the order of their writes, numbered in the last column"
            #expect(answers[words, default: 0] > 0)
            #expect(answers["another's"] == nil)
        }
    }

    @Test(arguments: Engine.allCases) func mixesNamedWritesWithChangesOfSeveralSteps(engine: Engine) async throws {
        try await TestStore.run(engine) { store in
            _ = try await store.write { try $0.execute(Statements.insert(0, "0")) }
            let answers = await tally(120) { number in
                if number % 2 == 0 {
                    // Of both kinds, which are not sent together.
                    let write = Statements.advance(1, together: number % 4 == 0)
                    return try await store.first(write) == nil ? "lost" : "named"
                }
                return try await store.write { transaction in
                    // Read and written back: without the row lock, two at once would lose an update.
                    let count = Int(try transaction.first(Statements.find(0))?.map { $0 } ?? "") ?? -1
                    try transaction.execute(Statements.rename(0, "\(count + 1)"))
                    return "steps"
                }
            }
            #expect(answers == ["named": 60, "steps": 60])
            #expect(try await store.all(Statements.names) == ["60"])
        }
    }

    @Test(arguments: Engine.allCases) func keepsThePlaceOfACallerWhoIsCancelled(engine: Engine) async throws {
        try await TestStore.run(engine) { store in
            let answers = await withTaskGroup(of: Bool.self) { group in
                for number in 1...500 {
                    group.addTask { (try? await store.first(Statements.echo(number))) == Int64(number) }
                    if number == 250 { group.cancelAll() }
                }
                return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            // GRDB's reads are cancelled with their callers; those that return must return the right row.
            #expect(engine == .sqlite || answers == 500)
            let echoed = try await store.first(Statements.echo(7))
            #expect(echoed == 7)
        }
    }
}

private enum OrderState: String, SQLEnum {
    case new, sent
}

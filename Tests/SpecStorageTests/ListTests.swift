import SpecCore
import TestSupport
import Testing

@testable import SpecStorage

/// List parameters on both engines, as the compiler writes them.
@Suite(.timeLimit(.minutes(10))) struct ListTests {
    /// The elements of a list with their ordinals.
    private static func elements<Value: SQLConvertible & Equatable>(
        _ list: SQLValue, _ postgres: StaticString, of type: Value.Type
    ) -> Query<Element<Value>> {
        Query(
            "test.elements",
            SQLText(sqlite: "SELECT value, ordinal FROM spec_list(?1) AS list ORDER BY ordinal", postgres: postgres),
            [list],
            read: { Element(value: try Value.read($0, at: 0), ordinal: try Int64.read($0, at: 1)) })
    }

    private struct Element<Value: Sendable & Equatable>: Sendable, Equatable {
        let value: Value
        let ordinal: Int64
    }

    private func expect<Value: SQLConvertible & Equatable>(
        _ values: [Value], as list: SQLValue, _ text: StaticString, on engine: Engine
    ) async throws {
        try await TestStore.run(engine) { store in
            let found = try await store.all(Self.elements(list, text, of: Value.self))
            #expect(found == values.enumerated().map { Element(value: $1, ordinal: Int64($0 + 1)) })
        }
    }

    @Test(arguments: Engine.allCases) func returnsIdentifiers(engine: Engine) async throws {
        let ids = [Identifier.make(), Identifier(high: 0, low: 0), .make(), Identifier(high: .max, low: .max)]
        try await expect(
            ids, as: ids.sqlValue,
            "SELECT value, ordinal FROM (SELECT * FROM unnest($1::uuid[]) WITH ORDINALITY AS l (value, ordinal)) AS list",
            on: engine)
    }

    @Test(arguments: Engine.allCases) func returnsTexts(engine: Engine) async throws {
        let texts = ["", "a", "it's {\"x\", \\y}", "NULL", "naïve 👍", String(repeating: "z", count: 70_000)]
        try await expect(
            texts, as: texts.sqlValue,
            "SELECT value, ordinal FROM (SELECT * FROM unnest($1::text[]) WITH ORDINALITY AS l (value, ordinal)) AS list",
            on: engine)
    }

    @Test(arguments: Engine.allCases) func returnsIntegersAndTimes(engine: Engine) async throws {
        let numbers: [Int64] = [0, -1, .max, .min]
        try await expect(
            numbers, as: numbers.sqlValue,
            "SELECT value, ordinal FROM (SELECT * FROM unnest($1::int8[]) WITH ORDINALITY AS l (value, ordinal)) AS list",
            on: engine)
        let times = [
            Timestamp(milliseconds: 0), Timestamp(milliseconds: -1), Timestamp(milliseconds: 1_764_000_000_001),
        ]
        try await expect(
            times, as: times.sqlValue,
            """
            SELECT value, ordinal
            FROM (SELECT * FROM unnest($1::timestamptz[]) WITH ORDINALITY AS l (value, ordinal)) AS list
            """, on: engine)
    }

    @Test(arguments: Engine.allCases) func anEmptyListHasNoRows(engine: Engine) async throws {
        try await expect(
            [Identifier](), as: [Identifier]().sqlValue,
            "SELECT value, ordinal FROM (SELECT * FROM unnest($1::uuid[]) WITH ORDINALITY AS l (value, ordinal)) AS list",
            on: engine)
    }

    /// Two lists side by side, joined by their ordinals.
    @Test(arguments: Engine.allCases) func joinsListsByOrdinal(engine: Engine) async throws {
        let query = Query<String>(
            "test.pairs",
            SQLText(
                sqlite: """
                    SELECT a.value || b.value FROM spec_list(?1) AS a JOIN spec_list(?2) AS b ON b.ordinal = a.ordinal
                    ORDER BY a.ordinal
                    """,
                postgres: """
                    SELECT a.value || b.value
                    FROM unnest($1::text[]) WITH ORDINALITY AS a (value, ordinal)
                    JOIN unnest($2::text[]) WITH ORDINALITY AS b (value, ordinal) ON b.ordinal = a.ordinal
                    ORDER BY a.ordinal
                    """),
            [["a", "b", "c"].sqlValue, ["1", "2"].sqlValue], read: { try $0.text(0) })
        try await TestStore.run(engine) { store in
            let found = try await store.all(query)
            #expect(found == ["a1", "b2"])
        }
    }

    /// Inside of rows each list is a literal; lists of different lengths share one statement.
    @Test func sendsListsOfRowsAsLiterals() async throws {
        let texts: [[String]] = [[], ["a"], ["it's \"x\"", "\\", "{,}", ""]]
        try await TestStore.runPostgres { store, _ in
            let found = try await withThrowingTaskGroup(of: (Int, [Int64]).self) { group in
                for (index, list) in texts.enumerated() {
                    group.addTask { (index, try await store.run(Self.lengths(index, list))) }
                }
                return try await group.reduce(into: [Int: [Int64]]()) { $0[$1.0] = $1.1 }
            }
            #expect(found == [0: [], 1: [1], 2: [8, 1, 3, 0]])
        }
    }

    /// The lengths of the texts of a list.
    private static func lengths(_ id: Int, _ list: [String]) -> NamedWrite<Int64> {
        NamedWrite(
            "test.lengths", sqlite: [],
            postgres: """
                SELECT length(item.value)::bigint, r.ordinal
                FROM (
                    SELECT "id", "list"::text[] AS list, "ordinal"
                    FROM unnest($1::bigint[], $2::text[]) WITH ORDINALITY AS write ("id", "list", "ordinal")
                ) AS r
                CROSS JOIN unnest(r.list) WITH ORDINALITY AS item (value, place)
                ORDER BY r.ordinal, item.place
                """,
            takesRows: true, [id.sqlValue, list.sqlValue], read: { try $0.integer(0) })
    }

    @Test func writesLiteralsOfAllTypes() {
        func literal(_ list: SQLList) -> String {
            var bytes: [UInt8] = []
            ArrayLiteral.write(list, to: &bytes)
            return String(decoding: bytes, as: UTF8.self)
        }
        #expect(literal(.integers([])) == "{}")
        #expect(literal(.integers([1, -2])) == "{1,-2}")
        #expect(literal(.texts(["a\"b\\c", ""])) == #"{"a\"b\\c",""}"#)
        #expect(literal(.identifiers([Identifier(high: 0, low: 1)])) == "{00000000-0000-0000-0000-000000000001}")
        #expect(
            literal(
                .timestamps([Timestamp(milliseconds: 1), Timestamp(milliseconds: .max), .init(milliseconds: .min)]))
                == #"{"1970-01-01T00:00:00.001Z",infinity,-infinity}"#)
    }

    @Test func refusesAStatementThatPostgresCannotPrepare() async throws {
        let address = try PostgresAddress(await PostgresServer.shared.value.makeDatabase())
        func open(_ statement: StatementText) async throws {
            await
                (try PostgresStore.open(
                    address, migrations: [TestStore.start], statements: [statement], logger: TestStore.quiet)).close()
        }
        await #expect(throws: OpenError.statement("t.find", #"column "nam" does not exist"#)) {
            try await open(StatementText("t.find", "SELECT nam FROM t"))
        }
        await #expect(throws: OpenError.statement("t.find", "it returns 2 columns, but 1 are declared")) {
            try await open(StatementText("t.find", "SELECT id, name FROM t", columnCount: 1))
        }
        try await open(StatementText("t.find", "SELECT id, name FROM t", columnCount: 2))
    }
}

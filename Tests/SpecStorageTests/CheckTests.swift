import GRDB
import SpecCore
import TestSupport
import Testing

@testable import SpecStorage

/// The rules of `checks`, as `spec sql` prints them, on both engines.
@Suite(.timeLimit(.minutes(10))) struct CheckTests {
    private static let parcels = """
        tables:
          parcels:
            columns:
              id: integer
              state: text
              note: text?
              weight: real?
              count: integer?
              is_open: bool?
              code: bytes?
              sent: integer?
              got: integer?
            key: [id]

        """

    private static func schema(_ checks: [String], accept: String = "") -> String {
        parcels + (checks.isEmpty ? "" : "    checks:\n" + checks.map { "      \($0)\n" }.joined())
            + (accept.isEmpty ? "" : "accept: [\(accept)]\n")
    }

    /// A rule, a row that keeps it and one that breaks it: columns with their literals.
    @Test(arguments: [
        ("state in ('new', 'it''s  here')", "state = 'it''s  here'", "state = 'New'"),
        ("state not in ('', ' ')", "state = 'x'", "state = ' '"),
        ("count >= 1 and count <= 5", "count = 5", "count = 6"),
        ("count >= 1 and count <= 5", "count = NULL", "count = 0"),
        ("weight > 0 and weight <= 31.5", "weight = 31.5", "weight = 31.6"),
        ("weight <> -1", "weight = 1", "weight = -1"),
        ("length(state) <= 2", "state = '日本'", "state = 'abc'"),
        ("length(code) = 2", "code = {0102}", "code = {01}"),
        ("got is null or sent is not null and got >= sent", "sent = 1, got = 2", "sent = 2, got = 1"),
        ("got is null or sent is not null and got >= sent", "got = NULL", "got = 1"),
        ("not is_open or note is not null", "is_open = FALSE", "is_open = TRUE"),
        ("not (is_open and count = 0)", "is_open = TRUE, count = 1", "is_open = TRUE, count = 0"),
        ("is_open <> false", "is_open = TRUE", "is_open = FALSE"),
        ("NOT count = 1 AND (count = 2 OR count = 3)", "count = 3", "count = 1"),
        ("note <> state", "state = 'a', note = 'b'", "state = 'a', note = 'a'"),
    ])
    func refuseTheSameRowsOnBothEngines(rule: String, kept: String, broken: String) async throws {
        for engine in Engine.allCases {
            let rows = try await Parcels(engine)
            try rows.apply(WrittenSteps(from: nil, to: Self.schema(["rule: \"\(rule)\""]), engine).texts)
            #expect(throws: Never.self, "\(engine)") { try rows.add(1, kept) }
            #expect(throws: Parcels.broken("rule", engine)) { try rows.add(2, broken) }
        }
    }

    @Test(arguments: Engine.allCases) func areAddedChangedAndTakenBack(engine: Engine) async throws {
        let rows = try await Parcels(engine)
        func change(_ before: String?, _ checks: [String], accept: String = "") throws -> String {
            let steps = try WrittenSteps(from: before, to: Self.schema(checks, accept: accept), engine)
            try rows.apply(steps.texts)
            #expect(try rows.differences(steps.recorded) == [])
            return steps.recorded
        }
        let start = try change(nil, [])
        try rows.add(1, "count = 3")
        let added = try change(
            start, ["few: count <= 5", "known: state <> ''"], accept: "check parcels.few, check parcels.known")
        #expect(throws: Parcels.broken("few", engine)) { try rows.add(2, "count = 6") }
        let changed = try change(added, ["few: count <= 7", "known: state <> ''"], accept: "check parcels.few")
        try rows.add(2, "count = 6")
        #expect(throws: Parcels.broken("few", engine)) { try rows.add(3, "count = 8") }
        #expect(throws: Parcels.broken("known", engine)) { try rows.add(3, "state = ''") }
        let less = try change(changed, ["known: state <> ''"], accept: "drop check parcels.few")
        try rows.add(3, "count = 8")
        #expect(try rows.differences(start) == ["not in the schema: check parcels.known"])
        #expect(try rows.differences(changed) == ["missing in the database: check parcels.few"])
        #expect(less.contains("check parcels.known state <> ''"))
    }

    @Test(arguments: Engine.allCases) func failWhereARowBreaksThemAlready(engine: Engine) async throws {
        let rows = try await Parcels(engine)
        let start = try WrittenSteps(from: nil, to: Self.schema([]), engine)
        try rows.apply(start.texts)
        try rows.add(1, "count = 6")
        let steps = try WrittenSteps(
            from: start.recorded, to: Self.schema(["few: count <= 5"], accept: "check parcels.few"), engine)
        #expect(throws: (any Error).self) { try rows.apply(steps.texts) }
        #expect(try rows.count() == 1)
    }

    @Test(arguments: Engine.allCases) func followTheNamesAndTypesOfTheirColumns(engine: Engine) async throws {
        let rows = try await Parcels(engine)
        let start = try WrittenSteps(from: nil, to: Self.schema(["few: count <= 5"]), engine)
        try rows.apply(start.texts)
        let schema = Self.schema(["few: size <= 5"], accept: "type parcels.size, check parcels.few")
            .replacing("count: integer?", with: "size: {type: real?, was: count}")
        try rows.apply(WrittenSteps(from: start.recorded, to: schema, engine).texts)
        try rows.add(1, "size = 4.5")
        #expect(throws: Parcels.broken("few", engine)) { try rows.add(2, "size = 5.5") }
    }
}

/// A database with the table `parcels`, created by migrations.
private struct Parcels {
    private enum Connection {
        case sqlite(DatabaseQueue)
        case postgres(PostgresConnection)
    }

    private let connection: Connection

    init(_ engine: Engine) async throws {
        switch engine {
        case .sqlite: connection = .sqlite(try DatabaseQueue())
        case .postgres:
            let address = try PostgresAddress(await PostgresServer.shared.value.makeDatabase())
            connection = .postgres(try PostgresConnection(plain: address))
        }
    }

    /// The engine's error for a row that breaks a rule.
    static func broken(_ rule: String, _ engine: Engine) -> StoreError {
        let words =
            engine == .sqlite
            ? "CHECK constraint failed: \(rule)"
            : "new row for relation \"parcels\" violates check constraint \"\(rule)\""
        return .constraint(.check, words)
    }

    func apply(_ texts: [String]) throws {
        switch connection {
        case .sqlite(let queue):
            try queue.writeWithoutTransaction { database in
                for text in texts { try MigrationStep(sqlite: text).run(on: database) {} }
            }
        case .postgres(let connection):
            let history = PostgresHistory(connection: connection)
            try history.prepare()
            for text in texts {
                let count = try connection.execute("SELECT count(*) FROM spec_migrations")[0][0]
                try history.apply(MigrationStep(postgres: text), as: Migrator.Applied(name: count, checksum: ""))
            }
        }
    }

    /// Inserts a row with these values, `{…}` for bytes; its state is `new` by default.
    func add(_ id: Int, _ values: String) throws {
        var pairs = values.split(separator: ", ").map { $0.split(separator: " = ", maxSplits: 1).map(String.init) }
        if !pairs.contains(where: { $0[0] == "state" }) { pairs.append(["state", "'new'"]) }
        let columns = pairs.map { $0[0] }.joined(separator: ", ")
        let literals = pairs.map { literal($0[1]) }.joined(separator: ", ")
        let statement = "INSERT INTO parcels (id, \(columns)) VALUES (\(id), \(literals))"
        switch connection {
        case .sqlite(let queue):
            do { try queue.write { try $0.execute(sql: statement) } } catch { throw SQLiteFailure.storeError(error) }
        case .postgres(let connection):
            do { try connection.execute(statement) } catch let failure as PostgresFailure { throw failure.storeError }
        }
    }

    private func literal(_ text: String) -> String {
        guard text.hasPrefix("{") else { return text }
        let digits = text.dropFirst().dropLast()
        return switch connection {
        case .sqlite: "x'\(digits)'"
        case .postgres: "'\\x\(digits)'::bytea"
        }
    }

    func count() throws -> Int? {
        switch connection {
        case .sqlite(let queue): try queue.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM parcels") }
        case .postgres(let connection):
            // A failed step is rolled back when its connection closes.
            try {
                try connection.execute("ROLLBACK")
                return try Int(connection.execute("SELECT count(*) FROM parcels")[0][0])
            }()
        }
    }

    /// The result of `parley migrate --check` against a record.
    func differences(_ recorded: String) throws -> [String] {
        let schema = DatabaseSchema(recorded: recorded)
        switch connection {
        case .sqlite(let queue):
            return try queue.read { database in
                SchemaDrift(schema: schema, types: SQLiteIntrospection.types).drift(
                    from: try SQLiteIntrospection(database: database).lines())
            }
        case .postgres(let connection):
            return SchemaDrift(schema: schema, types: PostgresIntrospection.types).drift(
                from: try PostgresIntrospection(connection: connection).lines())
        }
    }
}

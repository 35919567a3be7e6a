import ArgumentParser
import Foundation
import GRDB
import ParleyContract
import SpecCore
import SpecStorage

/// `parley-bench inserts`: the row of a message, one transaction each, in a plain loop through GRDB.
struct Inserts: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Inserts messages into a new database, one transaction per row; prints rows, seconds and CPU seconds."
    )

    @Option(help: "The database file to make.")
    var database: String

    @Option(help: "How long, in seconds.")
    var seconds = 3.0

    @Option(help: "The text of each message.")
    var text = "Hello"

    func run() async throws {
        let people = (0..<1_000).map { SeededUser(number: $0, at: .now()) }
        try await makeDatabase(with: people)
        var configuration = Configuration()
        configuration.foreignKeysEnabled = true
        let pool = try DatabasePool(path: database, configuration: configuration)
        try await pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
        let (rows, passed) = try insert(people, pool)
        try pool.close()
        print("\(rows) \(passed) \(Double(clock()) / Double(CLOCKS_PER_SEC))")
    }

    /// The tables and indexes are the product's own.
    private func makeDatabase(with people: [SeededUser]) async throws {
        let store = try SQLiteStore(path: database, migrations: Migrations.all)
        try await store.write { transaction in
            for person in people { try person.insert(in: transaction) }
        }
        try await store.close()
    }

    private func insert(_ people: [SeededUser], _ pool: DatabasePool) throws -> (rows: Int, seconds: Double) {
        let start = ContinuousClock.now
        var rows = 0
        while ContinuousClock.now - start < .seconds(seconds) {
            let query = MessagesTable.insert(message(rows, people))
            let arguments = StatementArguments(query.values.map(Self.databaseValue))
            try pool.write { try $0.cachedStatement(sql: "\(query.text.sqlite)").execute(arguments: arguments) }
            rows += 1
        }
        let passed = (ContinuousClock.now - start).components
        return (rows, Double(passed.seconds) + Double(passed.attoseconds) * 1e-18)
    }

    private func message(_ number: Int, _ people: [SeededUser]) -> MessagesRow {
        let sender = people[number % people.count].user.id
        let recipient = people[(number * 7 + 1) % people.count].user.id
        return MessagesRow(
            id: .make(), lowId: min(sender, recipient), highId: max(sender, recipient), seq: Int64(number + 1),
            clientMessageId: .make(), senderId: sender, recipientId: recipient, body: text, replyToId: nil,
            createdAt: .now(), editedAt: nil, deletedAt: nil, sessionId: nil, mediaCount: nil,
            fingerprint: nil, reactions: nil, received: Int64(number + 1))
    }

    private static func databaseValue(_ value: SQLValue) -> DatabaseValue {
        switch value {
        case .null: .null
        case .bool(let flag): flag.databaseValue
        case .integer(let number): number.databaseValue
        case .real(let number): number.databaseValue
        case .text(let text): text.databaseValue
        case .timestamp(let time): time.milliseconds.databaseValue
        case .bytes(let bytes): Data(bytes).databaseValue
        case .identifier(let identifier):
            withUnsafeBytes(of: (identifier.high.bigEndian, identifier.low.bigEndian)) { Data($0).databaseValue }
        case .list: preconditionFailure("a row holds no list")
        }
    }
}

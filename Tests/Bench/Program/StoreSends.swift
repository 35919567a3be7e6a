import ArgumentParser
import Foundation
import ParleyContract
import SpecCore
import SpecStorage

/// `parley-bench store-sends`: the database work of a send, by many callers at once, with nothing around it: an upper
/// bound for the product on one SQLite file.
struct StoreSends: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Sends messages through the store into a new database; prints messages, seconds and CPU seconds.")

    @Option(help: "The database file to make.")
    var database: String

    @Option(help: "How long, in seconds.")
    var seconds = 3.0

    @Option(help: "How many callers send, each one message after the other.")
    var callers = 256

    @Option(help: "The text of each message.")
    var text = "Hello"

    func run() async throws {
        let people = (0..<1_000).map { SeededUser(number: $0, at: .now()) }
        let store = try SQLiteStore(path: database, migrations: Migrations.all)
        try await store.write { transaction in
            for person in people { try person.insert(in: transaction) }
        }
        let (start, cpu) = (ContinuousClock.now, clock())
        let end = start + .seconds(seconds)
        let rows = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<callers { group.addTask { try await send(among: people, until: end, to: store) } }
            return try await group.reduce(0, +)
        }
        let passed = (ContinuousClock.now - start).components
        let used = Double(clock() - cpu) / Double(CLOCKS_PER_SEC)
        try await store.close()
        print("\(rows) \(Double(passed.seconds) + Double(passed.attoseconds) * 1e-18) \(used)")
    }

    private func send(
        among people: [SeededUser], until end: ContinuousClock.Instant, to store: SQLiteStore
    ) async throws -> Int {
        var rows = 0
        while ContinuousClock.now < end {
            let (sender, recipient) = (people.randomElement(), people.randomElement())
            guard let sender = sender?.user.id, let recipient = recipient?.user.id, sender != recipient else {
                continue
            }
            rows += try await store.run(message(from: sender, to: recipient)).count
        }
        return rows
    }

    private func message(from sender: Identifier, to recipient: Identifier) -> NamedWrite<MessagesQueries.SendRow> {
        let (low, high) = (min(sender, recipient), max(sender, recipient))
        // Marked like the product's own, with a mark as long.
        let mark = "c\(String(low.low &+ high.low, radix: 36))z"
        let words = Set(text.lowercased().split { !$0.isLetter })
        return MessagesQueries.send(
            id: .make(), lowId: low, highId: high, clientMessageId: .make(), senderId: sender, recipientId: recipient,
            body: text, replyToId: nil, now: .now(), sessionId: nil, mediaCount: nil,
            fingerprint: [UInt8](repeating: 0, count: 16), ids: [],
            tokens: words.map { mark + $0 }.joined(separator: " "),
            lowWaits: recipient == low ? 1 : 0, highWaits: recipient == high ? 1 : 0, kind: "message:new")
    }
}
